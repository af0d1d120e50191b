package io.datalifecycle.dlt;

import io.datalifecycle.dlt.spi.FeatureWriter.Refreshed;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.workspace.WorkspaceContext;

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

    /** Redoes its whole history from what its sources hold now. */
    public Refreshed recompute() {
        return engine.refresher.recompute(workspace, store);
    }
}
