package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.workspace.Erasure;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.List;

/** Erases workspaces and remembers that it did. Thread-safe. */
public interface Erasures {

    /**
     * Erases all of a workspace that is in state {@link WorkspaceCatalog.State#DELETING}, waits for those that write to it, and refuses
     * those that come later. Not one transaction: interrupted, it is called again and goes on.
     */
    Erasure erase(WorkspaceContext workspace);

    /** What was erased, the latest first. */
    List<Erasure> list();
}
