package io.datalifecycle.dlt.alert.internal;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.spi.TransformEngine;
import io.datalifecycle.dlt.template.Alert;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.MetricSource;
import io.datalifecycle.dlt.template.ResultShape;
import io.datalifecycle.dlt.template.Rollup;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a metric's rows are the value, the labels and the time of an alert.
 *
 * @param value column judged as {@code value}
 * @param by columns of the label set
 * @param time column that tells how old a row is; empty when the metric has none
 */
record AlertColumns(String value, List<String> by, Optional<String> time) {

    static AlertColumns of(WorkspaceContext workspace, Alert alert, Metric metric, TransformEngine.Rows rows) {
        List<String> by = alert.by().isEmpty() ? ownLabels(metric) : alert.by();
        return new AlertColumns(valueColumn(metric, rows, by), by, timeColumn(workspace, metric, rows));
    }

    private static List<String> ownLabels(Metric metric) {
        if (metric.source() instanceof MetricSource.Latest latest) {
            return latest.by();
        }
        if (metric.result() instanceof ResultShape.Series series) {
            return series.by().map(List::of).orElse(List.of());
        }
        return metric.result() instanceof ResultShape.Scalar scalar
                ? scalar.by().map(List::of).orElse(List.of())
                : List.of();
    }

    private static String valueColumn(Metric metric, TransformEngine.Rows rows, List<String> by) {
        if (metric.source() instanceof MetricSource.Latest latest) {
            return latest.column();
        }
        if (metric.result() instanceof ResultShape.Series series) {
            return series.y();
        }
        if (metric.result() instanceof ResultShape.Scalar scalar) {
            return scalar.value();
        }
        if (rows.indexOf("value") >= 0) {
            return "value";
        }
        return rows.columns().stream()
                .filter(c -> c.type().isNumeric() && !by.contains(c.name()))
                .map(Column::name)
                .findFirst()
                .orElse("value");
    }

    private static Optional<String> timeColumn(WorkspaceContext workspace, Metric metric, TransformEngine.Rows rows) {
        Optional<String> named = Optional.empty();
        if (metric.source() instanceof MetricSource.Latest latest) {
            named = workspace.template().store(latest.from()).map(Store::time);
        } else if (metric.source() instanceof MetricSource.Checks) {
            named = Optional.of(MetricSource.Checks.AT);
        } else if (metric.result() instanceof ResultShape.Series series) {
            named = Optional.of(series.x());
        }
        return named.filter(name -> rows.indexOf(name) >= 0
                && rows.columns().get(rows.indexOf(name)).type() == ColumnType.TIMESTAMP);
    }

    /** When the row was true: its time, for a bucket the end of the bucket, never later than the evaluation. */
    Instant rowAt(WorkspaceContext workspace, Metric metric, Map<String, @Nullable Object> row, Instant now) {
        Object at = time.isEmpty() ? null : row.get(time.get());
        if (!(at instanceof Instant instant)) {
            return now;
        }
        Instant end =
                metric.source() instanceof MetricSource.Latest latest ? bucketEnd(workspace, latest, instant) : instant;
        return end.isAfter(now) ? now : end;
    }

    private static Instant bucketEnd(WorkspaceContext workspace, MetricSource.Latest latest, Instant start) {
        Optional<Store> store = workspace.template().store(latest.from());
        if (store.isPresent()
                && store.get() instanceof Featurestore featurestore
                && featurestore.transform() instanceof Rollup rollup) {
            return rollup.bucketing(workspace.zone()).bucketOf(start).to();
        }
        return start;
    }
}
