package io.datalifecycle.dlt.metric.internal;

import io.datalifecycle.dlt.expression.Expression;
import io.datalifecycle.dlt.metric.MetricResult;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.spi.TransformEngine;
import io.datalifecycle.dlt.template.Input;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.MetricSource;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.ResultShape;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A formula over other metrics: points of the same axis value and label make one row. A point that one of the metrics lacks gives no
 * value. Columns of the result: {@code x}, {@code label}, {@code value}, or the names the metric's own result declares.
 */
final class MetricExpression {

    private final MetricEvaluator metrics;
    private final WorkspaceContext workspace;
    private final Metric metric;
    private final MetricSource.Expression source;

    MetricExpression(
            MetricEvaluator metrics, WorkspaceContext workspace, Metric metric, MetricSource.Expression source) {
        this.metrics = metrics;
        this.workspace = workspace;
        this.metric = metric;
        this.source = source;
    }

    private record Place(String x, @Nullable Instant at, String label) {}

    TransformEngine.Rows rows(Map<String, @Nullable Object> bound) {
        Map<Place, Map<String, @Nullable Object>> places = new LinkedHashMap<>();
        source.of().forEach((variable, ref) -> collect(variable, ref, bound, places));
        Expression formula = Expression.parse(source.compute());
        List<List<@Nullable Object>> rows = new ArrayList<>(places.size());
        boolean time = places.keySet().stream().allMatch(p -> p.at() != null);
        places.forEach((place, variables) -> {
            Map<String, @Nullable Object> context = new LinkedHashMap<>();
            source.of().keySet().forEach(name -> context.put(name, variables.get(name)));
            context.put("param", workspace.parameters());
            List<@Nullable Object> row = new ArrayList<>();
            row.add(time ? place.at() : place.x());
            row.add(place.label());
            row.add(formula.evaluate(context) instanceof Number n ? (Object) n.doubleValue() : null);
            rows.add(row);
        });
        return new TransformEngine.Rows(columns(time && !places.isEmpty()), rows, false);
    }

    private void collect(
            String variable,
            Ref ref,
            Map<String, @Nullable Object> bound,
            Map<Place, Map<String, @Nullable Object>> places) {
        Metric inner = workspace.template().metric(ref.key()).orElseThrow();
        Map<String, @Nullable Object> inputs = new LinkedHashMap<>();
        inner.inputs().stream()
                .map(Input::key)
                .filter(bound::containsKey)
                .forEach(key -> inputs.put(key, bound.get(key)));
        MetricResult result = metrics.evaluate(workspace, inner, inputs);
        if (result instanceof MetricResult.Series series) {
            for (MetricResult.Point point : series.points()) {
                Place place = new Place(point.x(), point.instant().orElse(null), point.label());
                places.computeIfAbsent(place, p -> new LinkedHashMap<>()).put(variable, point.value());
            }
        } else if (result instanceof MetricResult.Scalar scalar) {
            scalar.values()
                    .forEach((label, value) -> places.computeIfAbsent(
                                    new Place("", null, label), p -> new LinkedHashMap<>())
                            .put(variable, value));
        } else {
            throw new DltException(
                    ProblemCode.RESULT_MISMATCH,
                    "metric " + metric.key() + ": " + ref + " is a table; a formula takes scalars and series");
        }
    }

    private List<Column> columns(boolean time) {
        String x = "x";
        String label = "label";
        String value = "value";
        if (metric.result() instanceof ResultShape.Series series) {
            x = series.x();
            label = series.by().orElse(label);
            value = series.y();
        } else if (metric.result() instanceof ResultShape.Scalar scalar) {
            label = scalar.by().orElse(label);
            value = scalar.value();
        }
        return List.of(
                Column.of(x, time ? ColumnType.TIMESTAMP : ColumnType.TEXT),
                Column.of(label, ColumnType.TEXT),
                Column.of(value, ColumnType.DOUBLE));
    }
}
