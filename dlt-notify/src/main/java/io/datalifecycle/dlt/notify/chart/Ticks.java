package io.datalifecycle.dlt.notify.chart;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where an axis has its marks, and what stands beside them. */
final class Ticks {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter FINE_CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMM d", Locale.ENGLISH);
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter YEAR = DateTimeFormatter.ofPattern("uuuu", Locale.ENGLISH);

    private static final long[] SECONDS = {
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200
    };
    private static final int[] DAYS = {1, 2, 4, 7, 14};
    private static final int[] MONTHS = {1, 2, 3, 6, 12, 24, 60, 120, 600, 1200};

    private Ticks() {}

    /** A mark with its words; {@code strong} where a new day begins. */
    record Tick(double at, String label, boolean strong) {}

    /** An axis of numbers with round ends. */
    record Scale(double min, double max, List<Tick> ticks) {

        double share(double value) {
            return (value - min) / (max - min);
        }
    }

    /** A scale around the values, with about that many marks. */
    static Scale numbers(double low, double high, int about) {
        double from = Double.isFinite(low) ? low : 0;
        double to = Double.isFinite(high) ? high : 1;
        if (to - from <= Math.abs(to) * 1e-9) {
            double room = from == 0 ? 1 : Math.abs(from) * 0.1;
            from -= from == 0 ? 0 : room;
            to += room;
        }
        double step = roundStep((to - from) / Math.max(1, about));
        double min = Math.floor(from / step + 1e-9) * step;
        double max = Math.ceil(to / step - 1e-9) * step;
        List<Tick> ticks = new ArrayList<>();
        int count = (int) Math.round((max - min) / step);
        for (int i = 0; i <= count; i++) {
            double value = min + i * step;
            ticks.add(new Tick(value, Formats.number(Math.abs(value) < step * 1e-6 ? 0 : value), false));
        }
        return new Scale(min, max, ticks);
    }

    /** The round step at or above a raw one: 1, 2, 2.5 or 5 times a power of ten. */
    static double roundStep(double raw) {
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        for (double factor : new double[] {1, 2, 2.5, 5}) {
            if (raw <= factor * power * (1 + 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    /** Marks at round local times of the zone, so that days begin at midnight there, summer time or not. */
    static List<Tick> times(Instant from, Instant to, ZoneId zone, int atMost) {
        long span = Math.max(1, Duration.between(from, to).toSeconds());
        for (long step : SECONDS) {
            if (span / step < atMost) {
                return clock(from, to, zone, step);
            }
        }
        for (int step : DAYS) {
            if (span / (step * 86_400L) < atMost) {
                return days(from, to, zone, step);
            }
        }
        for (int step : MONTHS) {
            if (span / (step * 2_629_800L) < atMost) {
                return months(from, to, zone, step);
            }
        }
        return List.of();
    }

    private static List<Tick> clock(Instant from, Instant to, ZoneId zone, long step) {
        List<Tick> ticks = new ArrayList<>();
        LocalDateTime local = LocalDateTime.ofInstant(from, zone).truncatedTo(ChronoUnit.DAYS);
        Instant last = Instant.MIN;
        for (LocalDateTime at = local; ; at = at.plusSeconds(step)) {
            ZonedDateTime zoned = at.atZone(zone);
            Instant instant = zoned.toInstant();
            if (instant.isAfter(to)) {
                return ticks;
            }
            if (!instant.isBefore(from)
                    && instant.isAfter(last)
                    && zoned.toLocalDateTime().equals(at)) {
                boolean midnight = at.toLocalTime().toSecondOfDay() == 0;
                String label = midnight ? DAY.format(at) : (step < 60 ? FINE_CLOCK : CLOCK).format(at);
                ticks.add(new Tick(instant.toEpochMilli(), label, midnight));
                last = instant;
            }
        }
    }

    private static List<Tick> days(Instant from, Instant to, ZoneId zone, int step) {
        List<Tick> ticks = new ArrayList<>();
        long first = LocalDateTime.ofInstant(from, zone).toLocalDate().toEpochDay();
        for (long day = first - Math.floorMod(first, step); ; day += step) {
            ZonedDateTime at = java.time.LocalDate.ofEpochDay(day).atStartOfDay(zone);
            if (at.toInstant().isAfter(to)) {
                return ticks;
            }
            if (!at.toInstant().isBefore(from)) {
                ticks.add(new Tick(at.toInstant().toEpochMilli(), DAY.format(at), false));
            }
        }
    }

    private static List<Tick> months(Instant from, Instant to, ZoneId zone, int step) {
        List<Tick> ticks = new ArrayList<>();
        LocalDateTime local = LocalDateTime.ofInstant(from, zone);
        long first = local.getYear() * 12L + local.getMonthValue() - 1;
        for (long month = first - Math.floorMod(first, step); ; month += step) {
            ZonedDateTime at = java.time.LocalDate.of(
                            (int) Math.floorDiv(month, 12L), (int) Math.floorMod(month, 12L) + 1, 1)
                    .atStartOfDay(zone);
            if (at.toInstant().isAfter(to)) {
                return ticks;
            }
            if (!at.toInstant().isBefore(from)) {
                ticks.add(new Tick(at.toInstant().toEpochMilli(), (step < 12 ? MONTH : YEAR).format(at), false));
            }
        }
    }
}
