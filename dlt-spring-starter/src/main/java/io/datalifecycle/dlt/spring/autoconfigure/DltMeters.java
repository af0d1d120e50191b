package io.datalifecycle.dlt.spring.autoconfigure;

import io.datalifecycle.dlt.spi.AlertTransition;
import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Meters of DLT, tagged by workspace and by what it is about; the table is in {@code docs/operations.md}. All tags but the workspace are
 * keys of templates; of workspaces the first {@value #MOST_WORKSPACES} that this node meets have a tag of their own, so that a registry
 * stays bounded whatever the number of customers. Thread-safe.
 */
final class DltMeters implements DltListener {

    static final int MOST_WORKSPACES = 1_000;
    static final String OTHER = "other";

    private final MeterRegistry registry;
    private final Set<String> workspaces = ConcurrentHashMap.newKeySet();
    private final Map<Tags, AtomicLong> newest = new ConcurrentHashMap<>();
    private final Map<Tags, AtomicLong> complete = new ConcurrentHashMap<>();
    private final Map<Tags, AtomicLong> broken = new ConcurrentHashMap<>();

    DltMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    private Tags tags(WorkspaceContext workspace) {
        return Tags.of("workspace", isTagged(workspace.key()) ? workspace.key() : OTHER);
    }

    private boolean isTagged(String workspace) {
        // two threads may both find one place left: a handful too many does no harm
        return workspaces.contains(workspace) || (workspaces.size() < MOST_WORKSPACES && workspaces.add(workspace));
    }

    @Override
    public void onIngest(
            WorkspaceContext workspace, String store, long accepted, long duplicate, long rejected, Duration took) {
        Tags tags = tags(workspace).and("store", store);
        registry.counter("dlt.ingest.rows", tags.and("outcome", "accepted")).increment(accepted);
        registry.counter("dlt.ingest.rows", tags.and("outcome", "duplicate")).increment(duplicate);
        registry.counter("dlt.ingest.rows", tags.and("outcome", "rejected")).increment(rejected);
        registry.timer("dlt.ingest", tags).record(took);
    }

    /** A lag among many workspaces that share a tag would be nobody's: those have none. */
    @Override
    public void onNewest(WorkspaceContext workspace, String store, Instant time) {
        if (isTagged(workspace.key())) {
            Tags tags = tags(workspace).and("store", store);
            long millis = time.toEpochMilli();
            newest.computeIfAbsent(
                            tags,
                            unknown -> lag(
                                    "dlt.ingest.lag",
                                    "Seconds from the newest row that this node took in to now",
                                    unknown,
                                    millis))
                    .accumulateAndGet(millis, Math::max);
        }
    }

    @Override
    public void onFresh(WorkspaceContext workspace, String store, Instant completeUntil) {
        if (isTagged(workspace.key())) {
            Tags tags = tags(workspace).and("store", store);
            long millis = completeUntil.toEpochMilli();
            complete.computeIfAbsent(
                            tags,
                            unknown -> lag(
                                    "dlt.feature.lag",
                                    "Seconds from the end of the last complete bucket to now",
                                    unknown,
                                    millis))
                    .set(millis);
        }
    }

    private AtomicLong lag(String name, String description, Tags tags, long first) {
        AtomicLong time = new AtomicLong(first);
        Gauge.builder(name, time, this::seconds)
                .description(description)
                .baseUnit("seconds")
                .tags(tags)
                .strongReference(true)
                .register(registry);
        return time;
    }

    private double seconds(AtomicLong millis) {
        long now = registry.config().clock().wallTime();
        return Math.max(0, now - millis.get()) / 1_000.0;
    }

    @Override
    public void onCorrect(WorkspaceContext workspace, String store, long changed, long deleted, Duration took) {
        Tags tags = tags(workspace).and("store", store);
        registry.counter("dlt.correct.rows", tags.and("outcome", "changed")).increment(changed);
        registry.counter("dlt.correct.rows", tags.and("outcome", "deleted")).increment(deleted);
        registry.timer("dlt.correct", tags).record(took);
    }

    @Override
    public void onFetch(WorkspaceContext workspace, String connector, long rows, Duration took) {
        Tags tags = tags(workspace).and("connector", connector);
        registry.counter("dlt.fetch.rows", tags).increment(rows);
        registry.timer("dlt.fetch", tags).record(took);
    }

    @Override
    public void onRefresh(WorkspaceContext workspace, String store, long written, long removed, Duration took) {
        Tags tags = tags(workspace).and("store", store);
        registry.counter("dlt.refresh.rows", tags.and("outcome", "written")).increment(written);
        registry.counter("dlt.refresh.rows", tags.and("outcome", "removed")).increment(removed);
        registry.timer("dlt.refresh", tags).record(took);
    }

    /** Of many workspaces that share a tag the last one told would be all: those have none. */
    @Override
    public void onCheck(WorkspaceContext workspace, String store, String check, long failed) {
        if (isTagged(workspace.key())) {
            Tags tags = tags(workspace).and("store", store, "check", check);
            broken.computeIfAbsent(tags, this::broken).set(failed);
        }
    }

    private AtomicLong broken(Tags tags) {
        AtomicLong failed = new AtomicLong();
        Gauge.builder("dlt.check.failed", failed, AtomicLong::get)
                .description("Rows that break a check, as this node looked at it last")
                .baseUnit("rows")
                .tags(tags)
                .strongReference(true)
                .register(registry);
        return failed;
    }

    @Override
    public void onTrain(WorkspaceContext workspace, String model, int version, Duration took) {
        registry.timer("dlt.train", tags(workspace).and("model", model)).record(took);
    }

    @Override
    public void onScore(WorkspaceContext workspace, String model, long rows, Duration took) {
        Tags tags = tags(workspace).and("model", model);
        registry.counter("dlt.score.rows", tags).increment(rows);
        registry.timer("dlt.score", tags).record(took);
    }

    @Override
    public void onMetric(WorkspaceContext workspace, String metric, Duration took) {
        registry.timer("dlt.metric", tags(workspace).and("metric", metric)).record(took);
    }

    @Override
    public void onAlert(WorkspaceContext workspace, AlertTransition transition) {
        registry.counter(
                        "dlt.alert.transitions",
                        tags(workspace)
                                .and(
                                        "alert",
                                        transition.alert(),
                                        "to",
                                        transition.to().label()))
                .increment();
    }

    @Override
    public void onDelivery(WorkspaceContext workspace, String channel, boolean delivered, Duration took) {
        registry.timer(
                        "dlt.delivery",
                        tags(workspace).and("channel", channel, "outcome", delivered ? "delivered" : "failed"))
                .record(took);
    }

    @Override
    public void onJobFailed(WorkspaceContext workspace, String kind, String item, Throwable failure) {
        registry.counter("dlt.job.failures", tags(workspace).and("kind", kind, "item", item))
                .increment();
    }

    @Override
    public void onJobSlow(WorkspaceContext workspace, String kind, String item, Duration runsFor) {
        registry.counter("dlt.job.slow", tags(workspace).and("kind", kind, "item", item))
                .increment();
    }
}
