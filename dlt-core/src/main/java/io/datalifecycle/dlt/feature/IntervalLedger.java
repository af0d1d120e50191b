package io.datalifecycle.dlt.feature;

import io.datalifecycle.dlt.time.Bucketing;
import io.datalifecycle.dlt.time.TimeRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Arithmetic of what to redo: touched spans to whole buckets, disjoint and ascending. Pure. */
public final class IntervalLedger {

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
     * The intervals cut at bucket edges into groups that each span about the given length at most, for one transaction each. A bucket
     * longer than that stays whole.
     */
    public static List<List<TimeRange>> pieces(List<TimeRange> intervals, Bucketing bucketing, Duration length) {
        List<List<TimeRange>> pieces = new ArrayList<>();
        List<TimeRange> current = new ArrayList<>();
        Duration used = Duration.ZERO;
        for (TimeRange interval : intervals) {
            TimeRange rest = interval;
            while (!rest.isEmpty()) {
                TimeRange part = head(rest, bucketing, length.minus(used));
                current.add(part);
                used = used.plus(part.length());
                rest = TimeRange.of(part.to(), rest.to());
                if (used.compareTo(length) >= 0) {
                    pieces.add(List.copyOf(current));
                    current.clear();
                    used = Duration.ZERO;
                }
            }
        }
        if (!current.isEmpty()) {
            pieces.add(List.copyOf(current));
        }
        return List.copyOf(pieces);
    }

    private static TimeRange head(TimeRange range, Bucketing bucketing, Duration length) {
        if (range.length().compareTo(length) <= 0) {
            return range;
        }
        TimeRange bucket = bucketing.bucketOf(range.from().plus(length));
        TimeRange first = bucketing.bucketOf(range.from());
        return TimeRange.of(range.from(), bucket.from().isAfter(range.from()) ? bucket.from() : first.to());
    }
}
