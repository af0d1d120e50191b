package io.datalifecycle.dlt.metric.internal;

import io.datalifecycle.dlt.metric.MetricResult;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.spi.TransformEngine;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.MetricSource;
import io.datalifecycle.dlt.template.ResultShape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a metric in the shape the template declares; a latest metric without a shape reads as labelled scalars. */
public final class ResultReading {

    private final Metric metric;
    private final ResultShape shape;

    private ResultReading(Metric metric, ResultShape shape) {
        this.metric = metric;
        this.shape = shape;
    }

    /** The reading of a metric by its declared shape. */
    public static ResultReading of(Metric metric) {
        if (metric.source() instanceof MetricSource.Latest latest && metric.result() instanceof ResultShape.Table) {
            return new ResultReading(
                    metric,
                    new ResultShape.Scalar(latest.column(), latest.by().stream().findFirst(), Optional.empty()));
        }
        return new ResultReading(metric, metric.result());
    }

    /** The rows in the declared shape; throws {@code RESULT_MISMATCH} when a column it names is not among them. */
    public MetricResult read(TransformEngine.Rows rows) {
        if (shape instanceof ResultShape.Series series) {
            return series(rows, series);
        }
        if (shape instanceof ResultShape.Scalar scalar) {
            return scalar(rows, scalar);
        }
        Map<String, String> units = ((ResultShape.Table) shape).units();
        List<Column> columns = rows.columns().stream()
                .map(c -> new Column(
                        c.name(),
                        c.type(),
                        c.required(),
                        Optional.ofNullable(units.get(c.name())).or(c::unit)))
                .toList();
        return new MetricResult.Table(columns, rows.rows(), rows.truncated());
    }

    private MetricResult scalar(TransformEngine.Rows rows, ResultShape.Scalar scalar) {
        int value = index(rows, scalar.value());
        int label = scalar.by().map(by -> index(rows, by)).orElse(-1);
        Map<String, Double> values = new LinkedHashMap<>();
        for (List<@Nullable Object> row : rows.rows()) {
            values.putIfAbsent(label < 0 ? "" : text(row.get(label)), number(row.get(value)));
        }
        return new MetricResult.Scalar(values, unit(rows, value, scalar.unit()));
    }

    private MetricResult series(TransformEngine.Rows rows, ResultShape.Series series) {
        int x = index(rows, series.x());
        int y = index(rows, series.y());
        int label = series.by().map(by -> index(rows, by)).orElse(-1);
        List<MetricResult.Point> points = new ArrayList<>(rows.rows().size());
        for (List<@Nullable Object> row : rows.rows()) {
            Object at = row.get(x);
            points.add(new MetricResult.Point(
                    text(at),
                    at instanceof Instant instant ? Optional.of(instant) : Optional.empty(),
                    label < 0 ? "" : text(row.get(label)),
                    number(row.get(y))));
        }
        return new MetricResult.Series(points, unit(rows, y, series.unit()));
    }

    private int index(TransformEngine.Rows rows, String column) {
        int index = rows.indexOf(column);
        if (index < 0) {
            throw new DltException(
                    ProblemCode.RESULT_MISMATCH,
                    "metric " + metric.key() + ": its result names column " + column + " but its rows have "
                            + rows.columns().stream().map(Column::name).toList());
        }
        return index;
    }

    private static String unit(TransformEngine.Rows rows, int column, Optional<String> declared) {
        return declared.or(() -> rows.columns().get(column).unit()).orElse("");
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    /** NaN for anything that is no number; booleans count as 0 and 1. */
    private static double number(@Nullable Object value) {
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        double number = value instanceof Number n ? n.doubleValue() : Double.NaN;
        return Double.isFinite(number) ? number : Double.NaN;
    }
}
