package io.datalifecycle.dlt.workspace;

/** Life of a workspace. */
public enum WorkspaceState {
    /** It is being made; what was interrupted is mended by asking for it again. */
    PROVISIONING,
    /** Its jobs run and it takes rows. */
    ACTIVE,
    /** Its jobs rest and rows are refused; reads, metrics and dashboards go on. */
    SUSPENDED,
    /** The same, and fleets leave it alone. */
    ARCHIVED,
    /** It is being erased; asking to delete it again goes on where that was interrupted. */
    DELETING,
    /** Nothing of it is left but its record. */
    DELETED
}
