package io.datalifecycle.dlt.time;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * When a recurring job is due: a cron schedule in a zone, or a fixed interval counted from the Unix epoch. Immutable.
 *
 * @param cron five or six fields; empty for an interval
 * @param every the interval; empty for a cron schedule
 * @param zone zone of the cron schedule
 */
public record Trigger(Optional<String> cron, Optional<Duration> every, ZoneId zone) {

    public Trigger {
        if (cron.isPresent() == every.isPresent()) {
            throw new IllegalArgumentException("trigger: give either cron or every");
        }
        if (every.isPresent() && every.get().toMillis() < 1) {
            throw new IllegalArgumentException("every: " + every.get() + " is shorter than a millisecond");
        }
    }

    public static Trigger cron(String cron, ZoneId zone) {
        return new Trigger(Optional.of(cron), Optional.empty(), zone);
    }

    public static Trigger every(Duration every) {
        return new Trigger(Optional.empty(), Optional.of(every), java.time.ZoneOffset.UTC);
    }

    /** The first due instant after the given one; empty when there is none. */
    public Optional<Instant> next(Instant after) {
        if (every.isPresent()) {
            long width = every.get().toMillis();
            return Optional.of(Instant.ofEpochMilli((Math.floorDiv(after.toEpochMilli(), width) + 1) * width));
        }
        return CronSchedule.parse(cron.orElseThrow(), zone).next(after);
    }

    /**
     * The last due instant up to {@code now}, not before {@code from}; {@code from} itself when none came after it. Cheap, however long ago
     * {@code from} is.
     */
    public Instant latest(Instant from, Instant now) {
        if (every.isPresent()) {
            long width = every.get().toMillis();
            Instant last = Instant.ofEpochMilli(Math.floorDiv(now.toEpochMilli(), width) * width);
            return last.isAfter(from) ? last : from;
        }
        for (Duration back = Duration.ofMinutes(1); ; back = back.multipliedBy(4)) {
            Instant start = now.minus(back);
            boolean reached = !start.isAfter(from);
            Optional<Instant> found = lastBetween(reached ? from : start, now);
            if (found.isPresent() || reached) {
                return found.orElse(from);
            }
        }
    }

    private Optional<Instant> lastBetween(Instant after, Instant now) {
        CronSchedule schedule = CronSchedule.parse(cron.orElseThrow(), zone);
        Optional<Instant> last = Optional.empty();
        Optional<Instant> run = schedule.next(after);
        while (run.isPresent() && !run.get().isAfter(now)) {
            last = run;
            run = schedule.next(run.get());
        }
        return last;
    }

    /** The cron pattern, or {@code every PT10M}. */
    public String text() {
        return cron.orElseGet(() -> "every " + every.orElseThrow());
    }
}
