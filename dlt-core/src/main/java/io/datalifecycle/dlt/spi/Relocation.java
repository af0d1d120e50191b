package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.workspace.WorkspaceContext;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.util.Optional;

/** Moves the tables of a workspace from one data database into another while it works. Thread-safe. */
public interface Relocation {

    /** The placement whose database holds the tables of a workspace that its own placement no longer has; empty when none does. */
    Optional<String> whereabouts(WorkspaceId id);

    /** Whether the workspace has left a placement. */
    boolean hasLeft(WorkspaceId id, String placement);

    /**
     * Copies all while rows come in, then stops writers for a moment, copies the rest, compares both sides and drops the old one. When it returns, the
     * old place refuses everybody; pinning the new one is the caller's. Interrupted before that, nothing has changed but a copy
     * that {@link #abandon} removes and the next move begins anew.
     *
     * @param to the same workspace with the other placement and the next revision
     */
    void move(WorkspaceContext from, WorkspaceContext to);

    /** Removes what a move that did not end has left at the other place, and no longer notes changes for it. Where both are one database, nothing is removed. */
    void abandon(WorkspaceContext from, WorkspaceContext to);
}
