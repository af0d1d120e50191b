package io.datalifecycle.dlt.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A workspace in a run. Immutable.
 *
 * @param workspace its key
 * @param wave in which wave it is, from 1; 0 when in none
 * @param state how far it is
 * @param fromVersion the version it came from
 * @param error why it failed, was refused or left out; also what a rollback failed of
 * @param startedAt when its upgrade was begun last
 * @param endedAt when that ended
 */
public record FleetMember(
        String workspace,
        int wave,
        State state,
        String fromVersion,
        Optional<String> error,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt) {

    /** How long its upgrade took; empty while it has not ended. */
    public Optional<Duration> took() {
        return startedAt.flatMap(start -> endedAt.map(end -> Duration.between(start, end)));
    }

    /** How far a workspace is. */
    public enum State {
        /** Its turn has not come. */
        PENDING,
        /** It is being upgraded, or was when its node died. */
        RUNNING,
        DONE,
        /** Its upgrade did not work; resuming tries again. */
        FAILED,
        /** Left out: deleted, archived, or as it shall be already. */
        SKIPPED,
        /** It cannot go there, which was known before anything was touched. */
        REFUSED,
        /** It is where it came from. */
        ROLLED_BACK;

        /** Whether nothing is left to be done with it in this run. */
        public boolean isSettled() {
            return this != PENDING && this != RUNNING;
        }
    }

    /** One line for people. */
    @Override
    public String toString() {
        return workspace + " (wave " + wave + ", from " + fromVersion + "): "
                + state.name().toLowerCase(java.util.Locale.ROOT)
                + error.map(e -> ": " + e).orElse("");
    }
}
