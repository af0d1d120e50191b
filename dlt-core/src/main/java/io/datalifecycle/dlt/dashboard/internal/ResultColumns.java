package io.datalifecycle.dlt.dashboard.internal;

import io.datalifecycle.dlt.metric.MetricResult;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import java.util.List;
import java.util.Optional;

/** Headings for scalars and series that are shown as tables. */
final class ResultColumns {

    private ResultColumns() {}

    static List<Column> of(MetricResult result) {
        boolean time = result instanceof MetricResult.Series series
                && series.points().stream().allMatch(p -> p.instant().isPresent());
        String unit = result instanceof MetricResult.Series series
                ? series.unit()
                : result instanceof MetricResult.Scalar scalar ? scalar.unit() : "";
        return List.of(
                Column.of(time ? "time" : "x", time ? ColumnType.TIMESTAMP : ColumnType.TEXT),
                Column.of("label", ColumnType.TEXT),
                new Column("value", ColumnType.DOUBLE, false, unit.isEmpty() ? Optional.empty() : Optional.of(unit)));
    }
}
