package io.datalifecycle.dlt.alert.internal;

import io.datalifecycle.dlt.alert.Evaluation;
import io.datalifecycle.dlt.expression.Expression;
import io.datalifecycle.dlt.template.Alert;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The conditions of an alert over one row of its metric. */
final class AlertRow {

    private final Expression raise;
    private final @Nullable Expression clear;
    private final Map<String, Object> parameters;

    AlertRow(Alert alert, Map<String, Object> parameters) {
        this.raise = Expression.parse(alert.raise());
        this.clear = alert.clear().map(Expression::parse).orElse(null);
        this.parameters = parameters;
    }

    /** A row without a value says nothing: it counts as no row, never as zero. */
    Evaluation judge(Map<String, @Nullable Object> columns, @Nullable Object value, Instant rowAt) {
        double number = value instanceof Number n ? n.doubleValue() : Double.NaN;
        if (value == null || (value instanceof Number && Double.isNaN(number))) {
            return Evaluation.noRow();
        }
        Map<String, @Nullable Object> context = new LinkedHashMap<>(columns);
        context.put("value", value);
        context.put("param", parameters);
        boolean raised = raise.test(context);
        boolean cleared = clear == null ? !raised : clear.test(context);
        return Evaluation.row(raised, cleared, value instanceof Boolean b ? (b ? 1 : 0) : number, rowAt);
    }

    /** The label set of a row, as text, sorted by name. */
    static Map<String, String> labels(Iterable<String> by, Map<String, @Nullable Object> columns) {
        Map<String, String> labels = new TreeMap<>();
        for (String name : by) {
            Object value = columns.get(name);
            labels.put(name, value == null ? "" : value.toString());
        }
        return labels;
    }
}
