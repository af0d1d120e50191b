package io.datalifecycle.dlt.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.time.Bucketing;
import io.datalifecycle.dlt.time.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalLedgerTest {

    private static final Instant T0 = Instant.parse("2026-03-20T10:20:30.000001Z");
    private static final Bucketing HOURS = Bucketing.of(Duration.ofHours(1), ZoneId.of("UTC"));

    private static TimeRange range(String from, String to) {
        return TimeRange.of(Instant.parse(from), Instant.parse(to));
    }

    @Test
    void spansThatMeetAfterWideningBecomeOne() {
        List<TimeRange> touched = List.of(
                range("2026-01-01T05:59:00Z", "2026-01-01T06:00:00Z"),
                range("2026-01-01T03:10:00Z", "2026-01-01T03:11:00Z"),
                range("2026-01-01T06:00:00Z", "2026-01-01T06:00:00.000001Z"),
                range("2026-01-01T09:00:00Z", "2026-01-01T09:00:00Z"));
        assertThat(IntervalLedger.intervals(touched, HOURS))
                .containsExactly(
                        range("2026-01-01T03:00:00Z", "2026-01-01T04:00:00Z"),
                        range("2026-01-01T05:00:00Z", "2026-01-01T07:00:00Z"));
        assertThat(IntervalLedger.intervals(List.of(), HOURS)).isEmpty();
        assertThat(IntervalLedger.head(List.of(), HOURS, Duration.ofHours(1))).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void intervalsAreTheBucketsThatSpansTouchAndPiecesAreTheIntervalsExactly(long seed) {
        Random random = new Random(seed);
        List<TemporalAmount> widths = List.of(
                Duration.ofMinutes(10), Duration.ofHours(7), Period.ofDays(1), Period.ofDays(7), Period.ofMonths(1));
        ZoneId zone = ZoneId.of(List.of("Europe/Berlin", "America/Havana", "Australia/Lord_Howe")
                .get(random.nextInt(3)));
        Bucketing bucketing = Bucketing.of(widths.get((int) (seed % widths.size())), zone);
        List<TimeRange> touched = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            Instant from = T0.plusSeconds(random.nextInt(60 * 86_400));
            touched.add(TimeRange.of(from, from.plusSeconds(random.nextInt(random.nextBoolean() ? 100 : 200_000))));
        }

        List<TimeRange> intervals = IntervalLedger.intervals(touched, bucketing);

        for (int i = 0; i < intervals.size(); i++) {
            TimeRange interval = intervals.get(i);
            assertThat(bucketing.cover(interval)).isEqualTo(interval);
            if (i > 0) {
                assertThat(interval.from()).isAfter(intervals.get(i - 1).to());
            }
            for (Instant at = interval.from();
                    at.isBefore(interval.to());
                    at = bucketing.bucketOf(at).to()) {
                TimeRange bucket = bucketing.bucketOf(at);
                assertThat(touched).as("somebody touched " + bucket).anyMatch(bucket::overlaps);
            }
        }
        for (TimeRange range : touched) {
            assertThat(range.isEmpty()
                            || intervals.stream()
                                    .anyMatch(i -> !i.from().isAfter(range.from()) && !i.to().isBefore(range.to())))
                    .as(range + " is covered")
                    .isTrue();
        }
        Duration length = Duration.ofHours(random.nextInt(24 * 20) + 1);
        boolean fromTheEnd = random.nextBoolean();
        List<List<TimeRange>> pieces = new ArrayList<>();
        List<TimeRange> left = intervals;
        while (!left.isEmpty()) {
            List<TimeRange> piece = fromTheEnd
                    ? IntervalLedger.tail(left, bucketing, length)
                    : IntervalLedger.head(left, bucketing, length);
            pieces.add(fromTheEnd ? 0 : pieces.size(), piece);
            left = IntervalLedger.minus(left, piece);
        }
        for (List<TimeRange> piece : pieces) {
            assertThat(piece)
                    .isNotEmpty()
                    .allMatch(part -> !part.isEmpty() && bucketing.cover(part).equals(part));
            boolean isOneBucket =
                    piece.size() == 1 && bucketing.bucketOf(piece.get(0).from()).equals(piece.get(0));
            assertThat(isOneBucket || IntervalLedger.length(piece).compareTo(length) <= 0)
                    .as("piece of at most " + length + " or of one whole bucket: " + piece)
                    .isTrue();
        }
        assertThat(joined(pieces.stream().flatMap(List::stream).toList())).isEqualTo(intervals);
    }

    /** Neighbours that meet put together again. */
    private static List<TimeRange> joined(List<TimeRange> parts) {
        List<TimeRange> joined = new ArrayList<>();
        for (TimeRange part : parts) {
            TimeRange last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null && last.to().equals(part.from())) {
                joined.set(joined.size() - 1, TimeRange.of(last.from(), part.to()));
            } else {
                joined.add(part);
            }
        }
        return joined;
    }
}
