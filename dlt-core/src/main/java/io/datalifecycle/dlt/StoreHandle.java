package io.datalifecycle.dlt;

import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.spi.StoreReader.Scan;
import io.datalifecycle.dlt.template.RefKind;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What all three kinds of store can do. Thread-safe. */
public abstract sealed class StoreHandle permits DatastoreHandle, FeaturestoreHandle, InferencestoreHandle {

    private static final int BATCH_ROWS = 10_000;

    final Engine engine;
    final WorkspaceContext workspace;
    private final Store store;

    StoreHandle(Engine engine, WorkspaceContext workspace, Store store) {
        this.engine = engine;
        this.workspace = workspace;
        this.store = store;
    }

    public String key() {
        return store.key();
    }

    /** Which of the three kinds. */
    public RefKind kind() {
        return store.kind();
    }

    /** Its columns, in order. */
    public RowSchema columns() {
        return StoreColumns.of(workspace.template(), store);
    }

    /** The half-open span from its first to just after its last row; empty without rows. */
    public Optional<TimeRange> extent() {
        return engine.storage.reader().extent(workspace, store);
    }

    /** Number of rows, counted now. */
    public long count() {
        return extent().map(range -> rows(range, batch -> {})).orElse(0L);
    }

    /** Streams the rows of a span in batches, ordered by time and natural key, from one snapshot. Gives their number. */
    public long rows(TimeRange range, Consumer<RowBatch> batches) {
        return engine.storage
                .reader()
                .scan(workspace, new Scan(store, List.of(), range, BATCH_ROWS, Long.MAX_VALUE), batches);
    }
}
