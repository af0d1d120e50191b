package io.datalifecycle.dlt.storage.feature;

import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.AggregateFunction;
import io.datalifecycle.dlt.template.Rollup;
import io.datalifecycle.dlt.template.RollupColumn;
import io.datalifecycle.dlt.time.Bucketing;
import io.datalifecycle.dlt.time.TimeRange;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of a roll-up must be, worked out in Java, value by value and bucket by bucket, from the raw rows: nothing is shared with the SQL
 * under test. Numbers in the tests are multiples of 1/8 and times whole seconds, so sums are exact whatever their order.
 */
final class FeatureOracle {

    /** A raw row: its time, the column it is split by, its values by column. */
    record Raw(Instant at, @Nullable String asset, Map<String, @Nullable Object> values) {}

    private final ZoneId zone;
    private final Instant now;

    /** @param now up to when a value stands */
    FeatureOracle(ZoneId zone, Instant now) {
        this.zone = zone;
        this.now = now;
    }

    /** Bucket and asset to the values in the order of the roll-up's columns. */
    Map<String, List<@Nullable Object>> rows(Rollup rollup, List<Raw> raw) {
        Bucketing bucketing = rollup.bucketing(zone);
        Map<String, List<Raw>> byAsset = new TreeMap<>();
        for (Raw row : raw) {
            byAsset.computeIfAbsent(rollup.by().isEmpty() ? "*" : String.valueOf(row.asset()), k -> new ArrayList<>())
                    .add(row);
        }
        Map<String, List<@Nullable Object>> result = new TreeMap<>();
        byAsset.forEach((asset, rows) -> {
            TreeSet<Instant> starts = new TreeSet<>();
            rows.forEach(row -> starts.add(bucketing.bucketOf(row.at()).from()));
            rollup.columns().forEach(column -> stood(column, rows, bucketing, rollup.reach(), starts));
            for (Instant start : starts) {
                List<@Nullable Object> values = new ArrayList<>();
                for (RollupColumn column : rollup.columns()) {
                    values.add(value(column, rows, bucketing.bucketOf(start), rollup.reach()));
                }
                result.put(start + " " + asset, values);
            }
        });
        return result;
    }

    /** Adds the buckets in which a value stands though nothing comes. */
    private void stood(
            RollupColumn column, List<Raw> rows, Bucketing bucketing, Duration hold, TreeSet<Instant> starts) {
        AggregateFunction function = column.aggregate().function();
        if (function == AggregateFunction.TIME_WEIGHTED_AVG || function == AggregateFunction.DURATION_IN) {
            List<Point> all = points(column, rows);
            for (int i = 0; i < all.size(); i++) {
                TimeRange span = span(all, i, hold);
                bucketing.bucketsOf(span).forEach(bucket -> starts.add(bucket.from()));
            }
        }
    }

    /** A value that counts: its time and itself. */
    private record Point(Instant at, Object value) {}

    private @Nullable Object value(RollupColumn column, List<Raw> rows, TimeRange bucket, Duration hold) {
        Aggregate aggregate = column.aggregate();
        if (aggregate.column().isEmpty()) {
            return rows.stream()
                    .filter(row -> bucket.contains(row.at()) && holds(column, row))
                    .count();
        }
        List<Point> all = points(column, rows);
        List<Point> own = all.stream().filter(p -> bucket.contains(p.at())).toList();
        return switch (aggregate.function()) {
            case AVG -> own.isEmpty() ? null : (Object) (sum(own) / own.size());
            case SUM -> own.isEmpty() ? null : (Object) sum(own);
            case MIN ->
                own.stream()
                        .map(p -> comparable(p.value()))
                        .min(Comparator.naturalOrder())
                        .orElse(null);
            case MAX ->
                own.stream()
                        .map(p -> comparable(p.value()))
                        .max(Comparator.naturalOrder())
                        .orElse(null);
            case COUNT -> (long) own.size();
            case FIRST -> own.isEmpty() ? null : own.get(0).value();
            case LAST -> own.isEmpty() ? null : own.get(own.size() - 1).value();
            case DELTA ->
                own.isEmpty()
                        ? null
                        : (Object) (number(own.get(own.size() - 1).value())
                                - number(own.get(0).value()));
            case VARIANCE -> variance(own);
            case STDDEV -> {
                Double variance = variance(own);
                yield variance == null ? null : (Object) Math.sqrt(variance);
            }
            case HISTOGRAM -> histogram(aggregate, own);
            case INCREASE -> steps(all, bucket, hold).increase();
            case RATE -> {
                Steps steps = steps(all, bucket, hold);
                yield steps.seconds == 0 || steps.increase() == null ? null : (Object) (steps.sum / steps.seconds);
            }
            case TIME_WEIGHTED_AVG -> weighted(all, bucket, hold);
            case DURATION_IN -> durationIn(aggregate.arguments().get(0), all, bucket, hold);
            case COUNT_DISTINCT, PERCENTILE, MEDIAN, MERGE -> throw new IllegalArgumentException(column.text());
        };
    }

    private static List<Point> points(RollupColumn column, List<Raw> rows) {
        List<Point> all = new ArrayList<>();
        for (Raw row : rows) {
            Object value = row.values().get(column.aggregate().column().orElseThrow());
            if (value != null && holds(column, row)) {
                all.add(new Point(row.at(), value));
            }
        }
        all.sort(Comparator.comparing(Point::at).thenComparing(p -> comparable(p.value())));
        return all;
    }

    private static boolean holds(RollupColumn column, Raw row) {
        return column.where().isEmpty() || "on".equals(row.values().get("s")); // the tests' only filter
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    @SuppressWarnings("unchecked")
    private static Comparable<Object> comparable(Object value) {
        return (Comparable<Object>) value;
    }

    private static double sum(List<Point> points) {
        return points.stream().mapToDouble(p -> number(p.value())).sum();
    }

    private static @Nullable Double variance(List<Point> points) {
        if (points.size() < 2) {
            return null;
        }
        double mean = sum(points) / points.size();
        return points.stream()
                        .mapToDouble(p -> number(p.value()) - mean)
                        .map(d -> d * d)
                        .sum()
                / (points.size() - 1);
    }

    private static String histogram(Aggregate aggregate, List<Point> points) {
        double low = aggregate.numbers().get(0).doubleValue();
        double high = aggregate.numbers().get(1).doubleValue();
        int bins = aggregate.numbers().get(2).intValueExact();
        List<Long> counts = new ArrayList<>();
        for (int i = 0; i < bins + 2; i++) {
            counts.add(0L);
        }
        for (Point point : points) {
            double value = number(point.value());
            int bin = value < low ? 0 : value >= high ? bins + 1 : 1 + (int) ((value - low) / ((high - low) / bins));
            counts.set(bin, counts.get(bin) + 1);
        }
        return counts.toString();
    }

    private static final class Steps {
        private double sum;
        private double seconds;
        private int count;

        @Nullable
        Object increase() {
            return count == 0 ? null : (Object) sum;
        }
    }

    private static Steps steps(List<Point> all, TimeRange bucket, Duration hold) {
        Steps steps = new Steps();
        for (int i = 1; i < all.size(); i++) {
            Point before = all.get(i - 1);
            Point point = all.get(i);
            if (bucket.contains(point.at()) && !before.at().plus(hold).isBefore(point.at())) {
                double from = number(before.value());
                double to = number(point.value());
                steps.sum += to >= from ? to - from : to;
                steps.seconds += Duration.between(before.at(), point.at()).toMillis() / 1_000.0;
                steps.count++;
            }
        }
        return steps;
    }

    /** How long a value stands: until the next comes, at most as long as the hold, not beyond now. */
    private TimeRange span(List<Point> all, int i, Duration hold) {
        Instant from = all.get(i).at();
        Instant to = from.plus(hold);
        to = i + 1 < all.size() && all.get(i + 1).at().isBefore(to)
                ? all.get(i + 1).at()
                : to;
        to = now.isBefore(to) ? now : to;
        return to.isAfter(from) ? TimeRange.of(from, to) : TimeRange.of(from, from);
    }

    private double seconds(List<Point> all, int i, TimeRange bucket, Duration hold) {
        TimeRange span = span(all, i, hold);
        Instant start = span.from().isBefore(bucket.from()) ? bucket.from() : span.from();
        Instant end = span.to().isAfter(bucket.to()) ? bucket.to() : span.to();
        return start.isBefore(end) ? Duration.between(start, end).toMillis() / 1_000.0 : 0.0;
    }

    private boolean isThere(List<Point> all, TimeRange bucket, Duration hold) {
        for (int i = 0; i < all.size(); i++) {
            if (bucket.contains(all.get(i).at()) || span(all, i, hold).overlaps(bucket)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Object weighted(List<Point> all, TimeRange bucket, Duration hold) {
        double weight = 0;
        double integral = 0;
        for (int i = 0; i < all.size(); i++) {
            double seconds = seconds(all, i, bucket, hold);
            weight += seconds;
            integral += seconds * number(all.get(i).value());
        }
        return weight == 0 ? null : (Object) (integral / weight);
    }

    private @Nullable Object durationIn(Object state, List<Point> all, TimeRange bucket, Duration hold) {
        if (!isThere(all, bucket, hold)) {
            return null;
        }
        double in = 0;
        for (int i = 0; i < all.size(); i++) {
            if (Objects.equals(all.get(i).value(), state)) {
                in += seconds(all, i, bucket, hold);
            }
        }
        return in;
    }

    /** Whether a stored value is the one worked out; last digits of quotients and roots may differ. */
    static boolean isSame(@Nullable Object stored, @Nullable Object worked) {
        if (stored instanceof Number a && worked instanceof Number b) {
            double x = new BigDecimal(a.toString()).doubleValue();
            double y = new BigDecimal(b.toString()).doubleValue();
            return Math.abs(x - y) <= 1e-9 * Math.max(1, Math.abs(y));
        }
        return Objects.equals(stored == null ? null : stored.toString(), worked == null ? null : worked.toString());
    }
}
