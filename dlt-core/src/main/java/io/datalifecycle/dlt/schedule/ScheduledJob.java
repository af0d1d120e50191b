package io.datalifecycle.dlt.schedule;

import io.datalifecycle.dlt.time.Trigger;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A job of a workspace as it stands. Immutable.
 *
 * @param item key of the connector, featurestore, model, alert or report; empty for {@code DELIVER} and {@code MAINTAIN}
 * @param trigger when it is due
 * @param next the next run as the schedule has it; empty when there is none, ever
 * @param lastSuccess when a run last ended well
 * @param lastFailure when a run last failed
 * @param failures runs that failed since the last one that did not
 * @param paused whether it is left alone until it is resumed
 */
public record ScheduledJob(
        JobKind kind,
        String item,
        Trigger trigger,
        Optional<Instant> next,
        Optional<Instant> lastSuccess,
        Optional<Instant> lastFailure,
        int failures,
        boolean paused) {

    /** The schedule as text: the cron pattern, or {@code every PT10M}. */
    public String schedule() {
        return trigger.text();
    }

    /** The zone whose clock the schedule follows; UTC for intervals. */
    public ZoneId zone() {
        return trigger.zone();
    }

    /** When a run last ended, well or not. */
    public Optional<Instant> lastRun() {
        return lastSuccess.isPresent() && lastFailure.isPresent()
                ? lastSuccess
                        .filter(success -> success.isAfter(lastFailure.get()))
                        .or(() -> lastFailure)
                : lastSuccess.or(() -> lastFailure);
    }

    /** Kind and key in one: {@code refresh pump_metrics_10min}. */
    public String name() {
        return (kind.label() + " " + item).trim();
    }
}
