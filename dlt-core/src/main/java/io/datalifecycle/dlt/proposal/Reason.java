package io.datalifecycle.dlt.proposal;

import java.util.Objects;

/**
 * Why the proposal is as it is, in one place. Immutable.
 *
 * @param pointer JSON pointer into the template; empty for the whole of it
 * @param text what was chosen and what in the sample says so
 */
public record Reason(String pointer, String text) {

    public Reason {
        Objects.requireNonNull(pointer, "pointer");
        Objects.requireNonNull(text, "text");
    }

    /** {@code /datastores/readings/time: …}. */
    @Override
    public String toString() {
        return pointer.isEmpty() ? text : pointer + ": " + text;
    }
}
