package io.datalifecycle.dlt.workspace;

/**
 * Number of a workspace within an app database; never used again after deletion.
 *
 * @param value 1 or more
 */
public record WorkspaceId(long value) {

    public WorkspaceId {
        if (value < 1) {
            throw new IllegalArgumentException("workspace id: " + value + " is not positive");
        }
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
