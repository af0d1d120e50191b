package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.workspace.WorkspaceContext;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.util.List;

/** Makes and removes the database objects of a workspace. Thread-safe. */
public interface Provisioner {

    /** Tables, indexes, roles, grants and the cage of a workspace, all or nothing. Doing it again changes nothing. */
    void provision(WorkspaceContext workspace);

    /**
     * Brings tables that were provisioned before the database got better at it up to what it would be given today: where TimescaleDB came
     * later, partitioned tables become hypertables, with their rows. Readers and writers of a table wait meanwhile. Doing it again changes
     * nothing.
     *
     * @return names of the tables that were converted
     * @throws io.datalifecycle.dlt.problem.DltException where the database has nothing better to offer
     */
    List<String> convert(WorkspaceContext workspace);

    /** Removes everything of a workspace from its data database and from the app database, models, states and outbox included. */
    void drop(WorkspaceContext workspace);

    /** Names of whatever is left of a workspace anywhere; empty after {@link #drop}. */
    List<String> residue(WorkspaceId id, String placement);

    /** Creates chunks or partitions ahead of now and drops those past their retention, one transaction per store, and
     * purges what is expired in quarantine. Gives the names of what was dropped. */
    List<String> maintain(WorkspaceContext workspace, java.time.Instant now);
}
