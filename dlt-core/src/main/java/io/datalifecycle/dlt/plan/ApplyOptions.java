package io.datalifecycle.dlt.plan;

import java.time.Duration;

/**
 * How a plan is carried out. Immutable.
 *
 * @param allowDestructive whether stores and columns may be hidden; without it a plan that hides something is refused
 * @param backfill whether derived rows are brought up to date and models trained before it returns; else schedules do it
 * @param lockTimeout how long one attempt waits for writers of a table, 10 ms to a minute; it tries again until {@code patience} is over
 * @param patience how long all attempts may take together
 */
public record ApplyOptions(boolean allowDestructive, boolean backfill, Duration lockTimeout, Duration patience) {

    /** Nothing destructive, backfills included, two seconds for each attempt, five minutes for all. */
    public static final ApplyOptions STANDARD =
            new ApplyOptions(false, true, Duration.ofSeconds(2), Duration.ofMinutes(5));

    /** The same with leave to hide stores and columns. */
    public static final ApplyOptions ALLOW_DESTRUCTIVE = STANDARD.allowingDestructive();

    public ApplyOptions {
        if (lockTimeout.compareTo(Duration.ofMillis(10)) < 0 || lockTimeout.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("lockTimeout: " + lockTimeout + " is not between 10 ms and a minute");
        }
        if (patience.compareTo(lockTimeout) < 0) {
            throw new IllegalArgumentException("patience: " + patience + " is shorter than one attempt");
        }
    }

    /** The same with leave to hide stores and columns. */
    public ApplyOptions allowingDestructive() {
        return new ApplyOptions(true, backfill, lockTimeout, patience);
    }

    /** The same without backfills and training: the workspace's schedules do them. */
    public ApplyOptions leavingBackfills() {
        return new ApplyOptions(allowDestructive, false, lockTimeout, patience);
    }

    /** The same with other times to wait for writers. */
    public ApplyOptions waiting(Duration eachAttempt, Duration allAttempts) {
        return new ApplyOptions(allowDestructive, backfill, eachAttempt, allAttempts);
    }
}
