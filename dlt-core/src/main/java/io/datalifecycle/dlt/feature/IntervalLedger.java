package io.datalifecycle.dlt.feature;

import io.datalifecycle.dlt.time.Bucketing;
import io.datalifecycle.dlt.time.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Arithmetic of what to redo: touched spans to whole buckets, disjoint and ascending, and what one transaction takes of them. Pure. */
public final class IntervalLedger {

    /** Most intervals of one transaction. */
    static final int MOST_INTERVALS = 1_000;

    private IntervalLedger() {}

    /** The fewest intervals of whole buckets that cover all spans; spans that overlap or meet become one. */
    public static List<TimeRange> intervals(Collection<TimeRange> touched, Bucketing bucketing) {
        List<TimeRange> sorted = touched.stream()
                .filter(range -> !range.isEmpty())
                .map(bucketing::cover)
                .sorted(Comparator.comparing(TimeRange::from))
                .toList();
        List<TimeRange> merged = new ArrayList<>();
        for (TimeRange range : sorted) {
            TimeRange last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && !range.from().isAfter(last.to())) {
                if (range.to().isAfter(last.to())) {
                    merged.set(merged.size() - 1, TimeRange.of(last.from(), range.to()));
                }
            } else {
                merged.add(range);
            }
        }
        return List.copyOf(merged);
    }

    /**
     * The first of the intervals, cut at an edge of a bucket, that together span about the given length at most. A bucket longer than that
     * stays whole.
     */
    public static List<TimeRange> head(List<TimeRange> intervals, Bucketing bucketing, Duration length) {
        List<TimeRange> taken = new ArrayList<>();
        Duration rest = length;
        for (TimeRange interval : intervals) {
            if (taken.size() == MOST_INTERVALS || (!taken.isEmpty() && !isPositive(rest))) {
                break;
            }
            if (interval.length().compareTo(rest) > 0) {
                Instant cut = bucketing.bucketOf(interval.from().plus(rest)).from();
                if (!cut.isAfter(interval.from())) {
                    cut = bucketing.bucketOf(interval.from()).to();
                }
                if (taken.isEmpty() || cut.isBefore(interval.from().plus(rest))) {
                    taken.add(TimeRange.of(interval.from(), cut));
                }
                break;
            }
            taken.add(interval);
            rest = rest.minus(interval.length());
        }
        return List.copyOf(taken);
    }

    /** The same from the end: the last of the intervals. */
    public static List<TimeRange> tail(List<TimeRange> intervals, Bucketing bucketing, Duration length) {
        List<TimeRange> taken = new ArrayList<>();
        Duration rest = length;
        for (int i = intervals.size() - 1; i >= 0; i--) {
            TimeRange interval = intervals.get(i);
            if (taken.size() == MOST_INTERVALS || (!taken.isEmpty() && !isPositive(rest))) {
                break;
            }
            if (interval.length().compareTo(rest) > 0) {
                Instant cut = bucketing.bucketOf(interval.to().minus(rest)).to();
                if (!cut.isBefore(interval.to())) {
                    cut = bucketing.bucketOf(interval.to().minusNanos(1_000)).from();
                }
                if (taken.isEmpty() || cut.isAfter(interval.to().minus(rest))) {
                    taken.add(0, TimeRange.of(cut, interval.to()));
                }
                break;
            }
            taken.add(0, interval);
            rest = rest.minus(interval.length());
        }
        return List.copyOf(taken);
    }

    /** What is left of intervals without others; all disjoint and ascending. */
    public static List<TimeRange> minus(List<TimeRange> intervals, List<TimeRange> without) {
        List<TimeRange> left = new ArrayList<>();
        int next = 0;
        for (TimeRange interval : intervals) {
            Instant from = interval.from();
            while (next < without.size() && !without.get(next).to().isAfter(from)) {
                next++;
            }
            for (int i = next; i < without.size() && without.get(i).from().isBefore(interval.to()); i++) {
                if (without.get(i).from().isAfter(from)) {
                    left.add(TimeRange.of(from, without.get(i).from()));
                }
                from = without.get(i).to().isAfter(from) ? without.get(i).to() : from;
            }
            if (from.isBefore(interval.to())) {
                left.add(TimeRange.of(from, interval.to()));
            }
        }
        return List.copyOf(left);
    }

    /** Length of all intervals together. */
    public static Duration length(List<TimeRange> intervals) {
        return intervals.stream().map(TimeRange::length).reduce(Duration.ZERO, Duration::plus);
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }
}
