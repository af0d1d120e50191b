package io.datalifecycle.dlt.model.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.spi.ModelStore;
import io.datalifecycle.dlt.template.Model;
import io.datalifecycle.dlt.template.Model.PromoteIf;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TrainingTest {

    private final ModelFixture fixture = new ModelFixture();

    @Test
    void versionTellsWhereItComesFrom() {
        fixture.fill(0, 200);
        fixture.trainer.metrics.put("f1", 0.9);

        ModelStore.Version version = fixture.train();

        assertThat(version.number()).isEqualTo(1);
        assertThat(version.champion()).isTrue();
        assertThat(version.metrics()).containsEntry("f1", 0.9);
        assertThat(version.provenance())
                .containsEntry("template", "pumps:1.0.0")
                .containsEntry("from", ModelFixture.at(200 - 144).toString())
                .containsEntry("to", ModelFixture.at(200).toString())
                .containsEntry("rows", "432")
                .containsEntry("seed", "1")
                .containsEntry("library", "none")
                .containsEntry("promotion", "promoted: no condition")
                .containsKeys("options", "trainer");
        assertThat(version.signature())
                .isEqualTo("{\"by\":[\"asset_id\"],\"features\":[\"value\"],"
                        + "\"outputs\":{\"score\":\"double\",\"is_anomaly\":\"boolean\"}}");
    }

    @Test
    void bucketThatHasNotEndedIsNotLearntFrom() {
        fixture.fill(0, 10);
        fixture.now = ModelFixture.at(10).minusMillis(1);

        assertThat(fixture.train().provenance()).containsEntry("rows", "27");
    }

    @Test
    void emptyWindowSaysWhereTheRowsAre() {
        assertThatThrownBy(fixture::train).hasMessageContainingAll("no rows at all", "DLT-5002");
        fixture.fill(0, 10);
        fixture.now = Instant.parse("2026-08-01T00:00:00Z");

        assertThatThrownBy(fixture::train)
                .hasMessageContainingAll(
                        "no rows between 2026-07-31T00:00:00Z",
                        "between 2026-03-01T00:00:00Z and 2026-03-01T01:30:00Z",
                        "train.window");
    }

    @Test
    void unknownAlgorithmNamesThoseThereAre() {
        ModelFixture other = new ModelFixture();
        Algorithms none = Algorithms.of(List.of(), List.of());

        assertThatThrownBy(() -> none.trainer(other.model()))
                .hasMessageContainingAll("summing", "MlPlugin", "DLT-5004");
        assertThatThrownBy(() -> Algorithms.of(List.of(new SummingTrainer(), new SummingTrainer()), List.of()))
                .hasMessageContainingAll("summing", "twice", "DLT-7005");
    }

    @Test
    void seedMustBeAWholeNumber() {
        Model model = fixture.model();
        fixture.fill(0, 10);
        Model odd = new Model(
                model.key(),
                model.title(),
                model.kind(),
                model.algorithm(),
                model.features(),
                model.target(),
                model.training(),
                model.scoring(),
                Map.of("seed", 1.5));

        assertThatThrownBy(() -> new Training(
                                fixture.memory.storage(), () -> fixture.now, new DltListener() {}, fixture.algorithms())
                        .train(fixture.workspace, odd))
                .hasMessageContainingAll("seed is 1.5", "whole number", "DLT-5006");
        assertThat(fixture.memory.versions).isEmpty();
    }

    @Test
    void modelOfAFormatThatNobodyReadsIsRefused() {
        assertThatThrownBy(() -> fixture.algorithms().format("sums", "onnx"))
                .hasMessageContainingAll("model:sums", "format onnx", "DLT-5004");
    }

    @Test
    void versionThatIsNotGoodEnoughIsKeptButNotUsed() {
        ModelFixture strict = new ModelFixture(s -> s.promoteIf("accuracy", 0.8), i -> {});
        strict.fill(0, 20);
        strict.trainer.metrics.put("accuracy", 0.7);

        ModelStore.Version version = strict.train();

        assertThat(version.champion()).isFalse();
        assertThatThrownBy(strict::score)
                .hasMessageContainingAll("version 1", "not promoted: accuracy 0.7", "0.8", "promote_if");
    }

    @ParameterizedTest
    @CsvSource({
        "accuracy,0.8,0.9,true",
        "accuracy,0.9,0.9,true",
        "accuracy,0.9,0.8,false",
        "rmse,3,2,true",
        "rmse,2,3,false",
        "mae,2,2,true",
        "f1,0.5,NaN,false"
    })
    void challengerIsComparedTheRightWayRound(String metric, double before, double after, boolean promoted) {
        Optional<PromoteIf> rule = Optional.of(new PromoteIf(metric, "champion"));

        assertThat(Promotion.decide(rule, Map.of(metric, after), Optional.of(version(Map.of(metric, before))))
                        .promote())
                .isEqualTo(promoted);
        assertThat(Promotion.decide(
                                Optional.of(new PromoteIf(metric, Double.toString(before))),
                                Map.of(metric, after),
                                Optional.empty())
                        .promote())
                .isEqualTo(promoted);
    }

    @Test
    void metricThatIsNotMeasuredNeverBeatsOneThatIs() {
        Optional<PromoteIf> rule = Optional.of(new PromoteIf("f1", "champion"));

        assertThat(Promotion.decide(rule, Map.of("rows", 1.0), Optional.of(version(Map.of("f1", 0.1)))))
                .isEqualTo(new Promotion(false, "not promoted: f1 was not measured, only [rows]"));
        assertThat(Promotion.decide(rule, Map.of(), Optional.of(version(Map.of())))
                        .promote())
                .isTrue();
        assertThat(Promotion.decide(rule, Map.of(), Optional.empty()).promote()).isTrue();
    }

    private static ModelStore.Version version(Map<String, Double> metrics) {
        return new ModelStore.Version("m", 1, "a", "f", "", "{}", metrics, Map.of(), Instant.EPOCH, true);
    }
}
