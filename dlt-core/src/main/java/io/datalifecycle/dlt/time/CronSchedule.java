package io.datalifecycle.dlt.time;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cron schedule in a zone. Five fields (minute, hour, day of month, month, day of week), six (second first), or a name:
 * {@code @hourly}, {@code @daily} (or {@code @midnight}), {@code @weekly}, {@code @monthly}, {@code @yearly} (or {@code @annually}).
 * Sunday is 0 or 7; names such as {@code MON} and {@code JAN}, {@code L}, {@code W}, {@code #} and {@code ?} are understood. Where
 * both days are restricted, either is enough. Immutable, thread-safe.
 *
 * <p>On the days the clock is put:
 *
 * <ul>
 *   <li>A schedule that runs in every hour of the day ({@code *} as hour, {@code @hourly}) follows real time: what the clock leaves
 *       out is left out, and both passes of a repeated hour run, so that the distance stays what it is on any day.
 *   <li>Every other schedule names times of the day, and each named time runs once a day: when the clock jumps over it, once at the
 *       first instant after the gap (several times in one gap make one run); when the clock passes it twice, the first time.
 * </ul>
 */
public final class CronSchedule {

    private static final int MOST_TRANSITIONS = 1_000;

    private final String text;
    private final ZoneId zone;
    private final CronPattern pattern;

    private CronSchedule(String text, ZoneId zone, CronPattern pattern) {
        this.text = text;
        this.zone = zone;
        this.pattern = pattern;
    }

    /** Throws {@link IllegalArgumentException} that says what is wrong with the text. Patterns are cached. */
    public static CronSchedule parse(String text, ZoneId zone) {
        Objects.requireNonNull(zone, "zone");
        return new CronSchedule(text, zone, CronPattern.of(text));
    }

    /** The first run after the given instant; empty when there never is one. */
    public Optional<Instant> next(Instant after) {
        ZoneRules rules = zone.getRules();
        ZoneOffset offset = rules.getOffset(after);
        LocalDateTime from = startIn(rules, after, offset);
        ZoneOffsetTransition change = rules.nextTransition(after);
        for (int i = 0; i < MOST_TRANSITIONS; i++) {
            Optional<LocalDateTime> local = pattern.next(from);
            if (local.isEmpty()) {
                return Optional.empty();
            }
            Instant run = local.get().toInstant(offset);
            if (change == null || run.isBefore(change.getInstant())) {
                return Optional.of(run);
            }
            if (runsInGap(change, local.get())) {
                return Optional.of(change.getInstant());
            }
            offset = change.getOffsetAfter();
            from = afterChange(change);
            change = rules.nextTransition(change.getInstant());
        }
        return Optional.empty();
    }

    /** The pattern as written. */
    public String text() {
        return text;
    }

    /** The zone whose clock it follows. */
    public ZoneId zone() {
        return zone;
    }

    /** The local time after which to look; within the second pass of a repeated hour named times wait for its end. */
    private LocalDateTime startIn(ZoneRules rules, Instant after, ZoneOffset offset) {
        LocalDateTime local = LocalDateTime.ofEpochSecond(after.getEpochSecond(), after.getNano(), offset);
        @Nullable ZoneOffsetTransition last = rules.previousTransition(after.plusNanos(1));
        if (pattern.isEveryHour() || last == null || !last.isOverlap()) {
            return local;
        }
        LocalDateTime newTime = afterChange(last);
        return local.isBefore(newTime) ? newTime : local;
    }

    /** One second before the first local time that counts under the new offset. */
    private LocalDateTime afterChange(ZoneOffsetTransition change) {
        boolean skipsSecondPass = change.isOverlap() && !pattern.isEveryHour();
        return (skipsSecondPass ? change.getDateTimeBefore() : change.getDateTimeAfter()).minusSeconds(1);
    }

    private boolean runsInGap(ZoneOffsetTransition change, LocalDateTime local) {
        return change.isGap() && !pattern.isEveryHour() && local.isBefore(change.getDateTimeAfter());
    }

    @Override
    public String toString() {
        return text + " " + zone;
    }
}
