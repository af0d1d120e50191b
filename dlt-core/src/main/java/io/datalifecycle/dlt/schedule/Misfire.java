package io.datalifecycle.dlt.schedule;

import io.datalifecycle.dlt.time.Trigger;
import java.time.Instant;

/**
 * What becomes of runs that were missed because no node was there, or none had a place. A run is missed when the one after it is due, too;
 * one that is merely late is not. Whatever the rule, all that was missed makes one run: never a burst.
 */
public enum Misfire {
    /** One run, as of the first that was missed: it works off everything since then, from the log of changes. */
    CATCH_UP,
    /** One run, as of the latest that was missed. */
    ONCE,
    /** One run, as of now: what was missed is dropped, only the present counts. */
    DROP;

    /**
     * The instant that the run is for.
     *
     * @param trigger of the job
     * @param planned when it was to run
     * @param now when it runs
     */
    public Instant scheduledFor(Trigger trigger, Instant planned, Instant now) {
        Instant latest = trigger.latest(planned, now);
        if (latest.equals(planned)) {
            return planned;
        }
        return switch (this) {
            case CATCH_UP -> planned;
            case ONCE -> latest;
            case DROP -> now;
        };
    }
}
