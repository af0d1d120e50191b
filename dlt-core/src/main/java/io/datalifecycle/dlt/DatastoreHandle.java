package io.datalifecycle.dlt;

import io.datalifecycle.dlt.ingest.IngestOptions;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.spi.Quarantine;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.Collection;
import java.util.List;
import java.util.Map;

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

    /** Quarantined rows, the oldest first. */
    public List<Quarantine.Entry> quarantine(int limit) {
        return engine.storage.quarantine().list(workspace, store, limit);
    }

    /** Number of quarantined rows by pointer and keyword of their first reason. */
    public Map<String, Long> quarantineByReason() {
        return engine.storage.quarantine().countByReason(workspace, store);
    }

    /** Tries quarantined rows again, mended or as they are; those that pass leave the quarantine. */
    public IngestResult replay(Collection<Quarantine.Entry> rows) {
        return engine.ingestor.replay(workspace, store, rows);
    }

    /** Gives quarantined rows up. Gives how many there were. */
    public long purge(Collection<Long> ids) {
        return engine.storage.quarantine().remove(workspace, store, ids);
    }
}
