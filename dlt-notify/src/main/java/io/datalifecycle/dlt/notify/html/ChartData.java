package io.datalifecycle.dlt.notify.html;

import io.datalifecycle.dlt.notify.chart.Downsampling;
import io.datalifecycle.dlt.notify.chart.ItemPainter;
import io.datalifecycle.dlt.view.Chart;
import io.datalifecycle.dlt.view.PageItem;
import io.datalifecycle.dlt.view.SeriesData;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** Charts as plain maps and lists: fewer points, times as steps, values of seven digits, null for a gap. */
final class ChartData {

    private static final int MOST_POINTS_ON_A_MAP = 3_000;
    private static final MathContext DIGITS = new MathContext(7);

    private final int pointsOfASeries;

    ChartData(int pointsOfASeries) {
        this.pointsOfASeries = pointsOfASeries;
    }

    Map<String, Object> of(PageItem.ChartItem item) {
        Chart chart = item.chart();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("kind", chart.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        data.put("unit", chart.unit());
        data.put("empty", !ItemPainter.hasData(chart));
        if (chart instanceof Chart.TimeSeries series) {
            data.put("series", series.series().stream().map(this::series).toList());
            data.put(
                    "thresholds",
                    series.thresholds().stream()
                            .filter(line -> Double.isFinite(line.value()))
                            .map(ChartData::threshold)
                            .toList());
            data.put(
                    "summary",
                    "Lines over time: "
                            + names(
                                    item,
                                    series.series().stream()
                                            .map(SeriesData::label)
                                            .toList()));
        } else if (chart instanceof Chart.Bar bar) {
            data.put("categories", bar.categories());
            data.put("stacked", bar.stacked());
            data.put(
                    "series",
                    bar.series().stream()
                            .map(one -> new Bars(one.label(), values(one.values())))
                            .toList());
            data.put("summary", "Bars: " + names(item, bar.categories()));
        } else if (chart instanceof Chart.Pie pie) {
            List<Chart.Slice> slices = ItemPainter.slices(pie);
            data.put(
                    "slices",
                    slices.stream()
                            .map(one -> new Share(one.label(), one.value()))
                            .toList());
            data.put(
                    "summary",
                    "Shares: "
                            + names(
                                    item,
                                    slices.stream().map(Chart.Slice::label).toList()));
        } else if (chart instanceof Chart.GeoMap map) {
            map(data, item, map);
        }
        return data;
    }

    private static String names(PageItem.ChartItem item, List<String> labels) {
        String unit = item.chart().unit().isEmpty() ? "" : " in " + item.chart().unit();
        String some = String.join(", ", labels.subList(0, Math.min(12, labels.size())));
        return item.title()
                + unit
                + (some.isEmpty() ? "" : ", " + some)
                + (labels.size() > 12 ? " and " + (labels.size() - 12) + " more" : "");
    }

    private Map<String, Object> series(SeriesData series) {
        double[] values = series.values();
        int[] kept = Downsampling.indices(values, pointsOfASeries);
        long[] times = new long[kept.length];
        double[] some = new double[kept.length];
        for (int i = 0; i < kept.length; i++) {
            times[i] = series.times().get(kept[i]).toEpochMilli();
            some[i] = values[kept[i]];
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("label", series.label());
        data.put("times", times(times));
        data.put("values", values(some));
        return data;
    }

    /** Beginning, step and count where the step is always the same; else the first time and the step to each next one. */
    private static Object times(long[] times) {
        long[] deltas = new long[times.length];
        boolean even = times.length > 2;
        for (int i = 0; i < times.length; i++) {
            deltas[i] = i == 0 ? times[0] : times[i] - times[i - 1];
            even &= i < 2 || deltas[i] == deltas[1];
        }
        return even ? new EvenTimes(times[0], deltas[1], times.length) : deltas;
    }

    private static List<@Nullable Double> values(double[] values) {
        List<@Nullable Double> result = new ArrayList<>(values.length);
        for (double value : values) {
            result.add(rounded(value));
        }
        return result;
    }

    private static @Nullable Double rounded(double value) {
        return Double.isFinite(value)
                ? Double.valueOf(BigDecimal.valueOf(value).round(DIGITS).doubleValue())
                : null;
    }

    private static Line threshold(Chart.Threshold threshold) {
        return new Line(threshold.label(), threshold.value(), ItemPainter.thresholdLevel(threshold.label()));
    }

    private void map(Map<String, Object> data, PageItem.ChartItem item, Chart.GeoMap map) {
        List<Chart.GeoPoint> points =
                ItemPainter.points(map).stream().limit(MOST_POINTS_ON_A_MAP).toList();
        List<Map<String, Object>> all = new ArrayList<>();
        for (Chart.GeoPoint point : points) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("lat", point.latitude());
            one.put("lon", point.longitude());
            one.put("label", point.label());
            one.put("value", rounded(point.value()));
            one.put("place", place(point));
            one.put("link", ItemData.link(point.link()));
            all.add(one);
        }
        double[] finite = points.stream()
                .flatMapToDouble(point -> DoubleStream.of(point.value()))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        data.put("points", all);
        data.put("span", finite.length == 0 ? null : List.of(finite[0], finite[finite.length - 1]));
        data.put(
                "summary",
                "Map: " + names(item, points.stream().map(Chart.GeoPoint::label).toList()));
    }

    private static String place(Chart.GeoPoint point) {
        return String.format(
                Locale.ROOT,
                "%.4f° %s, %.4f° %s",
                Math.abs(point.latitude()),
                point.latitude() < 0 ? "S" : "N",
                Math.abs(point.longitude()),
                point.longitude() < 0 ? "W" : "E");
    }

    /** Objects of the JSON; records, because the order of {@code Map.of} differs from run to run. */
    record Bars(String label, List<@Nullable Double> values) {}

    record Share(String label, double value) {}

    record EvenTimes(long from, long step, int count) {}

    record Line(String label, double value, String level) {}
}
