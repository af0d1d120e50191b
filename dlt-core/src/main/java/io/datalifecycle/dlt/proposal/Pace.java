package io.datalifecycle.dlt.proposal;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How fast rows come, and what follows from it. Immutable.
 *
 * @param interval between two rows of one subject, the middle one; zero when no two were seen
 * @param width of the buckets
 * @param suffix of the roll-up's key
 * @param cron when the roll-up is refreshed
 * @param chunk of the datastore
 * @param derivedChunk of the roll-up
 * @param shown what a dashboard shows at first
 */
record Pace(
        Duration interval,
        TemporalAmount width,
        String suffix,
        String cron,
        Duration chunk,
        Duration derivedChunk,
        Duration shown) {

    /** Fewer rows in a bucket are not worth one. */
    private static final int LEAST_ROWS = 4;

    private static final int SECONDS_OF_DAY = 86_400;
    private static final int MOST_CHUNKS = 200;
    private static final long MOST_ROWS_OF_CHUNK = 25_000_000;
    private static final List<Duration> CHUNKS = List.of(
            Duration.ofHours(1),
            Duration.ofHours(6),
            Duration.ofDays(1),
            Duration.ofDays(7),
            Duration.ofDays(30),
            Duration.ofDays(365),
            Duration.ofDays(3_650));

    private record Step(TemporalAmount width, Duration about, String suffix, String cron) {}

    private static final List<Step> STEPS = List.of(
            new Step(Duration.ofSeconds(1), Duration.ofSeconds(1), "1s", "* * * * *"),
            new Step(Duration.ofMinutes(1), Duration.ofMinutes(1), "1min", "* * * * *"),
            new Step(Duration.ofMinutes(10), Duration.ofMinutes(10), "10min", "*/10 * * * *"),
            new Step(Duration.ofHours(1), Duration.ofHours(1), "1h", "5 * * * *"),
            new Step(Period.ofDays(1), Duration.ofDays(1), "1d", "10 * * * *"),
            new Step(Period.ofMonths(1), Duration.ofDays(28), "1mon", "15 0 * * *"),
            new Step(Period.ofYears(1), Duration.ofDays(365), "1y", "20 0 * * *"));

    /** @param by columns that tell subjects apart */
    static Pace of(List<Instant> instants, List<Finding> by) {
        Map<List<@Nullable JsonNode>, List<Instant>> series = new HashMap<>();
        for (int row = 0; row < instants.size(); row++) {
            List<@Nullable JsonNode> subject = new ArrayList<>(by.size());
            for (Finding finding : by) {
                subject.add(finding.source().values().get(row));
            }
            series.computeIfAbsent(subject, s -> new ArrayList<>()).add(instants.get(row));
        }
        Duration interval = interval(series.values());
        Step step = STEPS.stream()
                .filter(candidate -> candidate.about().compareTo(interval.multipliedBy(LEAST_ROWS)) >= 0)
                .filter(candidate -> !interval.isZero() || candidate.suffix().equals("1h"))
                .findFirst()
                .orElse(STEPS.get(STEPS.size() - 1));
        Duration span = Duration.between(Collections.min(instants), Collections.max(instants));
        double rate = interval.isZero() ? 0 : series.size() / (interval.toNanos() / 1e9);
        Duration chunk = chunk(rate, span);
        Duration derived = chunk(rate / Math.max(1, LEAST_ROWS), span);
        Duration least = Duration.ofDays(30);
        return new Pace(
                interval,
                step.width(),
                step.suffix(),
                step.cron(),
                chunk,
                derived.compareTo(least) < 0 ? least : derived,
                shown(step.about()));
    }

    private static Duration interval(Iterable<List<Instant>> series) {
        List<Duration> gaps = new ArrayList<>();
        for (List<Instant> one : series) {
            List<Instant> sorted = new ArrayList<>(one);
            Collections.sort(sorted);
            for (int i = 1; i < sorted.size(); i++) {
                Duration gap = Duration.between(sorted.get(i - 1), sorted.get(i));
                if (!gap.isZero()) {
                    gaps.add(gap);
                }
            }
        }
        if (gaps.isEmpty()) {
            return Duration.ZERO;
        }
        Collections.sort(gaps);
        return gaps.get(gaps.size() / 2);
    }

    /** Long enough that the sample is not cut to pieces, short enough that a chunk's index fits into memory. */
    private static Duration chunk(double rate, Duration span) {
        Duration chosen = CHUNKS.get(0);
        for (Duration chunk : CHUNKS) {
            boolean fits = rate * chunk.toSeconds() <= MOST_ROWS_OF_CHUNK;
            boolean needed = chosen.multipliedBy(MOST_CHUNKS).compareTo(span) < 0;
            boolean usual = chunk.compareTo(Duration.ofDays(30)) <= 0;
            if ((fits && usual) || needed) {
                chosen = chunk;
            }
        }
        return chosen;
    }

    /** {@code P30D} rather than {@code PT720H}. */
    static String text(Duration length) {
        boolean days = !length.isZero() && length.toSeconds() % SECONDS_OF_DAY == 0 && length.getNano() == 0;
        return days ? "P" + length.toDays() + "D" : length.toString();
    }

    private static Duration shown(Duration bucket) {
        long days = Math.max(1, bucket.multipliedBy(200).toDays());
        for (int round : new int[] {1, 7, 30, 365, 3_650}) {
            if (days <= round) {
                return Duration.ofDays(round);
            }
        }
        return Duration.ofDays(36_500);
    }
}
