package io.datalifecycle.dlt.storage.feature;

import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Runs the SELECT of a featurestore of kind {@code sql} under the workspace's isolation, on a connection of its own: what the author wrote never
 * meets the connection that writes. Thread-safe.
 */
public interface AuthorQuery {

    /** Sees to it that the query can run; called before the refresh takes a connection of its own. */
    void ready(WorkspaceContext workspace, Featurestore store);

    /**
     * Gives the rows of one interval in batches, columns as the store declares them; a row outside the interval is left out, a number that is not
     * finite becomes null.
     *
     * @param interval what {@code :from} and {@code :to} are bound to
     * @param timeout longest run; zero for the storage's own limit of five minutes
     * @return number of rows given
     */
    long read(
            WorkspaceContext workspace,
            Featurestore store,
            TimeRange interval,
            Duration timeout,
            Consumer<RowBatch> batches);
}
