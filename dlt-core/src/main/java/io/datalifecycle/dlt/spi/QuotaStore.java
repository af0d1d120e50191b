package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.workspace.Quotas;
import io.datalifecycle.dlt.workspace.WorkspaceContext;

/** Limits of workspaces, and what they have. {@link RowSink} holds writes of datastores to them. Thread-safe. */
public interface QuotaStore {

    /** The limits; {@link Quotas#NONE} where none were set. */
    Quotas of(WorkspaceContext workspace);

    /** Sets the limits and counts what is there. They hold at once on this node, within ten seconds on others. */
    void set(WorkspaceContext workspace, Quotas quotas);

    /** Counts rows and measures tables; reads all tables of the workspace. */
    Quotas.Usage usage(WorkspaceContext workspace);

    /** Counts the rows of a workspace with a limit of rows anew, for rows that went by retention or by hand. */
    void recount(WorkspaceContext workspace);
}
