package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.template.Input;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.MetricSource;
import io.datalifecycle.dlt.template.ResultShape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Metrics as groups of keys. */
final class MetricTree {

    private MetricTree() {}

    static Map<String, @Nullable Object> metric(Metric metric) {
        MetricSource source = metric.source();
        Tree tree = new Tree().put("title", metric.title()).put("description", metric.description());
        if (source instanceof MetricSource.Sql sql) {
            tree.put("sql", sql.sql());
        } else if (source instanceof MetricSource.Latest latest) {
            Tree form = new Tree()
                    .put("from", latest.from().toString())
                    .put("column", latest.column())
                    .list("by", latest.by());
            tree.put("latest", form.done());
        } else if (source instanceof MetricSource.Expression expression) {
            Map<String, Object> of = new LinkedHashMap<>();
            expression.of().forEach((variable, ref) -> of.put(variable, ref.toString()));
            tree.put(
                    "expression",
                    new Tree()
                            .put("of", of)
                            .put("compute", expression.compute())
                            .done());
        } else if (source instanceof MetricSource.Checks checks) {
            tree.put("checks", checks.of().toString());
        }
        tree.items("inputs", metric.inputs(), Input::key, MetricTree::input);
        if (!source.defaultResult().equals(Optional.of(metric.result()))) {
            tree.put("result", result(metric.result()));
        }
        return tree.done();
    }

    private static Object input(Input input) {
        return new Tree()
                .put("type", input.type().label())
                .unless("required", input.required(), false)
                .put("default", input.defaultValue().map(TemplateTree::value))
                .done();
    }

    private static Object result(ResultShape shape) {
        if (shape instanceof ResultShape.Scalar scalar) {
            Tree tree = new Tree()
                    .put("value", scalar.value())
                    .put("by", scalar.by())
                    .put("unit", scalar.unit());
            return Map.of("scalar", tree.done());
        }
        if (shape instanceof ResultShape.Series series) {
            Tree tree = new Tree()
                    .put("x", series.x())
                    .put("y", series.y())
                    .put("by", series.by())
                    .put("unit", series.unit());
            return Map.of("series", tree.done());
        }
        Map<String, String> units = ((ResultShape.Table) shape).units();
        return units.isEmpty() ? "table" : Map.of("table", Map.of("units", units));
    }
}
