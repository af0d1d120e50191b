package io.datalifecycle.dlt.metric;

import io.datalifecycle.dlt.row.Column;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The answer of a metric, in the shape its template declares. Immutable. */
public sealed interface MetricResult permits MetricResult.Scalar, MetricResult.Series, MetricResult.Table {

    MetricResultKind kind();

    /**
     * One value per label.
     *
     * @param values label to value in the order of the rows; the label is empty for a single value, the value NaN for none
     * @param unit unit for people, may be empty
     */
    record Scalar(Map<String, Double> values, String unit) implements MetricResult {
        public Scalar {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        /** The first value; NaN without any. */
        public double value() {
            return values.isEmpty() ? Double.NaN : values.values().iterator().next();
        }

        @Override
        public MetricResultKind kind() {
            return MetricResultKind.SCALAR;
        }
    }

    /**
     * Values over an axis.
     *
     * @param points in the order of the rows
     * @param unit unit for people, may be empty
     */
    record Series(List<Point> points, String unit) implements MetricResult {
        public Series {
            points = List.copyOf(points);
        }

        @Override
        public MetricResultKind kind() {
            return MetricResultKind.SERIES;
        }
    }

    /**
     * One point of a series.
     *
     * @param x the axis value as text; ISO for times
     * @param instant the axis value where it is a time
     * @param label which series, may be empty
     * @param value NaN for none
     */
    record Point(String x, Optional<Instant> instant, String label, double value) {

        /** The axis value as an instant; an error where the axis is no time. */
        public Instant at() {
            return instant.orElseThrow(() -> new IllegalStateException("x: " + x + " is no time"));
        }
    }

    /**
     * Rows as they are.
     *
     * @param columns names, types and units
     * @param rows cells in column order, of the Java type of their column, null for none
     * @param truncated whether there were more rows than the limit
     */
    record Table(List<Column> columns, List<List<@Nullable Object>> rows, boolean truncated) implements MetricResult {
        public Table {
            columns = List.copyOf(columns);
            List<List<@Nullable Object>> copy = new ArrayList<>(rows.size());
            rows.forEach(row -> copy.add(Collections.unmodifiableList(new ArrayList<>(row))));
            rows = Collections.unmodifiableList(copy);
        }

        @Override
        public MetricResultKind kind() {
            return MetricResultKind.TABLE;
        }
    }
}
