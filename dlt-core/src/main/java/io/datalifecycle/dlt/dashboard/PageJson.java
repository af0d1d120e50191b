package io.datalifecycle.dlt.dashboard;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.view.AlertView;
import io.datalifecycle.dlt.view.Area;
import io.datalifecycle.dlt.view.Chart;
import io.datalifecycle.dlt.view.Link;
import io.datalifecycle.dlt.view.Page;
import io.datalifecycle.dlt.view.PageControl;
import io.datalifecycle.dlt.view.PageItem;
import io.datalifecycle.dlt.view.PageVariant;
import io.datalifecycle.dlt.view.SeriesData;
import io.datalifecycle.dlt.view.TableView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A page as JSON, for front ends of the host. Instants are ISO texts in UTC, missing numbers are null; every item, chart and control says
 * its {@code kind} or {@code type}. Keys only ever get added.
 */
public final class PageJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private PageJson() {}

    /** One JSON object. */
    public static String of(Page page) {
        ObjectNode root = JSON.createObjectNode();
        root.put("dashboard", page.dashboard());
        root.put("title", page.title());
        root.put("workspace", page.workspace());
        root.put("generatedAt", page.generatedAt().toString());
        root.put("timezone", page.zone().getId());
        page.range()
                .ifPresent(range -> root.putObject("range")
                        .put("from", range.from().toString())
                        .put("to", range.to().toString()));
        ArrayNode controls = root.putArray("controls");
        page.controls().forEach(control -> control(controls.addObject(), control));
        items(root.putArray("items"), page.items());
        ArrayNode variants = root.putArray("variants");
        for (PageVariant variant : page.variants()) {
            ObjectNode node = variants.addObject();
            ObjectNode values = node.putObject("controls");
            variant.controls().forEach(values::put);
            items(node.putArray("items"), variant.items());
        }
        return JSON.writeValueAsString(root);
    }

    private static void control(ObjectNode node, PageControl control) {
        node.put("key", control.key())
                .put("title", control.title())
                .put("type", control.type())
                .put("value", control.value());
        ArrayNode options = node.putArray("options");
        control.options()
                .forEach(o -> options.addObject().put("value", o.value()).put("name", o.name()));
    }

    private static void items(ArrayNode array, List<PageItem> items) {
        for (PageItem item : items) {
            ObjectNode node = array.addObject();
            Area area = item.area();
            node.put("id", item.id())
                    .put("kind", item.kind().name().toLowerCase(java.util.Locale.ROOT))
                    .put("title", item.title());
            node.putObject("at")
                    .put("x", area.x())
                    .put("y", area.y())
                    .put("w", area.w())
                    .put("h", area.h());
            content(node, item);
        }
    }

    private static void content(ObjectNode node, PageItem item) {
        switch (item.kind()) {
            case CHART -> {
                PageItem.ChartItem chart = (PageItem.ChartItem) item;
                chart(node.putObject("chart"), chart.chart());
                ArrayNode links = node.putArray("links");
                chart.links()
                        .forEach(l ->
                                link(links.addObject().put("label", l.label()).putObject("link"), l.link()));
            }
            case TABLE -> table(node.putObject("table"), ((PageItem.TableItem) item).table());
            case STAT -> {
                PageItem.StatItem stat = (PageItem.StatItem) item;
                number(node, "value", stat.value());
                node.put("unit", stat.unit()).put("level", stat.level());
                link(node.putObject("link"), stat.link());
            }
            case ALERTS -> {
                ArrayNode alerts = node.putArray("alerts");
                ((PageItem.AlertItem) item).alerts().forEach(a -> alert(alerts.addObject(), a));
            }
            case TEXT -> node.put("markdown", ((PageItem.TextItem) item).markdown());
            case FAILED -> node.put("message", ((PageItem.FailedItem) item).message());
        }
    }

    private static void chart(ObjectNode node, Chart chart) {
        node.put("type", chart.kind().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'))
                .put("unit", chart.unit());
        switch (chart.kind()) {
            case TIME_SERIES -> timeSeries(node, (Chart.TimeSeries) chart);
            case BAR -> {
                Chart.Bar bar = (Chart.Bar) chart;
                node.put("stacked", bar.stacked());
                ArrayNode categories = node.putArray("categories");
                bar.categories().forEach(categories::add);
                ArrayNode series = node.putArray("series");
                bar.series()
                        .forEach(s -> numbers(
                                series.addObject().put("label", s.label()).putArray("values"), s.values()));
            }
            case PIE -> {
                ArrayNode slices = node.putArray("slices");
                ((Chart.Pie) chart)
                        .slices()
                        .forEach(s -> number(slices.addObject().put("label", s.label()), "value", s.value()));
            }
            case MAP -> {
                ArrayNode points = node.putArray("points");
                for (Chart.GeoPoint point : ((Chart.GeoMap) chart).points()) {
                    ObjectNode p = points.addObject();
                    p.put("latitude", point.latitude())
                            .put("longitude", point.longitude())
                            .put("label", point.label());
                    number(p, "value", point.value());
                    link(p.putObject("link"), point.link());
                }
            }
        }
    }

    private static void timeSeries(ObjectNode node, Chart.TimeSeries chart) {
        ArrayNode series = node.putArray("series");
        for (SeriesData data : chart.series()) {
            ObjectNode s = series.addObject().put("label", data.label());
            ArrayNode times = s.putArray("times");
            data.times().forEach(t -> times.add(t.toString()));
            numbers(s.putArray("values"), data.values());
        }
        ArrayNode thresholds = node.putArray("thresholds");
        chart.thresholds()
                .forEach(t -> thresholds.addObject().put("label", t.label()).put("value", t.value()));
    }

    private static void table(ObjectNode node, TableView table) {
        ArrayNode columns = node.putArray("columns");
        for (Column column : table.columns()) {
            columns.addObject()
                    .put("name", column.name())
                    .put("type", column.type().label())
                    .put("unit", column.unit().orElse(""));
        }
        ArrayNode rows = node.putArray("rows");
        for (List<@Nullable Object> row : table.rows()) {
            ArrayNode cells = rows.addArray();
            row.forEach(cell -> cell(cells, cell));
        }
        ArrayNode links = node.putArray("links");
        table.links().forEach(l -> link(links.addObject(), l));
        node.put("truncated", table.truncated());
    }

    private static void cell(ArrayNode cells, @Nullable Object value) {
        if (value == null || (value instanceof Double d && !Double.isFinite(d))) {
            cells.addNull();
        } else if (value instanceof Boolean truth) {
            cells.add(truth);
        } else if (value instanceof Long number) {
            cells.add(number);
        } else if (value instanceof Double number) {
            cells.add(number);
        } else if (value instanceof java.math.BigDecimal number) {
            cells.add(number);
        } else {
            cells.add(value.toString());
        }
    }

    private static void alert(ObjectNode node, AlertView alert) {
        node.put("key", alert.key())
                .put("title", alert.title())
                .put("state", alert.state())
                .put("severity", alert.severity());
        node.put("since", alert.since().toString());
        number(node, "value", alert.value());
        ObjectNode labels = node.putObject("labels");
        new java.util.TreeMap<>(alert.labels()).forEach(labels::put);
    }

    private static void link(ObjectNode node, Link link) {
        node.put("dashboard", link.dashboard());
        ObjectNode values = node.putObject("values");
        link.values().forEach(values::put);
        ArrayNode keep = node.putArray("keep");
        link.keep().forEach(keep::add);
    }

    private static void numbers(ArrayNode array, double[] values) {
        for (double value : values) {
            if (Double.isFinite(value)) {
                array.add(value);
            } else {
                array.addNull();
            }
        }
    }

    private static void number(ObjectNode node, String key, double value) {
        if (Double.isFinite(value)) {
            node.put(key, value);
        } else {
            node.putNull(key);
        }
    }
}
