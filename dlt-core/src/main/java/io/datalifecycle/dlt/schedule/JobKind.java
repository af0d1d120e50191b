package io.datalifecycle.dlt.schedule;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** What a job does, and the rules that follow from it. Jobs of one instant run in this order where one thread runs them. */
public enum JobKind {
    /** Reads what a connector's source has. Missed runs are dropped: the next reads on from where it stands. */
    FETCH(NodeRole.SCHEDULER, Misfire.DROP, 60, Duration.ofMinutes(10)),
    /** Brings a featurestore up to date, its sources before and what follows it after. Missed runs are caught up from the log of changes. */
    REFRESH(NodeRole.FEATURES, Misfire.CATCH_UP, 50, Duration.ofMinutes(10)),
    /** Trains a model. Missed runs are run once. */
    TRAIN(NodeRole.MODELS, Misfire.ONCE, 20, Duration.ofHours(1)),
    /** Scores a model's features. Goes on from where it stopped, so that missed runs are caught up. */
    SCORE(NodeRole.MODELS, Misfire.CATCH_UP, 40, Duration.ofMinutes(10)),
    /** Evaluates an alert. Missed runs are dropped: only the present counts. */
    ALERT(NodeRole.ALERTS, Misfire.DROP, 90, Duration.ofMinutes(1)),
    /** Sends a report. Missed runs are run once, for the latest span. */
    REPORT(NodeRole.SCHEDULER, Misfire.ONCE, 70, Duration.ofMinutes(5)),
    /** Sends what waits in the outbox. */
    DELIVER(NodeRole.SCHEDULER, Misfire.ONCE, 90, Duration.ofMinutes(5)),
    /** Creates chunks ahead and drops those past their retention. */
    MAINTAIN(NodeRole.SCHEDULER, Misfire.ONCE, 10, Duration.ofMinutes(10));

    private final NodeRole role;
    private final Misfire misfire;
    private final int priority;
    private final Duration budget;

    JobKind(NodeRole role, Misfire misfire, int priority, Duration budget) {
        this.role = role;
        this.misfire = misfire;
        this.priority = priority;
        this.budget = budget;
    }

    /** Which nodes run it, on whose threads. */
    public NodeRole role() {
        return role;
    }

    /** What becomes of runs that were missed. */
    public Misfire misfire() {
        return misfire;
    }

    /** Of two jobs that wait for a thread the one with the higher number goes first; workspaces take turns before. */
    public int priority() {
        return priority;
    }

    /** How long a run may take before it is told that it takes too long; nothing is interrupted. */
    public Duration budget() {
        return budget;
    }

    /** Whether a run may begin a little later than its schedule says, so that not all workspaces begin at once. */
    public boolean isSpread() {
        return this != REPORT && this != DELIVER;
    }

    /** As in the job table: {@code refresh}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<JobKind> of(String label) {
        for (JobKind kind : values()) {
            if (kind.label().equals(label)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
