package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads rows of a store for the engine itself (training, scoring, export); template SQL never runs here. Thread-safe. */
public interface StoreReader {

    /**
     * Streams rows ordered by time and natural key, in batches, from one snapshot. Memory is bounded by the batch size.
     *
     * @return number of rows given
     */
    long scan(WorkspaceContext workspace, Scan scan, Consumer<RowBatch> batches);

    /** First and last time in a store; empty when it has no rows. */
    Optional<TimeRange> extent(WorkspaceContext workspace, Store store);

    /**
     * What to read. Immutable.
     *
     * @param store one of the workspace's stores
     * @param columns which, in which order; empty for all
     * @param range half-open span of the time column
     * @param batchRows rows per batch
     * @param limit most rows in all
     */
    record Scan(Store store, List<String> columns, TimeRange range, int batchRows, long limit) {
        public Scan {
            columns = List.copyOf(columns);
        }
    }
}
