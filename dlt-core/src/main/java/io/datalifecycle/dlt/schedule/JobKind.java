package io.datalifecycle.dlt.schedule;

import java.util.Locale;
import java.util.Optional;

/** What a job does. */
public enum JobKind {
    /** Reads what a connector's source has. Missed runs are dropped: the next reads on from where it stands. */
    FETCH,
    /** Brings a featurestore up to date, its sources before and what follows it after. Missed runs are caught up from the log of changes. */
    REFRESH,
    /** Trains a model. Missed runs are run once. */
    TRAIN,
    /** Scores a model's features. */
    SCORE,
    /** Evaluates an alert. Missed runs are dropped: only the present counts. */
    ALERT,
    /** Sends a report. A missed run is run once. */
    REPORT,
    /** Sends what waits in the outbox. */
    DELIVER,
    /** Creates chunks ahead and drops those past their retention. */
    MAINTAIN;

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
