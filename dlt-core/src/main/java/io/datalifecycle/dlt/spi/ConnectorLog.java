package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What connectors did and which are paused. Thread-safe. */
public interface ConnectorLog {

    /** Adds the counts of a run; one without an error also clears the error. */
    void ran(WorkspaceContext workspace, String connector, Run run);

    /** Pauses or resumes a connector. */
    void pause(WorkspaceContext workspace, String connector, boolean paused);

    /** Connectors of a workspace that ran or were paused, by key. */
    List<Entry> list(WorkspaceContext workspace);

    /**
     * A run. Immutable.
     *
     * @param at when it ended
     * @param offered rows read
     * @param accepted rows stored
     * @param duplicate rows that were known
     * @param rejected rows refused or quarantined
     * @param error what went wrong, without secrets; empty when nothing did
     */
    record Run(Instant at, long offered, long accepted, long duplicate, long rejected, Optional<String> error) {}

    /**
     * A connector as it is kept. Immutable.
     *
     * @param connector its key
     * @param paused whether it was paused
     * @param lastRunAt end of the last run
     * @param failures runs that failed since the last one that did not
     * @param lastError of the last run, when it failed
     * @param offered rows read since the beginning
     * @param accepted rows stored since the beginning
     * @param duplicate rows that were known since the beginning
     * @param rejected rows refused since the beginning
     */
    record Entry(
            String connector,
            boolean paused,
            Optional<Instant> lastRunAt,
            int failures,
            Optional<String> lastError,
            long offered,
            long accepted,
            long duplicate,
            long rejected) {}
}
