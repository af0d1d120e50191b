package io.datalifecycle.dlt.fleet;

/**
 * Something that the later version says otherwise than the present one on the same rows. Immutable.
 *
 * @param workspace key of the workspace that was tried
 * @param what metric and row, or alert and labels, for people
 * @param before what the present version says
 * @param after what the later version says
 */
public record CanaryFinding(String workspace, String what, String before, String after) {

    /** One line for people. */
    @Override
    public String toString() {
        return workspace + ": " + what + ": " + before + " -> " + after;
    }
}
