package io.datalifecycle.dlt.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.datalifecycle.dlt.ml.tribuo.TribuoFormat;
import io.datalifecycle.dlt.ml.tribuo.TribuoTrainer;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.spi.ModelTrainer.TrainedModel;
import io.datalifecycle.dlt.spi.ModelTrainer.TrainingSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Classifiers on an office's real sensors, against what the data's authors published (97.4 % logistic, 95.1 % random forest). */
final class OccupancyTest {

    private static final List<String> FEATURES = List.of("temperature", "humidity", "light", "co2", "ratio");

    @ParameterizedTest
    @CsvSource({"logistic-regression,0.95", "random-forest-classification,0.9", "cart-classification,0.85"})
    void classifiersDoAboutAsWellAsPublished(String algorithm, double least) throws Exception {
        Optional<Path> folder = SharedFiles.find("occupancy");
        assumeTrue(folder.isPresent(), "../shared/data/occupancy is not there");
        List<String> columns = List.of("temperature", "humidity", "light", "co2", "ratio", "occupied");
        RowBatch training = SharedFiles.numbers(folder.get().resolve("datatraining.txt"), ",", columns, 2);
        RowBatch test = SharedFiles.numbers(folder.get().resolve("datatest.txt"), ",", columns, 2);
        TrainedModel model = new TribuoTrainer()
                .train(new TrainingSet(
                        algorithm, training, "at", List.of(), FEATURES, Optional.of("occupied"), Map.of(), 1));

        RowBatch scores = new TribuoFormat()
                .load(model.content(), FEATURES, List.of(), Map.of())
                .score(test, true);

        int right = 0;
        for (int row = 0; row < test.size(); row++) {
            String occupied = Long.toString((long) test.doubleAt(row, 7));
            right += occupied.equals(scores.objectAt(row, 0)) ? 1 : 0;
        }
        double accuracy = (double) right / test.size();
        System.out.printf("occupancy, %s: accuracy %.4f%n", algorithm, accuracy);
        assertThat(accuracy).isGreaterThan(least);
    }
}
