package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an operator asks about a workspace: short questions, each ended by the storage after two seconds, so that asking never is the load.
 * All may throw {@link io.datalifecycle.dlt.problem.StoreUnavailableException}. Thread-safe.
 */
public interface Vitals {

    /** Returns when the app database answers. */
    void askApp();

    /** Returns when the workspace's data database answers. */
    void askData(WorkspaceContext workspace);

    /** Time of the newest row of a store; empty without rows. */
    Optional<Instant> newest(WorkspaceContext workspace, Store store, Instant now);

    /** When each store was last written or refreshed, by any node; right to ten seconds. */
    Map<Ref, Instant> beats(WorkspaceContext workspace);

    /** Says that a store was written or refreshed. Never throws: what was done is done. */
    void beat(WorkspaceContext workspace, Ref store, Instant at);

    /** Number of rows in quarantine. */
    long quarantined(WorkspaceContext workspace, Datastore store);

    /** Number of partitions that wait for time to come; empty where chunks make themselves. */
    OptionalInt chunksAhead(WorkspaceContext workspace, Store store, Instant now);

    /** Messages of a workspace that are not out. */
    Backlog backlog(WorkspaceId workspace, Instant now);

    /**
     * Messages that are not out. Immutable.
     *
     * @param waiting number of messages that will be tried, or tried again
     * @param oldest when the oldest of them was written
     * @param dead number of those given up that were written within the last day
     */
    record Backlog(long waiting, Optional<Instant> oldest, long dead) {}
}
