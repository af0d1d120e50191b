package io.datalifecycle.dlt.plan;

import java.time.Instant;
import java.util.Optional;

/**
 * An upgrade of a workspace that ran, runs or was interrupted. Immutable.
 *
 * @param id its number
 * @param fromVersion version before
 * @param toVersion version after
 * @param state how far it is
 * @param error what went wrong last; also of an upgrade that is done, when a model could not be trained
 * @param startedAt when it began
 * @param endedAt when it ended; empty while it has not
 */
public record Upgrade(
        long id,
        String fromVersion,
        String toVersion,
        State state,
        Optional<String> error,
        Instant startedAt,
        Optional<Instant> endedAt) {

    /** How far an upgrade is. */
    public enum State {
        /** Tables are built beside those in use; can be resumed or abandoned. */
        BUILDING,
        /** Tables change, or are about to; can be resumed, and abandoned as long as they have not. */
        CHANGING,
        /** The workspace has its new version; what is left can be resumed. */
        FINISHING,
        DONE,
        ABANDONED
    }
}
