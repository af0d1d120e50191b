package io.datalifecycle.dlt.dashboard.internal;

import io.datalifecycle.dlt.metric.MetricResult;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.template.Binding;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.Panel;
import io.datalifecycle.dlt.view.Area;
import io.datalifecycle.dlt.view.Chart;
import io.datalifecycle.dlt.view.Link;
import io.datalifecycle.dlt.view.PageItem;
import io.datalifecycle.dlt.view.TableView;
import io.datalifecycle.dlt.workspace.Placeholders;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Makes the item of one panel from the answer of its metric. */
final class PanelItems {

    private final WorkspaceContext workspace;
    private final BindingValues bindings;

    PanelItems(WorkspaceContext workspace, BindingValues bindings) {
        this.workspace = workspace;
        this.bindings = bindings;
    }

    PageItem item(String id, Panel panel, Metric metric, MetricResult result) {
        String title = title(panel);
        Area area = area(panel);
        Links links = new Links(panel.frame().redirect(), bindings);
        return switch (panel.kind()) {
            case TIME_SERIES -> {
                MetricResult.Series series = series(panel, metric, result);
                Chart chart = ChartItems.timeSeries(series, thresholds(((Panel.TimeSeries) panel).thresholds()));
                yield new PageItem.ChartItem(id, title, area, chart, ChartItems.links(metric, labels(result), links));
            }
            case BAR ->
                new PageItem.ChartItem(
                        id,
                        title,
                        area,
                        bar((Panel.Bar) panel, metric, result),
                        ChartItems.links(metric, labels(result), links));
            case PIE ->
                new PageItem.ChartItem(
                        id, title, area, pie(panel, metric, result), ChartItems.links(metric, labels(result), links));
            case MAP ->
                new PageItem.ChartItem(
                        id, title, area, map((Panel.Map2D) panel, table(panel, metric, result), links), List.of());
            case TABLE -> new PageItem.TableItem(id, title, area, view((Panel.Table) panel, result, links));
            case STAT -> stat(id, (Panel.Stat) panel, result, links);
            case ALERT_LIST, TEXT -> throw new IllegalStateException(panel.kind() + " has no metric");
        };
    }

    String title(Panel panel) {
        return Placeholders.fill(panel.frame().title(), workspace);
    }

    static Area area(Panel panel) {
        return new Area(
                panel.frame().at().x(),
                panel.frame().at().y(),
                panel.frame().at().w(),
                panel.frame().at().h());
    }

    private Chart bar(Panel.Bar panel, Metric metric, MetricResult result) {
        return result instanceof MetricResult.Scalar scalar
                ? ChartItems.bar(scalar, panel.stacked())
                : ChartItems.bar(series(panel, metric, result), panel.stacked(), workspace.zone());
    }

    private static Chart pie(Panel panel, Metric metric, MetricResult result) {
        return result instanceof MetricResult.Scalar scalar
                ? ChartItems.pie(scalar)
                : ChartItems.pie(series(panel, metric, result));
    }

    private static Chart map(Panel.Map2D panel, MetricResult.Table table, Links links) {
        String unit = panel.value()
                .flatMap(v -> column(table, v))
                .flatMap(Column::unit)
                .orElse("");
        List<Chart.GeoPoint> points = new ArrayList<>();
        for (List<@Nullable Object> cells : table.rows()) {
            Map<String, @Nullable Object> row = named(table.columns(), cells);
            double latitude = number(row.get(panel.latitude()));
            double longitude = number(row.get(panel.longitude()));
            boolean drawable = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180; // false for NaN
            if (drawable) {
                String label = panel.label().map(row::get).map(Object::toString).orElse("");
                double value =
                        panel.value().map(row::get).map(PanelItems::number).orElse(Double.NaN);
                points.add(new Chart.GeoPoint(latitude, longitude, label, value, links.of(row)));
            }
        }
        return new Chart.GeoMap(unit, points);
    }

    private static TableView view(Panel.Table panel, MetricResult result, Links links) {
        MetricResult.Table table = asTable(result);
        List<Integer> shown = new ArrayList<>();
        List<String> wanted = panel.columns().isEmpty()
                ? table.columns().stream().map(Column::name).toList()
                : panel.columns();
        wanted.forEach(name -> {
            for (int i = 0; i < table.columns().size(); i++) {
                if (table.columns().get(i).name().equals(name)) {
                    shown.add(i);
                }
            }
        });
        List<List<@Nullable Object>> rows = new ArrayList<>();
        List<Link> targets = new ArrayList<>();
        for (List<@Nullable Object> cells : table.rows()) {
            List<@Nullable Object> row = new ArrayList<>();
            shown.forEach(i -> row.add(cells.get(i)));
            rows.add(row);
            if (!links.isEmpty()) {
                targets.add(links.of(named(table.columns(), cells)));
            }
        }
        return new TableView(
                shown.stream().map(i -> table.columns().get(i)).toList(), rows, targets, table.truncated());
    }

    /** Scalars and series may be shown as tables too. */
    private static MetricResult.Table asTable(MetricResult result) {
        if (result instanceof MetricResult.Table table) {
            return table;
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        if (result instanceof MetricResult.Series series) {
            series.points()
                    .forEach(p -> rows.add(cells(p.instant().isPresent() ? p.at() : p.x(), p.label(), p.value())));
        } else {
            ((MetricResult.Scalar) result).values().forEach((label, value) -> rows.add(cells("", label, value)));
        }
        return new MetricResult.Table(ResultColumns.of(result), rows, false);
    }

    private static List<@Nullable Object> cells(Object x, String label, double value) {
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(x);
        cells.add(label);
        cells.add(Double.isNaN(value) ? null : value);
        return cells;
    }

    private PageItem stat(String id, Panel.Stat panel, MetricResult result, Links links) {
        double value = Double.NaN;
        String unit = "";
        if (result instanceof MetricResult.Scalar scalar) {
            value = scalar.value();
            unit = scalar.unit();
        } else if (result instanceof MetricResult.Series series) {
            value = series.points().isEmpty()
                    ? Double.NaN
                    : series.points().get(series.points().size() - 1).value();
            unit = series.unit();
        } else if (result instanceof MetricResult.Table table && !table.rows().isEmpty()) {
            value = table.rows().get(0).stream()
                    .filter(Number.class::isInstance)
                    .mapToDouble(PanelItems::number)
                    .findFirst()
                    .orElse(Double.NaN);
        }
        return new PageItem.StatItem(
                id, title(panel), area(panel), value, unit, level(panel, value), links.of(Map.of()));
    }

    private String level(Panel.Stat panel, double value) {
        for (String level : List.of("critical", "warning")) {
            Binding threshold = panel.thresholds().get(level);
            OptionalDouble limit = threshold == null ? OptionalDouble.empty() : bindings.number(threshold);
            if (limit.isPresent() && value >= limit.getAsDouble()) { // false for NaN: no value is no trouble
                return level;
            }
        }
        return "normal";
    }

    private List<Chart.Threshold> thresholds(Map<String, Binding> declared) {
        List<Chart.Threshold> thresholds = new ArrayList<>();
        declared.forEach((label, binding) ->
                bindings.number(binding).ifPresent(value -> thresholds.add(new Chart.Threshold(label, value))));
        return thresholds;
    }

    private static Iterable<String> labels(MetricResult result) {
        if (result instanceof MetricResult.Series series) {
            return series.points().stream()
                    .map(p -> p.label().isEmpty() ? p.x() : p.label())
                    .distinct()
                    .toList();
        }
        return result instanceof MetricResult.Scalar scalar ? scalar.values().keySet() : List.of();
    }

    private static MetricResult.Series series(Panel panel, Metric metric, MetricResult result) {
        if (result instanceof MetricResult.Series series) {
            return series;
        }
        throw mismatch(panel, metric, "a series");
    }

    private static MetricResult.Table table(Panel panel, Metric metric, MetricResult result) {
        if (result instanceof MetricResult.Table table) {
            return table;
        }
        throw mismatch(panel, metric, "a table");
    }

    private static DltException mismatch(Panel panel, Metric metric, String what) {
        return new DltException(
                ProblemCode.RESULT_MISMATCH,
                "a " + panel.kind().label() + " panel draws " + what + ", metric " + metric.key() + " gives a "
                        + metric.result().kind().label() + "; change its result");
    }

    private static java.util.Optional<Column> column(MetricResult.Table table, String name) {
        return table.columns().stream().filter(c -> c.name().equals(name)).findFirst();
    }

    private static Map<String, @Nullable Object> named(List<Column> columns, List<@Nullable Object> cells) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            row.put(columns.get(i).name(), cells.get(i));
        }
        return row;
    }

    private static double number(@Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }
}
