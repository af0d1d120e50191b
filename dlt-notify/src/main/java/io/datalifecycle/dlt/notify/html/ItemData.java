package io.datalifecycle.dlt.notify.html;

import io.datalifecycle.dlt.notify.chart.Formats;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.view.AlertView;
import io.datalifecycle.dlt.view.Area;
import io.datalifecycle.dlt.view.Chart;
import io.datalifecycle.dlt.view.Link;
import io.datalifecycle.dlt.view.PageItem;
import io.datalifecycle.dlt.view.SeriesData;
import io.datalifecycle.dlt.view.TableView;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One item as plain maps and lists. Cells and times are written as text here, so that they are the same as in images and documents. */
final class ItemData {

    private static final int MOST_ROWS = 5_000;

    private final Formats formats;
    private final ChartData charts;

    ItemData(Formats formats, int pointsOfASeries) {
        this.formats = formats;
        this.charts = new ChartData(pointsOfASeries);
    }

    /** The lines of an item; empty for all but time series. */
    static List<SeriesData> series(PageItem item) {
        return item instanceof PageItem.ChartItem chart && chart.chart() instanceof Chart.TimeSeries lines
                ? lines.series()
                : List.of();
    }

    Map<String, Object> of(PageItem item) {
        Map<String, Object> data = new LinkedHashMap<>();
        Area area = item.area();
        int x = Math.min(11, Math.max(0, area.x()));
        data.put("id", item.id());
        data.put("title", item.title());
        data.put(
                "area",
                List.of(x, Math.max(0, area.y()), Math.min(12 - x, Math.max(1, area.w())), Math.max(1, area.h())));
        data.put("kind", item.kind().name().toLowerCase(java.util.Locale.ROOT));
        if (item instanceof PageItem.ChartItem chart) {
            data.put("chart", charts.of(chart));
            Map<String, Object> links = new LinkedHashMap<>();
            chart.links().stream()
                    .filter(one -> one.link().isPresent())
                    .forEach(one -> links.put(one.label(), link(one.link())));
            data.put("links", links);
        } else if (item instanceof PageItem.TableItem table) {
            table(data, table.table());
        } else if (item instanceof PageItem.StatItem stat) {
            data.put("text", Formats.number(stat.value()));
            data.put("unit", stat.unit());
            data.put("level", stat.level());
            data.put("link", link(stat.link()));
        } else if (item instanceof PageItem.AlertItem alerts) {
            data.put("alerts", alerts.alerts().stream().map(this::alert).toList());
        } else if (item instanceof PageItem.TextItem text) {
            data.put("html", SafeMarkdown.html(text.markdown()));
        } else if (item instanceof PageItem.FailedItem failed) {
            data.put("message", failed.message());
        }
        return data;
    }

    /** Null for a link that leads nowhere. */
    static @Nullable Target link(Link link) {
        return link.isPresent() ? new Target(link.dashboard(), link.values(), link.keep()) : null;
    }

    private Map<String, Object> alert(AlertView alert) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("title", alert.title());
        data.put("labels", Formats.labels(alert.labels()));
        data.put("state", alert.state());
        data.put("severity", alert.severity());
        data.put("since", formats.time(alert.since()));
        data.put("value", Double.isNaN(alert.value()) ? "" : Formats.number(alert.value()));
        return data;
    }

    private void table(Map<String, Object> data, TableView table) {
        int shown = Math.min(MOST_ROWS, table.rows().size());
        List<Map<String, Object>> columns = new ArrayList<>();
        List<List<String>> cells = new ArrayList<>();
        for (int column = 0; column < table.columns().size(); column++) {
            columns.add(column(table, column, shown));
            cells.add(formats.cells(table, column));
        }
        List<List<String>> rows = new ArrayList<>(shown);
        for (int row = 0; row < shown; row++) {
            int at = row;
            rows.add(cells.stream().map(column -> column.get(at)).toList());
        }
        data.put("columns", columns);
        data.put("rows", rows);
        data.put(
                "links", table.links().stream().limit(shown).map(ItemData::link).toList());
        data.put("truncated", table.truncated() || shown < table.rows().size());
    }

    private static Map<String, Object> column(TableView table, int place, int shown) {
        Column column = table.columns().get(place);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("heading", Formats.heading(column));
        data.put("right", column.type().isNumeric());
        List<@Nullable Number> keys = new ArrayList<>();
        boolean sortable = true;
        for (int row = 0; row < shown && sortable; row++) {
            Object value =
                    place < table.rows().get(row).size() ? table.rows().get(row).get(place) : null;
            Number key = key(value);
            sortable = value == null || key != null;
            keys.add(key);
        }
        data.put("keys", sortable ? keys : null);
        return data;
    }

    /** What a cell is sorted by; null for one that is sorted by its text or is not there. */
    private static @Nullable Number key(@Nullable Object value) {
        if (value instanceof Instant instant) {
            return instant.toEpochMilli();
        }
        if (value instanceof LocalDate date) {
            return date.toEpochDay();
        }
        if (value instanceof Number number) {
            double key = number.doubleValue();
            return Double.isFinite(key) ? key : null;
        }
        return null;
    }

    /** A link as the script reads it. */
    record Target(String to, Map<String, String> values, List<String> keep) {}
}
