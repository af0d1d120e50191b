package io.datalifecycle.dlt.storage.feature;

import io.datalifecycle.dlt.template.Check;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Runs the SELECT of a check under the workspace's isolation, on the connection of the refresh: it has to see rows that are not committed.
 * Thread-safe.
 */
public interface AuthorCheck {

    /** Sees to it that the check can run, on connections of its own; called before the refresh takes one. */
    void ready(WorkspaceContext workspace, Featurestore store, Check.Sql check);

    /**
     * Number of rows that it gives, summed over the spans. Leaves the transaction as it was, also when it throws: with a
     * {@link io.datalifecycle.dlt.problem.DltException} for what is wrong with the text or what it does.
     *
     * @param timeout longest time of one span; zero for the storage's own limit of five minutes
     */
    long count(
            Connection connection,
            WorkspaceContext workspace,
            Featurestore store,
            Check.Sql check,
            List<TimeRange> spans,
            Duration timeout)
            throws SQLException;
}
