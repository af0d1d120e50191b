package io.datalifecycle.dlt.dashboard.internal;

import io.datalifecycle.dlt.metric.MetricResult;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.MetricSource;
import io.datalifecycle.dlt.template.ResultShape;
import io.datalifecycle.dlt.view.Chart;
import io.datalifecycle.dlt.view.PageItem;
import io.datalifecycle.dlt.view.SeriesData;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Turns series and labelled scalars into charts. */
final class ChartItems {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);

    private ChartItems() {}

    static Chart.TimeSeries timeSeries(MetricResult.Series result, List<Chart.Threshold> thresholds) {
        Map<String, List<MetricResult.Point>> byLabel = new LinkedHashMap<>();
        result.points().stream()
                .filter(p -> p.instant().isPresent())
                .forEach(p -> byLabel.computeIfAbsent(p.label(), l -> new ArrayList<>())
                        .add(p));
        List<SeriesData> series = byLabel.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> line(e.getKey(), e.getValue()))
                .toList();
        return new Chart.TimeSeries(result.unit(), series, thresholds);
    }

    private static SeriesData line(String label, List<MetricResult.Point> points) {
        points.sort(Comparator.comparing(MetricResult.Point::at));
        List<Instant> times = points.stream().map(MetricResult.Point::at).toList();
        return new SeriesData(
                label,
                times,
                points.stream().mapToDouble(MetricResult.Point::value).toArray());
    }

    static Chart.Bar bar(MetricResult.Series result, boolean stacked, ZoneId zone) {
        DateTimeFormatter format = (isWholeDays(result, zone) ? DAY : MINUTE).withZone(zone);
        Set<String> categories = new LinkedHashSet<>();
        result.points().stream().map(p -> category(p, format)).forEach(categories::add);
        List<String> order = List.copyOf(categories);
        Map<String, double[]> byLabel = new LinkedHashMap<>();
        for (MetricResult.Point point : result.points()) {
            double[] values = byLabel.computeIfAbsent(point.label(), l -> gaps(order.size()));
            values[order.indexOf(category(point, format))] = point.value();
        }
        List<Chart.CategorySeries> series = byLabel.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> new Chart.CategorySeries(e.getKey(), e.getValue()))
                .toList();
        return new Chart.Bar(result.unit(), order, series, stacked);
    }

    static Chart.Bar bar(MetricResult.Scalar result, boolean stacked) {
        double[] values = result.values().values().stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
        return new Chart.Bar(
                result.unit(),
                List.copyOf(result.values().keySet()),
                List.of(new Chart.CategorySeries("", values)),
                stacked);
    }

    /** Shares per label, or per axis value where there are no labels. */
    static Chart.Pie pie(MetricResult.Series result) {
        Map<String, Double> sums = new LinkedHashMap<>();
        for (MetricResult.Point point : result.points()) {
            if (!Double.isNaN(point.value())) {
                sums.merge(point.label().isEmpty() ? point.x() : point.label(), point.value(), Double::sum);
            }
        }
        return new Chart.Pie(result.unit(), slices(sums));
    }

    static Chart.Pie pie(MetricResult.Scalar result) {
        return new Chart.Pie(result.unit(), slices(result.values()));
    }

    private static List<Chart.Slice> slices(Map<String, Double> values) {
        return values.entrySet().stream()
                .map(e -> new Chart.Slice(e.getKey(), e.getValue()))
                .toList();
    }

    /** Links by label: the row that a label stands for has one column, the one the labels come from. */
    static List<PageItem.LabelledLink> links(Metric metric, Iterable<String> labels, Links links) {
        if (links.isEmpty()) {
            return List.of();
        }
        String column = labelColumn(metric);
        List<PageItem.LabelledLink> list = new ArrayList<>();
        labels.forEach(label -> list.add(new PageItem.LabelledLink(label, links.of(Map.of(column, label)))));
        return list;
    }

    private static String labelColumn(Metric metric) {
        if (metric.result() instanceof ResultShape.Series series) {
            return series.by().orElse(series.x());
        }
        if (metric.result() instanceof ResultShape.Scalar scalar) {
            return scalar.by().orElse(scalar.value());
        }
        return metric.source() instanceof MetricSource.Latest latest
                        && !latest.by().isEmpty()
                ? latest.by().get(0)
                : "";
    }

    private static String category(MetricResult.Point point, DateTimeFormatter format) {
        return point.instant().map(format::format).orElse(point.x());
    }

    private static boolean isWholeDays(MetricResult.Series result, ZoneId zone) {
        return result.points().stream()
                .flatMap(p -> p.instant().stream())
                .allMatch(i -> i.atZone(zone).toLocalTime().equals(LocalTime.MIDNIGHT));
    }

    private static double[] gaps(int size) {
        double[] values = new double[size];
        Arrays.fill(values, Double.NaN);
        return values;
    }
}
