package io.datalifecycle.dlt.model.internal;

import static io.datalifecycle.dlt.template.Aggregate.avg;
import static io.datalifecycle.dlt.template.Field.bool;
import static io.datalifecycle.dlt.template.Field.number;
import static io.datalifecycle.dlt.template.Field.text;
import static io.datalifecycle.dlt.template.Field.timestamp;

import io.datalifecycle.dlt.model.ScoreResult;
import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.spi.ModelStore;
import io.datalifecycle.dlt.template.InferencestoreBuilder;
import io.datalifecycle.dlt.template.Model;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.template.TemplateId;
import io.datalifecycle.dlt.template.TrainBuilder;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One workspace with one model over ten-minute roll-ups, on a storage in memory and with a clock that is moved by hand. */
final class ModelFixture {

    static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    final MemoryStorage memory = new MemoryStorage();
    final SummingTrainer trainer = new SummingTrainer();
    Instant now = START;
    WorkspaceContext workspace;

    ModelFixture() {
        this(m -> {}, i -> {});
    }

    ModelFixture(Consumer<TrainBuilder> more, Consumer<InferencestoreBuilder> columns) {
        workspace = workspace(more, columns);
    }

    static WorkspaceContext workspace(Consumer<TrainBuilder> more, Consumer<InferencestoreBuilder> columns) {
        Template template = Template.define("pumps", "1.0.0", t -> {
            var raw = t.datastore(
                    "raw",
                    d -> d.time("ts")
                            .naturalKey("asset_id", "ts")
                            .field("ts", timestamp().required())
                            .field("asset_id", text(64).required())
                            .field("value", number()));
            var metrics = t.featurestore(
                    "metrics",
                    f -> f.rollup(
                            raw,
                            r -> r.every(Duration.ofMinutes(10)).by("asset_id").column("value", avg("value"))));
            var scores = t.inferencestore(
                    "scores",
                    i -> columns.accept(i.time("bucket")
                            .naturalKey("asset_id", "bucket")
                            .column("score", number())
                            .column("is_anomaly", bool())));
            t.model(
                    "sums",
                    m -> m.anomaly("summing")
                            .features(metrics, f -> f.columns("value").by("asset_id"))
                            .train(s -> more.accept(s.window(Duration.ofDays(1))))
                            .score(s -> s.into(scores).afterRefresh()));
        });
        return new WorkspaceContext(
                new WorkspaceId(1),
                "north",
                new TemplateId("pumps", "1.0.0", "00"),
                template,
                Map.of(),
                java.time.ZoneOffset.UTC,
                "main");
    }

    Model model() {
        return workspace.template().model("sums").orElseThrow();
    }

    static Instant at(int bucket) {
        return START.plus(Duration.ofMinutes(10L * bucket));
    }

    /** Rows of three assets in buckets of one row each, and the clock at the end of the last bucket. */
    void fill(int from, int to) {
        for (int bucket = from; bucket < to; bucket++) {
            for (String asset : List.of("A", "B", "C")) {
                memory.put(at(bucket), asset, bucket + asset.charAt(0) / 1_000.0);
            }
        }
        now = at(to);
    }

    ModelStore.Version train() {
        return new Training(memory.storage(), () -> now, new DltListener() {}, algorithms()).train(workspace, model());
    }

    ScoreResult score() {
        return new Scoring(memory.storage(), () -> now, new DltListener() {}, algorithms()).score(workspace, model());
    }

    Algorithms algorithms() {
        return Algorithms.of(List.of(trainer), List.of(trainer));
    }
}
