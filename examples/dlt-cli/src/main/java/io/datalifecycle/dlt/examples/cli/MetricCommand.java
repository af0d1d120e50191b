package io.datalifecycle.dlt.examples.cli;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.MetricHandle;
import io.datalifecycle.dlt.metric.MetricResult;
import io.datalifecycle.dlt.metric.MetricResult.Scalar;
import io.datalifecycle.dlt.metric.MetricResult.Series;
import io.datalifecycle.dlt.metric.MetricResult.Table;
import io.datalifecycle.dlt.row.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a metric. */
@Command(name = "metric", description = "Asks a metric of a workspace.")
final class MetricCommand extends DatabaseAction {

    @Parameters(index = "0", paramLabel = "WORKSPACE", description = "Key of the workspace.")
    private String workspace = "";

    @Parameters(index = "1", paramLabel = "METRIC", description = "Key of the metric.")
    private String metric = "";

    @Option(names = "--with", paramLabel = "input=value", description = "An input, may come again.")
    private Map<String, String> inputs = new LinkedHashMap<>();

    @Override
    Answer answer(Dlt dlt) {
        MetricHandle handle = dlt.workspaces().workspace(workspace).metric(metric);
        for (Map.Entry<String, String> input : inputs.entrySet()) {
            handle = handle.with(input.getKey(), input.getValue());
        }
        MetricResult result = handle.evaluate();
        Map<String, @Nullable Object> json =
                Texts.json("ok", true, "kind", result.kind().name().toLowerCase(Locale.ROOT), "unit", unit(result));
        List<List<String>> rows = new ArrayList<>();
        switch (result.kind()) {
            case SCALAR -> scalar((Scalar) result, json, rows);
            case SERIES -> series((Series) result, json, rows);
            case TABLE -> table((Table) result, json, rows);
        }
        return Answer.ok(json, Texts.table(rows));
    }

    private static @Nullable String unit(MetricResult result) {
        String unit =
                result instanceof Scalar scalar ? scalar.unit() : result instanceof Series series ? series.unit() : "";
        return unit.isEmpty() ? null : unit;
    }

    private static void scalar(Scalar scalar, Map<String, @Nullable Object> json, List<List<String>> rows) {
        rows.add(List.of("LABEL", "VALUE"));
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        scalar.values().forEach((label, value) -> {
            values.put(label, number(value));
            rows.add(List.of(label, shown(number(value))));
        });
        json.put("values", values);
    }

    private static void series(Series series, Map<String, @Nullable Object> json, List<List<String>> rows) {
        rows.add(List.of("X", "LABEL", "VALUE"));
        series.points().forEach(point -> rows.add(List.of(point.x(), point.label(), shown(number(point.value())))));
        json.put(
                "points",
                series.points().stream()
                        .map(point ->
                                Texts.json("x", point.x(), "label", point.label(), "value", number(point.value())))
                        .toList());
    }

    private static void table(Table table, Map<String, @Nullable Object> json, List<List<String>> rows) {
        List<String> names = table.columns().stream().map(Column::name).toList();
        rows.add(names);
        List<List<@Nullable Object>> cells = new ArrayList<>();
        for (List<@Nullable Object> row : table.rows()) {
            rows.add(row.stream().map(MetricCommand::shown).toList());
            List<@Nullable Object> plain = new ArrayList<>();
            row.forEach(cell -> plain.add(plain(cell)));
            cells.add(plain);
        }
        json.put("columns", names);
        json.put("rows", cells);
        json.put("truncated", table.truncated());
    }

    private static @Nullable Object plain(@Nullable Object cell) {
        boolean kept = cell == null || cell instanceof Boolean || cell instanceof Number;
        return !kept ? String.valueOf(cell) : cell instanceof Double value ? number(value) : cell;
    }

    /** NaN is no value, and no JSON. */
    private static @Nullable Object number(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static String shown(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
