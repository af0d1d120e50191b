package io.datalifecycle.dlt;

import io.datalifecycle.dlt.feature.Backfill;
import io.datalifecycle.dlt.feature.Explanation;
import io.datalifecycle.dlt.feature.FeatureStatus;
import io.datalifecycle.dlt.spi.FeatureLedger;
import io.datalifecycle.dlt.spi.FeatureWriter.Refreshed;
import io.datalifecycle.dlt.spi.QualityLog.CheckResult;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A featurestore of a workspace. Thread-safe. */
public final class FeaturestoreHandle extends StoreHandle {

    private final Featurestore store;

    FeaturestoreHandle(Engine engine, WorkspaceContext workspace, Featurestore store) {
        super(engine, workspace, store);
        this.store = store;
    }

    /** Takes in everything that changed in its sources since the last refresh; featurestores it reads are refreshed first. */
    public Refreshed refresh() {
        return engine.chain.upTo(workspace, store);
    }

    /** Redoes its whole history from what its sources hold now; buckets whose sources were dropped by retention stay as they are. */
    public Refreshed recompute() {
        return engine.refresher.recompute(workspace, store);
    }

    /**
     * Fills or redoes a long history piece by piece in this thread, each piece a transaction: newest or oldest first, throttled as told. Ends
     * when it is done or the store is {@link #pause paused} by any node; called again, it goes on where it was.
     */
    public Refreshed backfill(Backfill backfill) {
        return engine.refresher.backfill(workspace, store, backfill);
    }

    /** Where it stands: what has to be done, until when it is complete, how far a backfill has come. */
    public FeatureStatus status() {
        return engine.refresher.status(workspace, store);
    }

    /** Leaves it as it is until it is resumed, on all nodes; what changes meanwhile is done then. */
    public void pause() {
        engine.storage.features().pause(workspace, store, true);
    }

    /** Ends a pause; the next refresh does what has piled up. */
    public void resume() {
        engine.storage.features().pause(workspace, store, false);
    }

    /** What was done to it, the newest first: one entry per transaction and per failure. */
    public List<FeatureLedger.Entry> runs(int limit) {
        return engine.storage.featureLedger().entries(workspace, store, limit);
    }

    /** The latest result of each of its checks, in the order of the template; a check that was never looked at has none. */
    public List<CheckResult> checks() {
        return engine.storage.quality().latest(workspace, store);
    }

    /** Results of its checks, the newest first; kept for 90 days. */
    public List<CheckResult> checks(int limit) {
        return engine.storage.quality().history(workspace, store, limit);
    }

    /**
     * How the row of a bucket came about: the rows it was made of, the run that made it, the version it followed.
     *
     * @param at an instant of the bucket
     * @param by values of the columns that split a bucket; columns that are left out match any value
     */
    public Explanation explain(Instant at, Map<String, ?> by) {
        return engine.explainer.explain(workspace, store, at, by);
    }
}
