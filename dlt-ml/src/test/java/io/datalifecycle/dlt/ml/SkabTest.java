package io.datalifecycle.dlt.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.datalifecycle.dlt.ml.forest.ForestFormat;
import io.datalifecycle.dlt.ml.forest.ForestTrainer;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.spi.ModelTrainer.TrainedModel;
import io.datalifecycle.dlt.spi.ModelTrainer.TrainingSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The forest with its defaults on real pump runs: trained on the first 400 seconds of each, judging the rest. A sanity check with wide
 * bounds, printed so that nobody has to guess; nothing was chosen to make it look good.
 */
final class SkabTest {

    private static final int TRAINED = 400;
    private static final List<String> FEATURES = List.of(
            "vibration_1", "vibration_2", "current", "pressure", "temperature", "thermocouple", "voltage", "flow");

    @Test
    void defaultsFindAnomaliesBetterThanChanceOnRealRuns() throws Exception {
        Optional<Path> folder = SharedFiles.find("skab");
        assumeTrue(folder.isPresent(), "../shared/data/skab is not there");

        Counts usual = judge(folder.get(), Map.of("explain", "none"));
        Counts frozen = judge(folder.get(), Map.of("explain", "none", "adapt", "never"));

        System.out.println("SKAB defaults:    " + usual);
        System.out.println("SKAB adapt=never: " + frozen);
        for (Counts counts : List.of(usual, frozen)) {
            double detected = 1 - counts.missed();
            assertThat(detected).as("detected against false alarms").isGreaterThan(1.5 * counts.falseAlarms());
        }
    }

    private static Counts judge(Path folder, Map<String, Object> options) throws Exception {
        Counts counts = new Counts();
        for (Path file : SharedFiles.csv(folder)) {
            if (file.toString().contains("anomaly-free")) {
                continue;
            }
            RowBatch all = SharedFiles.numbers(file, ";", withLabel(), 1);
            TrainedModel model = new ForestTrainer()
                    .train(new TrainingSet(
                            ForestTrainer.ALGORITHM,
                            PumpSignals.slice(all, 0, TRAINED),
                            "at",
                            List.of("asset"),
                            FEATURES,
                            Optional.empty(),
                            options,
                            1));
            RowBatch rest = PumpSignals.slice(all, TRAINED, all.size());
            RowBatch scores = new ForestFormat()
                    .load(model.content(), FEATURES, List.of("asset"), Map.of())
                    .score(rest, true);
            for (int row = 0; row < rest.size(); row++) {
                counts.add(rest.doubleAt(row, 2 + FEATURES.size()) > 0.5, scores.longAt(row, 1) == 1);
            }
        }
        return counts;
    }

    private static List<String> withLabel() {
        return java.util.stream.Stream.concat(FEATURES.stream(), java.util.stream.Stream.of("anomaly"))
                .toList();
    }

    private static final class Counts {
        private int hits;
        private int misses;
        private int alarms;
        private int quiet;

        void add(boolean fault, boolean said) {
            hits += fault && said ? 1 : 0;
            misses += fault && !said ? 1 : 0;
            alarms += !fault && said ? 1 : 0;
            quiet += !fault && !said ? 1 : 0;
        }

        double missed() {
            return (double) misses / (misses + hits);
        }

        double falseAlarms() {
            return (double) alarms / (alarms + quiet);
        }

        @Override
        public String toString() {
            double f1 = hits / (hits + (misses + alarms) / 2.0);
            return String.format(
                    Locale.ROOT, "F1 %.3f, FAR %.1f %%, MAR %.1f %%", f1, 100 * falseAlarms(), 100 * missed());
        }
    }
}
