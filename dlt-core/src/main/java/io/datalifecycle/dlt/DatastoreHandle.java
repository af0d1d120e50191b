package io.datalifecycle.dlt;

import io.datalifecycle.dlt.ingest.IngestOptions;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.workspace.WorkspaceContext;

/** A datastore of a workspace. Thread-safe. */
public final class DatastoreHandle extends StoreHandle {

    private final Datastore store;

    DatastoreHandle(Engine engine, WorkspaceContext workspace, Datastore store) {
        super(engine, workspace, store);
        this.store = store;
    }

    /** Takes in rows. Bad rows are refused or quarantined with their reasons and never cost a good one. */
    public IngestResult ingest(Rows rows) {
        return ingest(rows, IngestOptions.ofDefaults());
    }

    /** Takes in rows with options. */
    public IngestResult ingest(Rows rows, IngestOptions options) {
        return engine.ingestor.ingest(workspace, store, rows, options);
    }

    /** Refused rows that wait to be mended; empty unless the store's {@code on_invalid} keeps them. */
    public QuarantineHandle quarantine() {
        return new QuarantineHandle(engine, workspace, store);
    }
}
