package io.datalifecycle.dlt.notify;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.time.TimeRange;
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
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A page like the one a pump station has: four pumps over seven days, each kind of item, always the same numbers. */
public final class SamplePage {

    public static final ZoneId ZONE = ZoneId.of("America/Chicago");
    public static final Instant TO = Instant.parse("2026-03-10T12:00:00Z");
    public static final Instant FROM = TO.minus(Duration.ofDays(7));
    public static final List<String> PUMPS = List.of("P-101", "P-102", "P-103", "P-104");

    private SamplePage() {}

    /** The overview with its variants: one per pump. */
    public static Page overview() {
        List<PageVariant> variants = new ArrayList<>();
        for (String pump : PUMPS) {
            variants.add(new PageVariant(Map.of("asset", pump), items(List.of(pump))));
        }
        return page("overview", "Pump station overview", items(PUMPS), variants);
    }

    public static Page page(String key, String title, List<PageItem> items, List<PageVariant> variants) {
        List<PageControl.Option> options = new ArrayList<>();
        options.add(new PageControl.Option("", "All pumps"));
        PUMPS.forEach(pump -> options.add(new PageControl.Option(pump, "Pump " + pump)));
        List<PageControl> controls = List.of(
                new PageControl("range", "Time range", "time-range", List.of(), FROM + "/" + TO),
                new PageControl("asset", "Pump", "select", options, ""),
                new PageControl("limit", "Vibration limit", "number", List.of(), "0.35"),
                new PageControl("raw", "Raw values", "toggle", List.of(), "false"));
        return new Page(
                key,
                title,
                "Riverside Water (wid1)",
                TO.plusSeconds(42),
                ZONE,
                Optional.of(TimeRange.of(FROM, TO)),
                controls,
                items,
                variants);
    }

    /** One page with nothing but this item. */
    public static Page only(PageItem item) {
        return page("one", "One item", List.of(item), List.of());
    }

    public static List<PageItem> items(List<String> pumps) {
        List<PageItem> items = new ArrayList<>();
        items.add(new PageItem.StatItem(
                "p0", "Pumps running", new Area(0, 0, 3, 1), pumps.size(), "of 4", "normal", Link.NONE));
        items.add(new PageItem.StatItem(
                "p1", "Highest vibration", new Area(3, 0, 3, 1), 0.4213, "g", "critical", toPump("P-103")));
        items.add(
                new PageItem.StatItem("p2", "Mean pressure", new Area(6, 0, 3, 1), 4.1875, "bar", "normal", Link.NONE));
        items.add(new PageItem.StatItem(
                "p3", "Delivered today", new Area(9, 0, 3, 1), 18_432.6, "m³", "warning", Link.NONE));
        items.add(series(
                "p4",
                "Pressure",
                new Area(0, 1, 8, 4),
                "bar",
                pumps,
                4.2,
                List.of(new Chart.Threshold("warning", 5.4))));
        items.add(new PageItem.AlertItem("p5", "Alerts", new Area(8, 1, 4, 4), alerts()));
        items.add(series(
                "p6",
                "Vibration",
                new Area(0, 5, 8, 4),
                "g",
                pumps,
                0.18,
                List.of(new Chart.Threshold("warning", 0.3), new Chart.Threshold("critical", 0.35))));
        items.add(new PageItem.ChartItem("p7", "Where the pumps are", new Area(8, 5, 4, 4), map(), List.of()));
        items.add(new PageItem.ChartItem("p8", "Energy by pump", new Area(0, 9, 4, 4), bars(false), links()));
        items.add(new PageItem.ChartItem("p9", "Hours by state", new Area(4, 9, 4, 4), bars(true), links()));
        items.add(new PageItem.ChartItem("p10", "Share of water", new Area(8, 9, 4, 4), pie(), links()));
        items.add(new PageItem.TableItem("p11", "Worst readings", new Area(0, 13, 8, 5), table(60)));
        items.add(new PageItem.TextItem("p12", "About this station", new Area(8, 13, 4, 3), words()));
        items.add(new PageItem.FailedItem(
                "p13",
                "Forecast",
                new Area(8, 16, 4, 2),
                "The metric forecast_by_asset took longer than 5 s and was stopped. Narrow the time range."));
        return items;
    }

    public static Link toPump(String pump) {
        return new Link("pump", Map.of("asset", pump), List.of("range"));
    }

    public static List<PageItem.LabelledLink> links() {
        return PUMPS.stream()
                .map(pump -> new PageItem.LabelledLink(pump, toPump(pump)))
                .toList();
    }

    public static PageItem.ChartItem series(
            String id,
            String title,
            Area area,
            String unit,
            List<String> pumps,
            double level,
            List<Chart.Threshold> thresholds) {
        List<SeriesData> series = new ArrayList<>();
        for (String pump : pumps) {
            series.add(line(pump, level, 1008));
        }
        return new PageItem.ChartItem(id, title, area, new Chart.TimeSeries(unit, series, thresholds), links());
    }

    /** Ten-minute values with a daily swing, noise, an outage of some hours and, for P-103, a fault that grows. */
    public static SeriesData line(String pump, double level, int count) {
        Random random = new Random(pump.hashCode());
        List<Instant> times = new ArrayList<>();
        double[] values = new double[count];
        long step = Duration.between(FROM, TO).toMillis() / count;
        for (int i = 0; i < count; i++) {
            times.add(FROM.plusMillis(i * step));
            double share = (double) i / count;
            double value = level
                    * (1 + 0.06 * Math.sin(share * 14 * Math.PI + pump.hashCode()) + 0.025 * random.nextGaussian());
            boolean faulty = pump.equals("P-103") && share > 0.72 && share < 0.84;
            values[i] = faulty
                    ? value
                            + level
                                    * 1.3
                                    * Math.sin((share - 0.72) / 0.12 * Math.PI)
                                    * (0.75 + 0.25 * random.nextDouble())
                    : value;
            if (pump.equals("P-102") && share > 0.4 && share < 0.45) {
                values[i] = Double.NaN;
            }
        }
        return new SeriesData(pump, times, values);
    }

    public static Chart.GeoMap map() {
        return new Chart.GeoMap(
                "g",
                List.of(
                        new Chart.GeoPoint(41.8819, -87.6278, "P-101", 0.18, toPump("P-101")),
                        new Chart.GeoPoint(41.8869, -87.6178, "P-102", 0.21, toPump("P-102")),
                        new Chart.GeoPoint(41.8759, -87.6098, "P-103", 0.42, toPump("P-103")),
                        new Chart.GeoPoint(41.8712, -87.6362, "P-104", 0.16, toPump("P-104"))));
    }

    public static Chart.Bar bars(boolean stacked) {
        if (!stacked) {
            return new Chart.Bar(
                    "kWh",
                    PUMPS,
                    List.of(new Chart.CategorySeries("Energy", new double[] {412, 388.5, 517.2, 296})),
                    false);
        }
        return new Chart.Bar(
                "h",
                PUMPS,
                List.of(
                        new Chart.CategorySeries("running", new double[] {121, 98, 140, 84}),
                        new Chart.CategorySeries("stand-by", new double[] {40, 62, 12, 78}),
                        new Chart.CategorySeries("fault", new double[] {7, 8, 16, 6})),
                true);
    }

    public static Chart.Pie pie() {
        return new Chart.Pie(
                "m³",
                List.of(
                        new Chart.Slice("P-101", 5120),
                        new Chart.Slice("P-102", 4380.5),
                        new Chart.Slice("P-103", 6010),
                        new Chart.Slice("P-104", 2922.1)));
    }

    public static TableView table(int rows) {
        List<Column> columns = List.of(
                Column.required("time", ColumnType.TIMESTAMP),
                Column.required("asset_id", ColumnType.TEXT),
                new Column("vibration", ColumnType.DOUBLE, false, Optional.of("g")),
                new Column("pressure", ColumnType.DOUBLE, false, Optional.of("bar")),
                Column.of("samples", ColumnType.BIGINT),
                Column.of("is_anomaly", ColumnType.BOOLEAN));
        Random random = new Random(7);
        List<List<@Nullable Object>> cells = new ArrayList<>();
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            String pump = PUMPS.get(i % 4);
            List<@Nullable Object> row = new ArrayList<>();
            row.add(TO.minus(Duration.ofMinutes(10L * i)));
            row.add(pump);
            row.add(0.45 - i * 0.3 / rows);
            row.add(i % 17 == 5 ? null : 4 + random.nextGaussian() * 0.2);
            row.add(600L + random.nextInt(50_000));
            row.add(i % 5 == 0);
            cells.add(row);
            links.add(toPump(pump));
        }
        return new TableView(columns, cells, links, false);
    }

    public static List<AlertView> alerts() {
        return List.of(
                new AlertView(
                        "high_vibration",
                        "High vibration of P-103",
                        Map.of("asset_id", "P-103"),
                        "firing",
                        "critical",
                        TO.minusSeconds(5400),
                        0.4213),
                new AlertView(
                        "low_pressure",
                        "Low pressure of P-102",
                        Map.of("asset_id", "P-102"),
                        "recovering",
                        "warning",
                        TO.minusSeconds(9000),
                        3.1),
                new AlertView(
                        "no_flow",
                        "No flow though running",
                        Map.of("asset_id", "P-104"),
                        "pending",
                        "warning",
                        TO.minusSeconds(420),
                        0.02),
                new AlertView(
                        "silence",
                        "Sensor is silent",
                        Map.of("asset_id", "P-101", "sensor", "temperature"),
                        "no-data",
                        "info",
                        TO.minusSeconds(86_400),
                        Double.NaN));
    }

    public static String words() {
        return "## Riverside\n\nFour pumps feed the **north basin**. Vibration above 0.35 g for half an hour raises an alert.\n\n"
                + "- Values are ten-minute means\n- Temperatures in °C, 10–40 is usual\n\nQuestions: [the operators](https://example.com/ops)";
    }
}
