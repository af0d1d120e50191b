package io.datalifecycle.dlt.time;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAmount;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneOffsetTransitionRule;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether narrow buckets fit into wide ones: each narrow bucket from 1970 on lies within one wide bucket, so that the wide one can be put
 * together from them. Pure. Where it says yes, none breaks, under any offset from UTC that the zone has had since 1970 or will have; where
 * it says no, one does, or would if the zone's clocks were put on another day than they are.
 */
public final class Nesting {

    private static final long DAY = Duration.ofDays(1).toSeconds() * 1_000_000;
    private static final Instant START = Instant.EPOCH;

    /** A rule's day moves with the week and the leap year: all its dates come within 28 years. */
    private static final int CYCLE_YEARS = 28;

    /** Widths people choose, narrow to wide. */
    private static final List<TemporalAmount> USUAL = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(3),
            Duration.ofHours(4),
            Duration.ofHours(6),
            Duration.ofHours(12),
            Duration.ofHours(24),
            Period.ofDays(1),
            Period.ofDays(7),
            Period.ofMonths(1),
            Period.ofMonths(3),
            Period.ofYears(1));

    private Nesting() {}

    /** Whether each bucket of {@code inner} lies within one of {@code outer}. */
    public static boolean nests(Bucketing inner, Bucketing outer) {
        if (inner.every() instanceof Duration narrow) {
            return outer.every() instanceof Duration wide
                    ? micros(wide) % micros(narrow) == 0
                    : nests(micros(narrow), (Period) outer.every(), outer.zone().getRules());
        }
        return outer.every() instanceof Period wide
                && inner.zone().getRules().equals(outer.zone().getRules())
                && nests((Period) inner.every(), wide);
    }

    /** Usual widths, narrow to wide, that nest in {@code outer} when calendar widths follow the zone given. */
    public static List<TemporalAmount> fitting(Bucketing outer, ZoneId zone) {
        return USUAL.stream()
                .filter(width -> !width.equals(outer.every()))
                .filter(width -> nests(Bucketing.of(width, zone), outer))
                .toList();
    }

    /** Days are counted from a Monday, months from year 0: only single days meet the edges of months. */
    private static boolean nests(Period inner, Period outer) {
        if (outer.getDays() > 0) {
            return inner.getDays() > 0 && outer.getDays() % inner.getDays() == 0;
        }
        return inner.getDays() > 0 ? inner.getDays() == 1 : outer.toTotalMonths() % inner.toTotalMonths() == 0;
    }

    /** Each edge of the wide buckets must be a multiple of the narrow width since the epoch. */
    private static boolean nests(long width, Period outer, ZoneRules rules) {
        // months and years begin on any day of the count, n days on each n-th from a Monday
        long first = outer.getDays() > 0 ? Bucketing.EPOCH_MONDAY.toEpochDay() * DAY : 0;
        long step = outer.getDays() > 0 ? outer.getDays() * DAY : DAY;
        return step % width == 0
                && offsets(rules).stream().allMatch(o -> (first - o.getTotalSeconds() * 1_000_000L) % width == 0)
                && transitions(rules).stream().allMatch(t -> micros(t.getInstant()) % width == 0);
    }

    /** Every offset a zone has had since 1970 or will have. */
    private static Set<ZoneOffset> offsets(ZoneRules rules) {
        Set<ZoneOffset> offsets = new LinkedHashSet<>(List.of(rules.getOffset(START)));
        for (ZoneOffsetTransition transition : rules.getTransitions()) {
            if (!transition.getInstant().isBefore(START)) {
                offsets.add(transition.getOffsetBefore());
                offsets.add(transition.getOffsetAfter());
            }
        }
        for (ZoneOffsetTransitionRule rule : rules.getTransitionRules()) {
            offsets.add(rule.getOffsetBefore());
            offsets.add(rule.getOffsetAfter());
        }
        return offsets;
    }

    /** Where clocks skip midnight, a day begins when they do; that may be at any time of the day before. */
    private static List<ZoneOffsetTransition> transitions(ZoneRules rules) {
        List<ZoneOffsetTransition> all = new ArrayList<>(rules.getTransitions());
        int last = all.isEmpty()
                ? 1970
                : all.get(all.size() - 1).getDateTimeAfter().getYear();
        for (ZoneOffsetTransitionRule rule : rules.getTransitionRules()) {
            for (int year = last; year <= last + CYCLE_YEARS; year++) {
                all.add(rule.createTransition(year));
            }
        }
        return all.stream()
                .filter(t -> t.isGap() && !t.getInstant().isBefore(START))
                .filter(t -> t.getDateTimeBefore()
                        .toLocalDate()
                        .isBefore(t.getDateTimeAfter().toLocalDate()))
                .toList();
    }

    private static long micros(Duration duration) {
        return duration.toSeconds() * 1_000_000 + duration.getNano() / 1_000;
    }

    private static long micros(Instant instant) {
        return micros(Duration.between(Instant.EPOCH, instant));
    }
}
