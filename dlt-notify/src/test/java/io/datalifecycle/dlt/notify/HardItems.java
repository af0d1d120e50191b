package io.datalifecycle.dlt.notify;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.view.AlertView;
import io.datalifecycle.dlt.view.Area;
import io.datalifecycle.dlt.view.Chart;
import io.datalifecycle.dlt.view.Link;
import io.datalifecycle.dlt.view.PageItem;
import io.datalifecycle.dlt.view.SeriesData;
import io.datalifecycle.dlt.view.TableView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Items that renderers must not stumble over: hostile words in every place, nothing at all, and far too much. */
public final class HardItems {

    /** Ends scripts, comments and attributes, breaks JavaScript lines, turns the direction, has no glyph. */
    public static final String HOSTILE =
            "</script><script>alert(1)</script><!-- <img src=x onerror=alert(2)> \" onload='x' {{data}} ${1+1} \u2028\u2029 \u202e \u0007"
                    + " &amp; ' \\u003c 💧🚰 Ж ° ² ö – ≤";

    private static final Area AREA = new Area(0, 0, 6, 4);
    private static final Instant AT = SamplePage.TO;

    private HardItems() {}

    /** Hostile words wherever an item takes words. */
    public static List<PageItem> hostile() {
        Link link = new Link(HOSTILE, Map.of(HOSTILE, HOSTILE), List.of(HOSTILE));
        List<PageItem.LabelledLink> links = List.of(new PageItem.LabelledLink(HOSTILE, link));
        SeriesData series = new SeriesData(HOSTILE, List.of(AT, AT.plusSeconds(60)), new double[] {1, 2});
        TableView table = new TableView(
                List.of(new Column(HOSTILE, ColumnType.TEXT, false, Optional.of(HOSTILE))),
                List.of(List.of(HOSTILE), Collections.singletonList(null)),
                List.of(link, Link.NONE),
                true);
        return List.of(
                chart(
                        "h0",
                        HOSTILE,
                        new Chart.TimeSeries(HOSTILE, List.of(series), List.of(new Chart.Threshold(HOSTILE, 1.5))),
                        links),
                chart("h1", HOSTILE, bars(HOSTILE), links),
                chart("h2", HOSTILE, new Chart.Pie(HOSTILE, List.of(new Chart.Slice(HOSTILE, 1))), links),
                chart(
                        "h3",
                        HOSTILE,
                        new Chart.GeoMap(HOSTILE, List.of(new Chart.GeoPoint(1, 2, HOSTILE, 3, link))),
                        links),
                new PageItem.TableItem("h4", HOSTILE, AREA, table),
                new PageItem.StatItem("h5", HOSTILE, AREA, 1, HOSTILE, HOSTILE, link),
                new PageItem.AlertItem(
                        "h6",
                        HOSTILE,
                        AREA,
                        List.of(new AlertView(
                                HOSTILE,
                                HOSTILE,
                                Map.of(HOSTILE, HOSTILE),
                                HOSTILE,
                                HOSTILE,
                                AT,
                                Double.POSITIVE_INFINITY))),
                new PageItem.TextItem(
                        "h7", HOSTILE, AREA, HOSTILE + "\n\n[x](javascript:alert(3)) ![y](https://example.com/p.png)"),
                new PageItem.FailedItem("h8", HOSTILE, AREA, HOSTILE));
    }

    /** Nothing to show, or nothing that can be drawn. */
    public static List<PageItem> empty() {
        SeriesData gaps = new SeriesData(
                "gaps", List.of(AT, AT.plusSeconds(1)), new double[] {Double.NaN, Double.POSITIVE_INFINITY});
        return List.of(
                chart("e0", "", new Chart.TimeSeries("", List.of(), List.of()), List.of()),
                chart(
                        "e1",
                        "Gaps",
                        new Chart.TimeSeries("", List.of(gaps), List.of(new Chart.Threshold("", Double.NaN))),
                        List.of()),
                chart("e2", "Bars", new Chart.Bar("", List.of(), List.of(), true), List.of()),
                chart("e3", "Bars without series", new Chart.Bar("", List.of("a"), List.of(), false), List.of()),
                chart(
                        "e4",
                        "Pie",
                        new Chart.Pie(
                                "",
                                List.of(
                                        new Chart.Slice("a", 0),
                                        new Chart.Slice("b", -1),
                                        new Chart.Slice("c", Double.NaN))),
                        List.of()),
                chart(
                        "e5",
                        "Map",
                        new Chart.GeoMap("", List.of(new Chart.GeoPoint(91, Double.NaN, "", 1, Link.NONE))),
                        List.of()),
                new PageItem.TableItem(
                        "e6",
                        "Table",
                        AREA,
                        new TableView(List.of(Column.of("a", ColumnType.DOUBLE)), List.of(), List.of(), false)),
                new PageItem.TableItem("e7", "No columns", AREA, new TableView(List.of(), List.of(), List.of(), false)),
                new PageItem.StatItem("e8", "Stat", AREA, Double.NaN, "bar", "normal", Link.NONE),
                new PageItem.AlertItem("e9", "Alerts", AREA, List.of()),
                new PageItem.TextItem("e10", "", AREA, ""),
                new PageItem.FailedItem("e11", "", AREA, ""));
    }

    /** One value, equal values, huge and tiny ones, both signs, points at the same place, areas outside of the grid. */
    public static List<PageItem> extreme() {
        SeriesData one = new SeriesData("one", List.of(AT), new double[] {5});
        SeriesData flat = new SeriesData("flat", List.of(AT, AT.plusSeconds(1)), new double[] {1e300, 1e300});
        SeriesData tiny = new SeriesData("tiny", List.of(AT, AT.plusSeconds(1)), new double[] {-1e-300, 1e-300});
        SeriesData far = new SeriesData(
                "far",
                List.of(Instant.parse("0001-01-01T00:00:00Z"), Instant.parse("9999-12-31T23:59:59Z")),
                new double[] {-1, 1});
        Chart.GeoPoint here = new Chart.GeoPoint(90, 180, "pole", 1, Link.NONE);
        return List.of(
                chart("x0", "One", new Chart.TimeSeries("", List.of(one), List.of()), List.of()),
                chart("x1", "Flat", new Chart.TimeSeries("", List.of(flat), List.of()), List.of()),
                chart("x2", "Tiny", new Chart.TimeSeries("", List.of(tiny), List.of()), List.of()),
                chart("x3", "Far", new Chart.TimeSeries("", List.of(far), List.of()), List.of()),
                chart(
                        "x4",
                        "Signs",
                        new Chart.Bar(
                                "",
                                List.of("a", "b"),
                                List.of(
                                        new Chart.CategorySeries("s", new double[] {-3, 4}),
                                        new Chart.CategorySeries("short", new double[] {1})),
                                true),
                        List.of()),
                chart("x5", "Same place", new Chart.GeoMap("", List.of(here, here)), List.of()),
                chart(
                        "x6",
                        "World",
                        new Chart.GeoMap("", List.of(here, new Chart.GeoPoint(-90, -180, "", Double.NaN, Link.NONE))),
                        List.of()),
                new PageItem.StatItem("x7", "Outside", new Area(40, 0, 90, 0), -1e40, "", "critical", Link.NONE),
                new PageItem.StatItem("x8", "Negative place", new Area(-3, -3, -1, -1), 0, "", "normal", Link.NONE));
    }

    /** A series of that many points, one of which is far off. */
    public static PageItem.ChartItem series(int count, int spike) {
        List<Instant> times = new ArrayList<>(count);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            times.add(SamplePage.FROM.plusSeconds(i));
            values[i] = Math.sin(i / 500.0);
        }
        values[spike] = 42;
        return new PageItem.ChartItem(
                "s",
                "Many points",
                AREA,
                new Chart.TimeSeries("bar", List.of(new SeriesData("P-101", times, values)), List.of()),
                List.of());
    }

    private static PageItem.ChartItem chart(String id, String title, Chart chart, List<PageItem.LabelledLink> links) {
        return new PageItem.ChartItem(id, title, AREA, chart, links);
    }

    private static Chart.Bar bars(String words) {
        return new Chart.Bar(words, List.of(words), List.of(new Chart.CategorySeries(words, new double[] {1})), false);
    }
}
