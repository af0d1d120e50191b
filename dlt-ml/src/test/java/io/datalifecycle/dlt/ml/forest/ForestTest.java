package io.datalifecycle.dlt.ml.forest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.ml.PumpSignals;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.spi.ModelTrainer.TrainedModel;
import io.datalifecycle.dlt.spi.ModelTrainer.TrainingSet;
import io.datalifecycle.dlt.spi.Scorer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ForestTest {

    private static final int TRAINED = 1_500;
    private static final List<String> BY = List.of("asset_id");
    private static final Map<String, Object> SMALL = Map.of("trees", 20, "sample_size", 128);

    private final PumpSignals pumps = new PumpSignals(11, "P-101", "P-102");

    @Test
    void faultsAreFoundWithFewFalseAlarms() {
        TrainedModel model = train(pumps.rows(0, 4_320, 300), Map.of("explain", "none"));
        RowBatch rows = pumps.rows(4_320, 5_760, 120);

        RowBatch scores = load(model, Map.of()).score(rows, true);

        int faults = 0;
        int found = 0;
        int usual = 0;
        int alarms = 0;
        for (int row = 0; row < rows.size(); row++) {
            boolean anomaly = scores.longAt(row, 1) == 1;
            if (rows.longAt(row, 6) == 1) {
                faults++;
                found += anomaly ? 1 : 0;
            } else {
                usual++;
                alarms += anomaly ? 1 : 0;
            }
        }
        assertThat((double) found / faults).as("detection rate").isGreaterThan(0.9);
        assertThat((double) alarms / usual).as("false alarm rate").isLessThan(0.02);
    }

    @ParameterizedTest
    @CsvSource({"1,always", "1,usual", "1,never", "3,always", "3,usual", "3,never"})
    void scoringGoesOnExactlyWhereItStopped(int shingle, String adapt) {
        Map<String, Object> options = with(Map.of("shingle", shingle, "adapt", adapt));
        TrainedModel model = train(pumps.rows(0, TRAINED, 0), options);
        RowBatch rows = pumps.rows(TRAINED, TRAINED + 300, 60);
        List<List<Object>> atOnce = PumpSignals.values(load(model, Map.of()).score(rows, true));

        Map<String, byte[]> state = new HashMap<>();
        List<List<Object>> inParts = new java.util.ArrayList<>();
        for (int from = 0; from < rows.size(); from += 77) {
            try (Scorer scorer = load(model, state)) {
                RowBatch part = PumpSignals.slice(rows, from, Math.min(rows.size(), from + 77));
                inParts.addAll(PumpSignals.values(scorer.score(part, true)));
                state.putAll(scorer.changedState());
            }
        }

        assertThat(inParts).isEqualTo(atOnce);
        assertThat(state).containsOnlyKeys("[\"P-101\"]", "[\"P-102\"]");
    }

    @Test
    void scoringWithoutLearningLeavesNoTrace() {
        TrainedModel model = train(pumps.rows(0, TRAINED, 0), with(Map.of("adapt", "always")));
        RowBatch next = pumps.rows(TRAINED, TRAINED + 50, 0);
        List<List<Object>> expected = PumpSignals.values(load(model, Map.of()).score(next, true));

        Scorer scorer = load(model, Map.of());
        List<List<Object>> first = PumpSignals.values(scorer.score(next, false));
        List<List<Object>> second = PumpSignals.values(scorer.score(next, false));

        assertThat(second).isEqualTo(first);
        assertThat(scorer.changedState()).isEmpty();
        assertThat(PumpSignals.values(scorer.score(next, true))).isEqualTo(expected);
    }

    @Test
    void rowsThatWereLearntBeforeAreNotLearntAgain() {
        TrainedModel model = train(pumps.rows(0, TRAINED, 0), with(Map.of("adapt", "always")));
        RowBatch next = pumps.rows(TRAINED, TRAINED + 50, 0);
        Scorer scorer = load(model, Map.of());
        scorer.score(next, true);
        scorer.changedState();

        scorer.score(next, true);
        scorer.score(pumps.rows(TRAINED - 100, TRAINED, 0), true);

        assertThat(scorer.changedState()).isEmpty();
    }

    @Test
    void unseenAssetIsNotJudgedUntilItIsWarm() {
        TrainedModel model = train(pumps.rows(0, TRAINED, 0), with(Map.of("warm_up", 100)));
        PumpSignals newcomer = new PumpSignals(5, "P-999");
        Scorer scorer = load(model, Map.of());

        RowBatch early = scorer.score(newcomer.rows(0, 100, 20), true);
        Scorer later = load(model, scorer.changedState());
        RowBatch warm = later.score(newcomer.rows(100, 130, 0), true);

        for (int row = 0; row < early.size(); row++) {
            assertThat(early.isNull(row, 0)).isTrue();
            assertThat(early.value(row, 1)).isEqualTo(false);
        }
        assertThat((String) early.value(41, 2)).contains("still learning", "41 of 100");
        assertThat(warm.isNull(0, 0)).isFalse();
    }

    @Test
    void missingFeatureGivesNullsAndIsNotLearnt() {
        TrainedModel model = train(pumps.rows(0, TRAINED, 0), SMALL);
        RowBatch.Builder rows = RowBatch.builder(PumpSignals.SCHEMA, 1);
        rows.setLong(0, RowBatch.microsOf(PumpSignals.at(TRAINED)));
        rows.setObject(1, "P-101");
        rows.setDouble(2, 4.0);
        rows.setDouble(3, Double.NaN);
        rows.setDouble(4, 60.0);
        rows.endRow(1);
        Scorer scorer = load(model, Map.of());

        RowBatch scores = scorer.score(rows.build(), true);

        assertThat(scores.row(0).values()).containsOnlyNulls();
        assertThat(scorer.changedState()).isEmpty();
    }

    @Test
    void explanationNamesTheFeatureThatIsOff() {
        TrainedModel model = train(pumps.rows(0, TRAINED, 0), SMALL);
        RowBatch usual = pumps.rows(TRAINED, TRAINED + 1, 0);
        RowBatch.Builder rows = RowBatch.builder(PumpSignals.SCHEMA, 1);
        for (int c = 0; c < PumpSignals.SCHEMA.size(); c++) {
            rows.set(c, usual.value(0, c));
        }
        rows.setDouble(3, 0.9);
        rows.endRow(1);

        RowBatch scores = load(model, Map.of()).score(rows.build(), true);

        String explanation = String.valueOf(scores.value(0, 2));
        assertThat(scores.value(0, 1)).isEqualTo(true);
        assertThat(explanation)
                .startsWith("{\"summary\":\"vibration_max 0.9 is above its usual 0.1")
                .contains("\"features\":[{\"feature\":\"vibration_max\",\"share\":0.", "\"direction\":\"above\"");
    }

    @Test
    void sameRowsAndSeedGiveTheSameBytes() {
        RowBatch rows = pumps.rows(0, TRAINED, 0);

        assertThat(train(rows, SMALL).content()).isEqualTo(train(rows, SMALL).content());
        assertThat(train(rows, SMALL, 2).content())
                .isNotEqualTo(train(rows, SMALL, 3).content());
    }

    @Test
    void targetMakesItMeasureItself() {
        RowBatch rows = pumps.rows(0, TRAINED, 150);
        TrainedModel model = new ForestTrainer()
                .train(new TrainingSet(
                        ForestTrainer.ALGORITHM,
                        rows,
                        "bucket",
                        BY,
                        PumpSignals.FEATURES,
                        Optional.of("fault"),
                        SMALL,
                        1));

        assertThat(model.metrics()).containsEntry("assets", 2.0).containsEntry("rows", 3_000.0);
        assertThat(model.metrics().get("f1")).isGreaterThan(0.7);
    }

    @Test
    void contaminationFlagsThatShareOfTheTrainingRows() {
        TrainedModel model = train(pumps.rows(0, TRAINED, 0), with(Map.of("contamination", 0.05)));

        assertThat(model.metrics().get("anomaly_rate")).isBetween(0.045, 0.055);
    }

    @ParameterizedTest
    @CsvSource({"1,16", "8,16", "1,40"})
    void smallestWarmUpStillLearnsAThreshold(int shingle, int warmUp) {
        Map<String, Object> options = with(Map.of("warm_up", warmUp, "shingle", shingle));
        TrainedModel model = train(pumps.rows(0, warmUp, 0), options);

        assertThat(model.metrics().get("threshold")).isGreaterThan(0.5);
    }

    @Test
    void optionsThatCannotBeAreRefusedBeforeAnythingIsBuilt() {
        byte[] content = train(pumps.rows(0, 300, 0), SMALL).content();
        content[4] = 0x7f; // the number of trees follows the four bytes that name the format

        assertThatThrownBy(() -> new ForestFormat().load(content, PumpSignals.FEATURES, BY, Map.of()))
                .hasMessageContaining("DLT-5003");
    }

    @Test
    void tooFewRowsAreRefusedWithNumbers() {
        assertThatThrownBy(() -> train(pumps.rows(0, 40, 0), SMALL))
                .isInstanceOfSatisfying(
                        DltException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.TRAINING_DATA))
                .hasMessageContainingAll("80 rows", "needed", "64", "[\"P-101\"] has most, 40", "warm_up");
    }

    @ParameterizedTest
    @CsvSource({
        "trees,3,a whole number from 5 to 500",
        "sample_size,1.5,a whole number from 16 to 4096",
        "shingle,0,a whole number from 1 to 64",
        "threshold,-1,a number from 0.5 to 1000.0",
        "contamination,0.7,a number from 0.0 to 0.5"
    })
    void optionsOutOfBoundsAreRefused(String name, double value, String allowed) {
        assertThatThrownBy(() -> train(pumps.rows(0, 200, 0), Map.of(name, value)))
                .isInstanceOfSatisfying(
                        DltException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.MODEL_OPTION))
                .hasMessageContainingAll("option " + name, allowed);
    }

    @Test
    void unknownAndContradictingOptionsAreRefused() {
        assertThatThrownBy(() -> train(pumps.rows(0, 200, 0), Map.of("tree", 50)))
                .hasMessageContainingAll("no option tree", "trees", "warm_up");
        assertThatThrownBy(() -> train(pumps.rows(0, 200, 0), Map.of("threshold", 4, "contamination", 0.1)))
                .hasMessageContaining("keep one of them");
        assertThatThrownBy(() -> train(pumps.rows(0, 200, 0), Map.of("adapt", "yes")))
                .hasMessageContaining("one of [always, never, usual]");
    }

    @Test
    void damagedBytesAreRefused() {
        TrainedModel model = train(pumps.rows(0, 300, 0), SMALL);
        byte[] cut = java.util.Arrays.copyOf(model.content(), model.content().length / 2);
        RowBatch rows = pumps.rows(300, 301, 0);

        assertThatThrownBy(() -> new ForestFormat().load(cut, PumpSignals.FEATURES, BY, Map.of()))
                .hasMessageContaining("DLT-5003");
        Scorer scorer = load(model, Map.of("[\"P-101\"]", new byte[] {1, 2, 3}));
        assertThatThrownBy(() -> scorer.score(rows, true)).hasMessageContaining("DLT-5003");
    }

    @Test
    void emptyStatePartMeansAsTrained() {
        TrainedModel model = train(pumps.rows(0, TRAINED, 0), SMALL);
        RowBatch rows = pumps.rows(TRAINED, TRAINED + 10, 0);

        RowBatch released = load(model, Map.of("[\"P-101\"]", new byte[0])).score(rows, true);

        assertThat(PumpSignals.values(released))
                .isEqualTo(PumpSignals.values(load(model, Map.of()).score(rows, true)));
    }

    private static Map<String, Object> with(Map<String, Object> more) {
        Map<String, Object> options = new HashMap<>(SMALL);
        options.putAll(more);
        return options;
    }

    private static TrainedModel train(RowBatch rows, Map<String, Object> options) {
        return train(rows, options, 1);
    }

    private static TrainedModel train(RowBatch rows, Map<String, Object> options, long seed) {
        return new ForestTrainer()
                .train(new TrainingSet(
                        ForestTrainer.ALGORITHM,
                        rows,
                        "bucket",
                        BY,
                        PumpSignals.FEATURES,
                        Optional.empty(),
                        options,
                        seed));
    }

    private static Scorer load(TrainedModel model, Map<String, byte[]> state) {
        return new ForestFormat().load(model.content(), PumpSignals.FEATURES, BY, state);
    }
}
