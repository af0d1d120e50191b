package io.datalifecycle.dlt;

import io.datalifecycle.dlt.spi.AlertTransition;
import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells several listeners; one that throws is logged and does no harm to the work or to the others. */
final class Listeners implements DltListener {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final List<DltListener> all;

    Listeners(List<DltListener> all) {
        this.all = List.copyOf(all);
    }

    private void tell(Consumer<DltListener> call) {
        for (DltListener listener : all) {
            try {
                call.accept(listener);
            } catch (RuntimeException e) {
                LOG.warn("listener {} failed: {}", listener.getClass().getName(), e.toString());
            }
        }
    }

    @Override
    public void onIngest(
            WorkspaceContext workspace, String store, long accepted, long duplicate, long rejected, Duration took) {
        tell(l -> l.onIngest(workspace, store, accepted, duplicate, rejected, took));
    }

    @Override
    public void onNewest(WorkspaceContext workspace, String store, Instant newest) {
        tell(l -> l.onNewest(workspace, store, newest));
    }

    @Override
    public void onCorrect(WorkspaceContext workspace, String store, long changed, long deleted, Duration took) {
        tell(l -> l.onCorrect(workspace, store, changed, deleted, took));
    }

    @Override
    public void onFetch(WorkspaceContext workspace, String connector, long rows, Duration took) {
        tell(l -> l.onFetch(workspace, connector, rows, took));
    }

    @Override
    public void onRefresh(WorkspaceContext workspace, String store, long written, long removed, Duration took) {
        tell(l -> l.onRefresh(workspace, store, written, removed, took));
    }

    @Override
    public void onFresh(WorkspaceContext workspace, String store, Instant completeUntil) {
        tell(l -> l.onFresh(workspace, store, completeUntil));
    }

    @Override
    public void onCheck(WorkspaceContext workspace, String store, String check, long failed) {
        tell(l -> l.onCheck(workspace, store, check, failed));
    }

    @Override
    public void onTrain(WorkspaceContext workspace, String model, int version, Duration took) {
        tell(l -> l.onTrain(workspace, model, version, took));
    }

    @Override
    public void onScore(WorkspaceContext workspace, String model, long rows, Duration took) {
        tell(l -> l.onScore(workspace, model, rows, took));
    }

    @Override
    public void onMetric(WorkspaceContext workspace, String metric, Duration took) {
        tell(l -> l.onMetric(workspace, metric, took));
    }

    @Override
    public void onAlert(WorkspaceContext workspace, AlertTransition transition) {
        tell(l -> l.onAlert(workspace, transition));
    }

    @Override
    public void onDelivery(WorkspaceContext workspace, String channel, boolean delivered, Duration took) {
        tell(l -> l.onDelivery(workspace, channel, delivered, took));
    }

    @Override
    public void onJobFailed(WorkspaceContext workspace, String kind, String item, Throwable failure) {
        tell(l -> l.onJobFailed(workspace, kind, item, failure));
    }

    @Override
    public void onJobSlow(WorkspaceContext workspace, String kind, String item, Duration runsFor) {
        tell(l -> l.onJobSlow(workspace, kind, item, runsFor));
    }
}
