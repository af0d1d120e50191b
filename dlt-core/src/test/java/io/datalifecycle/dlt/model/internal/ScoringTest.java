package io.datalifecycle.dlt.model.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.datalifecycle.dlt.model.ScoreResult;
import io.datalifecycle.dlt.spi.ModelStore;
import io.datalifecycle.dlt.template.Field;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScoringTest {

    private final ModelFixture fixture = new ModelFixture();
    private final MemoryStorage memory = fixture.memory;

    @Test
    void firstVersionScoresFromItsTrainingWindowOnAndThenOnlyWhatIsNew() {
        fixture.fill(0, 20);
        fixture.train();

        ScoreResult first = fixture.score();
        ScoreResult again = fixture.score();
        fixture.fill(20, 23);
        ScoreResult next = fixture.score();

        assertThat(first).isEqualTo(new ScoreResult(1, 60, 0, 0, first.upTo()));
        assertThat(first.upTo()).hasValueSatisfying(t -> assertThat(t).isAfter(ModelFixture.at(19)));
        assertThat(again.rows()).isZero();
        assertThat(next.scored()).isEqualTo(9);
        assertThat(memory.scores).hasSize(69);
        assertThat(sumOf("A", 22)).isEqualTo(22 * 23 / 2 + 23 * 0.065, within(1e-9));
    }

    @Test
    void bucketThatHasNotEndedIsNotScored() {
        fixture.fill(0, 20);
        fixture.train();
        fixture.now = ModelFixture.at(20).minusSeconds(1);

        fixture.score();

        assertThat(memory.scores).hasSize(57).doesNotContainKey(ModelFixture.at(19) + "/A");
    }

    @ParameterizedTest
    @CsvSource({"0,false", "1,false", "2,false", "0,true", "1,true", "2,true"})
    void cutOffRunGoesOnWhereItStopped(int failAt, boolean afterCommit) {
        ModelFixture whole = new ModelFixture();
        for (ModelFixture f : List.of(whole, fixture)) {
            f.fill(0, 6_000);
            f.train();
            f.memory.versions.replaceAll(ScoringTest::fromTheStart);
        }
        whole.score();
        memory.failAtWrite = failAt;
        memory.failAfterCommit = afterCommit;

        assertThatThrownBy(fixture::score).hasMessageContaining("connection lost");
        memory.failAtWrite = -1;
        fixture.score();

        assertThat(memory.scores).hasSize(18_000).isEqualTo(whole.memory.scores);
        assertThat(memory.checkpoints.get("model:sums@1").state())
                .usingRecursiveComparison()
                .isEqualTo(whole.memory.checkpoints.get("model:sums@1").state());
    }

    @Test
    void changedRowsAreScoredAgainWithoutDisturbingWhatWasLearnt() {
        fixture.fill(0, 20);
        fixture.train();
        fixture.score();
        Map<String, byte[]> learnt = memory.checkpoints.get("model:sums@1").state();
        memory.put(ModelFixture.at(5), "A", 500);
        memory.touch(ModelFixture.at(5), ModelFixture.at(6));

        ScoreResult result = fixture.score();

        assertThat(result.scored()).isZero();
        assertThat(result.rescored()).isEqualTo(3);
        assertThat(result.anomalies()).isEqualTo(1);
        assertThat(memory.scores.get(ModelFixture.at(5) + "/A")).containsEntry("is_anomaly", true);
        assertThat(memory.checkpoints.get("model:sums@1").state())
                .usingRecursiveComparison()
                .isEqualTo(learnt);
        assertThat(memory.touched).isEmpty();
    }

    @Test
    void assetThatDeliversLateIsLearntAllTheSame() {
        fixture.fill(0, 20);
        fixture.train();
        fixture.score();
        for (int bucket = 0; bucket < 20; bucket++) {
            memory.put(ModelFixture.at(bucket), "LATE", 1);
        }
        memory.touch(ModelFixture.at(0), ModelFixture.at(20));

        ScoreResult result = fixture.score();

        assertThat(result.rescored()).isEqualTo(80);
        assertThat(sumOf("LATE", 19)).isEqualTo(20);
    }

    @Test
    void touchedRangesAheadOfThePositionAreScoredOnce() {
        fixture.fill(0, 20);
        fixture.train();
        memory.touch(ModelFixture.at(0), ModelFixture.at(20));

        assertThat(fixture.score().scored()).isEqualTo(60);
        assertThat(memory.touched).isEmpty();
        assertThat(fixture.score().rows()).isZero();
    }

    @Test
    void newChampionGoesOnWhereTheOldOneStoppedAndItsStateIsReleased() {
        fixture.fill(0, 20);
        fixture.train();
        fixture.score();
        fixture.fill(20, 25);
        fixture.train();

        ScoreResult result = fixture.score();

        assertThat(result.version()).isEqualTo(2);
        assertThat(result.scored()).isEqualTo(15);
        assertThat(memory.checkpoints.get("model:sums@1").state().values()).allMatch(part -> part.length == 0);
        assertThat(memory.checkpoints.get("model:sums@2").state()).hasSize(3);
    }

    @Test
    void secondNodeThatScoresAtTheSameTimeIsRefused() {
        fixture.fill(0, 20);
        fixture.train();
        memory.beforeWrite = () -> {
            memory.beforeWrite = () -> {};
            fixture.score(); // the other node is quicker
        };

        assertThatThrownBy(fixture::score).hasMessageContaining("DLT-3007");
        assertThat(sumOf("A", 19)).isEqualTo(19 * 20 / 2 + 20 * 0.065, within(1e-9));
    }

    @Test
    void untrainedModelSaysWhatToCall() {
        assertThatThrownBy(fixture::score)
                .hasMessageContainingAll("model:sums", "never trained", "model(\"sums\").train()", "DLT-5001");
    }

    @Test
    void versionForOtherFeaturesIsRefused() {
        fixture.fill(0, 20);
        fixture.train();
        String signature = new Signature(List.of("asset_id"), List.of("other"), List.of()).json();
        memory.versions.replaceAll(v -> new ModelStore.Version(
                v.model(),
                v.number(),
                v.algorithm(),
                v.format(),
                "",
                signature,
                v.metrics(),
                v.provenance(),
                v.trainedAt(),
                true));

        assertThatThrownBy(fixture::score)
                .hasMessageContainingAll("version 1", "[other]", "[value]", "train the model again", "DLT-5005");
    }

    @Test
    void inferencestoreMayCarryFeaturesAndTheVersion() {
        ModelFixture wide = new ModelFixture(
                m -> {}, i -> i.column("value", Field.number()).column("model_version", Field.integer()));
        wide.fill(0, 3);
        wide.train();
        wide.score();

        assertThat(wide.memory.scores.get(ModelFixture.at(2) + "/B"))
                .containsEntry("value", 2.066)
                .containsEntry("model_version", 1L);
    }

    @Test
    void columnThatNothingFillsIsRefused() {
        ModelFixture odd = new ModelFixture(m -> {}, i -> i.column("mood", Field.text()));
        odd.fill(0, 3);
        odd.train();

        assertThatThrownBy(odd::score)
                .hasMessageContainingAll("inferencestore:scores", "mood", "[score, is_anomaly]", "DLT-5005");
    }

    private double sumOf(String asset, int bucket) {
        return (double) memory.scores.get(ModelFixture.at(bucket) + "/" + asset).get("score");
    }

    private static ModelStore.Version fromTheStart(ModelStore.Version v) {
        Map<String, String> provenance = new TreeMap<>(v.provenance());
        provenance.put("from", ModelFixture.START.toString());
        return new ModelStore.Version(
                v.model(),
                v.number(),
                v.algorithm(),
                v.format(),
                "",
                v.signature(),
                v.metrics(),
                provenance,
                v.trainedAt(),
                true);
    }
}
