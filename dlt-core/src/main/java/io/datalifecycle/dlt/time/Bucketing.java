package io.datalifecycle.dlt.time;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Cuts time into buckets. A {@link Duration} gives buckets of fixed length counted from the Unix epoch; a {@link Period} gives
 * calendar buckets (days, weeks from Monday, months, years) that follow the zone through daylight-saving changes. Immutable.
 *
 * @param every width of a bucket, a positive {@link Duration} of whole microseconds or a positive {@link Period} of one unit, at most 100 years
 * @param zone zone whose calendar the buckets follow; fixed buckets ignore it
 */
public record Bucketing(TemporalAmount every, ZoneId zone) {

    /** Zones have moved over the date line: a local day may last up to two. */
    private static final int MOST_HOURS_BACK = 25;

    private static final int MOST_YEARS = 100;
    private static final int MOST_DAYS = 36_525;
    private static final String TOO_LONG = " is longer than 100 years";

    static final LocalDate EPOCH_MONDAY = LocalDate.of(1970, 1, 5);

    public Bucketing {
        Objects.requireNonNull(zone, "zone");
        String wrong = every instanceof Duration duration
                ? problem(duration)
                : every instanceof Period period ? problem(period) : "use a Duration or a Period";
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException("every: " + wrong);
        }
    }

    private static String problem(Duration every) {
        if (every.isNegative() || every.isZero() || every.getNano() % 1_000 != 0) {
            return every + " is not a positive number of microseconds";
        }
        return every.compareTo(Duration.ofDays(MOST_DAYS)) > 0 ? every + TOO_LONG : "";
    }

    private static String problem(Period every) {
        int units = (every.getYears() != 0 ? 1 : 0) + (every.getMonths() != 0 ? 1 : 0) + (every.getDays() != 0 ? 1 : 0);
        if (units != 1 || every.isNegative()) {
            return every + " must be one positive unit: P1D, P7D, P1M, P1Y";
        }
        boolean isLong = every.toTotalMonths() > MOST_YEARS * 12L || every.getDays() > MOST_DAYS;
        return isLong ? every + TOO_LONG : "";
    }

    public static Bucketing of(TemporalAmount every, ZoneId zone) {
        return new Bucketing(every, zone);
    }

    /** At least as long as any bucket of that width: a day on which the clocks go back included. */
    public static Duration longest(TemporalAmount every) {
        return every instanceof Duration duration ? duration : longest((Period) every);
    }

    private static Duration longest(Period every) {
        long days = every.getYears() * 366L + every.getMonths() * 31L + every.getDays();
        return Duration.ofDays(days).plusHours(MOST_HOURS_BACK);
    }

    /** Whether buckets follow the calendar of the zone and so differ in length. */
    public boolean isCalendar() {
        return every instanceof Period;
    }

    /** The bucket that contains the instant. */
    public TimeRange bucketOf(Instant instant) {
        if (every instanceof Duration duration) {
            long width = duration.toNanos() / 1_000;
            long micros = ChronoUnit.MICROS.between(Instant.EPOCH, instant);
            if (Instant.EPOCH.plus(micros, ChronoUnit.MICROS).isAfter(instant)) {
                micros--; // between() truncates towards zero, buckets need the floor
            }
            Instant start = Instant.EPOCH.plus(Math.floorDiv(micros, width) * width, ChronoUnit.MICROS);
            return TimeRange.of(start, start.plus(duration));
        }
        LocalDate day = instant.atZone(zone).toLocalDate();
        LocalDate start = calendarStart(day, (Period) every);
        // where clocks go back across midnight, the minutes before it come twice: the second time they belong to the
        // new day
        while (!instant.isBefore(start.plus((Period) every).atStartOfDay(zone).toInstant())) {
            start = start.plus((Period) every);
        }
        return TimeRange.of(
                start.atStartOfDay(zone).toInstant(),
                start.plus((Period) every).atStartOfDay(zone).toInstant());
    }

    /** The buckets that cover a range, one by one; none for an empty range. */
    public List<TimeRange> bucketsOf(TimeRange range) {
        List<TimeRange> buckets = new ArrayList<>();
        for (Instant at = range.from(); at.isBefore(range.to()); ) {
            TimeRange bucket = bucketOf(at);
            buckets.add(bucket);
            at = bucket.to();
        }
        return List.copyOf(buckets);
    }

    /** The smallest range of whole buckets that covers the given one; an empty range stays empty. */
    public TimeRange cover(TimeRange range) {
        if (range.isEmpty()) {
            return range;
        }
        TimeRange last = bucketOf(range.to().minusNanos(1_000));
        return TimeRange.of(bucketOf(range.from()).from(), last.to());
    }

    private static LocalDate calendarStart(LocalDate day, Period every) {
        if (every.getYears() > 0) {
            return LocalDate.of(Math.floorDiv(day.getYear(), every.getYears()) * every.getYears(), 1, 1);
        }
        if (every.getMonths() > 0) {
            long months = day.getYear() * 12L + day.getMonthValue() - 1;
            long start = Math.floorDiv(months, every.getMonths()) * every.getMonths();
            return LocalDate.of((int) Math.floorDiv(start, 12L), (int) Math.floorMod(start, 12L) + 1, 1);
        }
        long days = ChronoUnit.DAYS.between(EPOCH_MONDAY, day);
        return EPOCH_MONDAY.plusDays(Math.floorDiv(days, every.getDays()) * (long) every.getDays());
    }
}
