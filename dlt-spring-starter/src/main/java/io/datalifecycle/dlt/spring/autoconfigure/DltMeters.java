package io.datalifecycle.dlt.spring.autoconfigure;

import io.datalifecycle.dlt.spi.AlertTransition;
import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;

/**
 * Meters of DLT, tagged by workspace and by what it is about: {@code dlt.ingest.rows} (tag {@code outcome}: accepted, duplicate,
 * rejected), {@code dlt.ingest}, {@code dlt.refresh}, {@code dlt.train}, {@code dlt.score}, {@code dlt.metric}, {@code dlt.delivery} (timers),
 * {@code dlt.refresh.rows}, {@code dlt.score.rows}, {@code dlt.alert.transitions}, {@code dlt.job.failures} (counters).
 */
final class DltMeters implements DltListener {

    private final MeterRegistry registry;

    DltMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void onIngest(
            WorkspaceContext workspace, String store, long accepted, long duplicate, long rejected, Duration took) {
        Tags tags = Tags.of("workspace", workspace.key(), "store", store);
        registry.counter("dlt.ingest.rows", tags.and("outcome", "accepted")).increment(accepted);
        registry.counter("dlt.ingest.rows", tags.and("outcome", "duplicate")).increment(duplicate);
        registry.counter("dlt.ingest.rows", tags.and("outcome", "rejected")).increment(rejected);
        registry.timer("dlt.ingest", tags).record(took);
    }

    @Override
    public void onRefresh(WorkspaceContext workspace, String store, long written, long removed, Duration took) {
        Tags tags = Tags.of("workspace", workspace.key(), "store", store);
        registry.counter("dlt.refresh.rows", tags.and("outcome", "written")).increment(written);
        registry.counter("dlt.refresh.rows", tags.and("outcome", "removed")).increment(removed);
        registry.timer("dlt.refresh", tags).record(took);
    }

    @Override
    public void onTrain(WorkspaceContext workspace, String model, int version, Duration took) {
        registry.timer("dlt.train", "workspace", workspace.key(), "model", model)
                .record(took);
    }

    @Override
    public void onScore(WorkspaceContext workspace, String model, long rows, Duration took) {
        Tags tags = Tags.of("workspace", workspace.key(), "model", model);
        registry.counter("dlt.score.rows", tags).increment(rows);
        registry.timer("dlt.score", tags).record(took);
    }

    @Override
    public void onMetric(WorkspaceContext workspace, String metric, Duration took) {
        registry.timer("dlt.metric", "workspace", workspace.key(), "metric", metric)
                .record(took);
    }

    @Override
    public void onAlert(WorkspaceContext workspace, AlertTransition transition) {
        registry.counter(
                        "dlt.alert.transitions",
                        "workspace",
                        workspace.key(),
                        "alert",
                        transition.alert(),
                        "to",
                        transition.to().label())
                .increment();
    }

    @Override
    public void onDelivery(WorkspaceContext workspace, String channel, boolean delivered, Duration took) {
        registry.timer(
                        "dlt.delivery",
                        "workspace",
                        workspace.key(),
                        "channel",
                        channel,
                        "outcome",
                        delivered ? "delivered" : "failed")
                .record(took);
    }

    @Override
    public void onJobFailed(WorkspaceContext workspace, String kind, String item, Throwable failure) {
        registry.counter("dlt.job.failures", "workspace", workspace.key(), "kind", kind, "item", item)
                .increment();
    }
}
