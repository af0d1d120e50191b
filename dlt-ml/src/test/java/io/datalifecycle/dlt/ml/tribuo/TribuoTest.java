package io.datalifecycle.dlt.ml.tribuo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.ml.PumpSignals;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.spi.ModelTrainer.TrainedModel;
import io.datalifecycle.dlt.spi.ModelTrainer.TrainingSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TribuoTest {

    private static final List<String> FEATURES = List.of("load", "speed");
    private static final RowSchema SCHEMA = new RowSchema(List.of(
            Column.required("at", ColumnType.TIMESTAMP),
            Column.required("asset_id", ColumnType.TEXT),
            Column.of("load", ColumnType.DOUBLE),
            Column.of("speed", ColumnType.BIGINT),
            Column.of("power", ColumnType.DOUBLE),
            Column.of("mode", ColumnType.TEXT)));

    private final TribuoTrainer trainer = new TribuoTrainer();

    @ParameterizedTest
    @ValueSource(strings = {"cart-regression", "linear-regression", "random-forest-regression"})
    void regressionFollowsTheSignal(String algorithm) {
        RowBatch rows = rows(1_000, 1);
        TrainedModel model = train(algorithm, rows, "power", Map.of());

        RowBatch scores = score(model, rows(200, 2));

        assertThat(model.metrics()).containsKeys("rmse", "mae").containsEntry("rows", 1_000.0);
        assertThat(model.metrics().get("r2")).isGreaterThan(algorithm.startsWith("linear") ? 0.95 : 0.85);
        RowBatch fresh = rows(200, 2);
        double worst = 0;
        for (int row = 0; row < fresh.size(); row++) {
            worst += Math.abs(scores.doubleAt(row, 0) - fresh.doubleAt(row, 4)) / fresh.size();
        }
        assertThat(worst).as("mean absolute error on rows never seen").isLessThan(25);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cart-classification", "logistic-regression", "random-forest-classification"})
    void classificationTellsClassesApart(String algorithm) {
        TrainedModel model = train(algorithm, rows(1_000, 1), "mode", Map.of());
        RowBatch fresh = rows(200, 2);

        RowBatch scores = score(model, fresh);

        assertThat(model.metrics().get("accuracy")).isGreaterThan(0.9);
        assertThat(model.metrics().get("f1")).isGreaterThan(0.85);
        int right = 0;
        for (int row = 0; row < fresh.size(); row++) {
            right += fresh.objectAt(row, 5).equals(scores.objectAt(row, 0)) ? 1 : 0;
            assertThat(scores.doubleAt(row, 1)).isBetween(1.0 / 3, 1.0 + 1e-9);
            assertThat((String) scores.objectAt(row, 2)).startsWith("{\"" + scores.objectAt(row, 0) + "\":");
        }
        assertThat(right).isGreaterThan(180);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cart-regression",
                "linear-regression",
                "random-forest-regression",
                "cart-classification",
                "logistic-regression",
                "random-forest-classification"
            })
    void sameRowsAndSeedGiveTheSamePredictions(String algorithm) {
        String target = algorithm.contains("classification") || algorithm.contains("logistic") ? "mode" : "power";
        RowBatch fresh = rows(100, 7);

        RowBatch first = score(train(algorithm, rows(400, 1), target, Map.of()), fresh);
        RowBatch second = score(train(algorithm, rows(400, 1), target, Map.of()), fresh);

        assertThat(PumpSignals.values(first)).isEqualTo(PumpSignals.values(second));
    }

    @Test
    void oneFeatureIsEnoughForAForest() {
        TrainingSet set = new TrainingSet(
                "random-forest-regression",
                rows(200, 1),
                "at",
                List.of(),
                List.of("load"),
                Optional.of("power"),
                Map.of(),
                1);

        assertThat(trainer.train(set).metrics()).containsKey("rmse");
    }

    @Test
    void missingFeatureGivesNulls() {
        TrainedModel model = train("cart-classification", rows(200, 1), "mode", Map.of());
        RowBatch.Builder rows = RowBatch.builder(SCHEMA, 1);
        rows.setLong(0, 0);
        rows.setDouble(2, 0.5);
        rows.endRow(1);

        assertThat(score(model, rows.build()).row(0).values()).containsOnlyNulls();
    }

    @Test
    void wholeNumbersAndFlagsAreClassesToo() {
        TrainedModel model = train("cart-classification", rows(300, 1), "speed", Map.of());

        assertThat((String) score(model, rows(1, 3)).objectAt(0, 0)).matches("\\d+");
    }

    @Test
    void trainingRefusesWhatItCannotLearnFrom() {
        assertRefused(
                () -> train("cart-regression", rows(19, 1), "power", Map.of()), "at least 20 rows", "there are 19");
        assertRefused(() -> train("cart-classification", rows(300, 1), "load", Map.of()), "has 300", "from 2 to 200");
        assertRefused(() -> train("cart-regression", rows(300, 1), "mode", Map.of()), "numeric mode", "there are 0");
        assertRefused(
                () -> trainer.train(new TrainingSet(
                        "cart-regression", rows(30, 1), "at", List.of(), FEATURES, Optional.empty(), Map.of(), 1)),
                "no target");
    }

    @Test
    void optionsAreChecked() {
        assertThatThrownBy(() -> train("cart-regression", rows(30, 1), "power", Map.of("max_depth", 0)))
                .hasMessageContainingAll("option max_depth is 0", "from 1 to 30", "DLT-5006");
        assertThatThrownBy(() -> train("linear-regression", rows(30, 1), "power", Map.of("trees", 5)))
                .hasMessageContainingAll("no option trees", "[epochs, learning_rate, seed]");
    }

    @Test
    void doctoredModelIsRefusedByTheFormat() {
        byte[] content =
                train("cart-regression", rows(30, 1), "power", Map.of()).content();
        String honest = new String(content, java.nio.charset.StandardCharsets.ISO_8859_1);
        byte[] doctored = honest.replace("org.tribuo.ImmutableFeatureMap", "org.evil__.ImmutableFeatureMap")
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

        assertThat(doctored).isNotEqualTo(content);
        assertThatThrownBy(() -> new TribuoFormat().load(doctored, FEATURES, List.of(), Map.of()))
                .hasMessageContainingAll("org.evil__.ImmutableFeatureMap", "not loaded", "DLT-5003");
    }

    @Test
    void modelForOtherFeaturesIsRefused() {
        TrainedModel model = train("cart-regression", rows(30, 1), "power", Map.of());

        assertThatThrownBy(() -> new TribuoFormat().load(model.content(), List.of("load"), List.of(), Map.of()))
                .hasMessageContainingAll("2 features", "DLT-5005");
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String... words) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        DltException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.TRAINING_DATA))
                .hasMessageContainingAll(words);
    }

    private TrainedModel train(String algorithm, RowBatch rows, String target, Map<String, Object> options) {
        return trainer.train(
                new TrainingSet(algorithm, rows, "at", List.of("asset_id"), FEATURES, Optional.of(target), options, 1));
    }

    private static RowBatch score(TrainedModel model, RowBatch rows) {
        return new TribuoFormat()
                .load(model.content(), FEATURES, List.of("asset_id"), Map.of())
                .score(rows, true);
    }

    /** Power grows with load and speed; the mode follows from the load. */
    private static RowBatch rows(int count, long seed) {
        Random random = new Random(seed);
        RowBatch.Builder rows = RowBatch.builder(SCHEMA, count);
        for (int i = 0; i < count; i++) {
            double load = random.nextDouble();
            long speed = 1_000 + random.nextInt(5) * 100L;
            rows.setLong(0, i * 1_000_000L);
            rows.setObject(1, "P-1");
            rows.setDouble(2, load);
            rows.setLong(3, speed);
            rows.setDouble(4, 500 * load + 0.2 * speed + 5 * random.nextGaussian());
            rows.setObject(5, load < 0.2 ? "idle" : load < 0.8 ? "usual" : "full load");
            rows.endRow(i + 1L);
        }
        return rows.build();
    }
}
