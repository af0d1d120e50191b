package io.datalifecycle.dlt.delivery.internal;

import io.datalifecycle.dlt.expression.Expression;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.spi.AlertTransition;
import io.datalifecycle.dlt.spi.StoreReader;
import io.datalifecycle.dlt.template.Alert;
import io.datalifecycle.dlt.template.Binding;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.MetricSource;
import io.datalifecycle.dlt.template.ResultShape;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.view.Chart;
import io.datalifecycle.dlt.view.SeriesData;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The time before an alert as a chart: the column its metric watches, or the metric asked again, with the raise limit as a line. */
final class AlertChart {

    static final Duration LOOK_BACK = Duration.ofHours(24);
    private static final int MAX_ROWS = 50_000;
    private static final int MAX_SERIES = 6;
    private static final int POINTS = 48;
    /** A raise condition that compares the value with one limit; ours, over at most 2,000 characters. */
    private static final Pattern LIMIT = Pattern.compile("\\s*value\\s*(?:>=|<=|>|<)\\s*([^&|?<>=]+?)\\s*");

    private final StoreReader reader;
    private final MessageComposer.PastValues past;

    AlertChart(StoreReader reader, MessageComposer.PastValues past) {
        this.reader = reader;
        this.past = past;
    }

    /** The span a picture of the alert shows: a day, or less for an alert that looks at minutes. */
    static Duration span(Alert alert) {
        return alert.with().values().stream()
                .filter(binding ->
                        binding.source() == Binding.Source.NOW && binding.text().startsWith("now-"))
                .map(binding -> Duration.parse(binding.text().substring(4)).multipliedBy(POINTS / 2))
                .max(Duration::compareTo)
                .filter(span -> span.compareTo(LOOK_BACK) < 0)
                .orElse(LOOK_BACK);
    }

    /** Empty when there is nothing to see, or nothing that moves with time. */
    Optional<Chart.TimeSeries> of(WorkspaceContext workspace, Alert alert, AlertNews news) {
        Metric metric = workspace.template().metric(alert.metric().key()).orElseThrow();
        if (!(metric.source() instanceof MetricSource.Latest latest)) {
            return replayed(workspace, alert, news);
        }
        Optional<Store> store = workspace.template().store(latest.from());
        if (store.isEmpty()) {
            return Optional.empty();
        }
        String unit = StoreColumns.of(workspace.template(), store.get())
                .find(latest.column())
                .flatMap(c -> c.unit())
                .orElse("");
        List<SeriesData> series = series(workspace, store.get(), latest, news);
        Chart.TimeSeries chart = new Chart.TimeSeries(unit, series, threshold(workspace, alert));
        return chart.isEmpty() ? Optional.empty() : Optional.of(chart);
    }

    /** Asks the metric again as of earlier instants, which only makes sense where its inputs are bound to the evaluation's time. */
    private Optional<Chart.TimeSeries> replayed(WorkspaceContext workspace, Alert alert, AlertNews news) {
        if (alert.with().values().stream().noneMatch(b -> b.source() == Binding.Source.NOW)) {
            return Optional.empty();
        }
        Map<Map<String, String>, Points> points = wanted(news);
        Duration step = span(alert).dividedBy(POINTS);
        try {
            for (int i = POINTS; i >= 0; i--) {
                Instant at = news.at().minus(step.multipliedBy(i));
                past.of(workspace, alert, at).forEach((labels, value) -> {
                    Points target = points.get(labels);
                    if (target != null) {
                        target.times.add(at);
                        target.values.add(value);
                    }
                });
            }
        } catch (DltException failed) {
            return Optional.empty(); // the news goes out without its picture rather than not at all
        }
        Chart.TimeSeries chart =
                new Chart.TimeSeries(unit(workspace, alert), lines(points), threshold(workspace, alert));
        return chart.isEmpty() ? Optional.empty() : Optional.of(chart);
    }

    private static String unit(WorkspaceContext workspace, Alert alert) {
        ResultShape shape =
                workspace.template().metric(alert.metric().key()).orElseThrow().result();
        if (shape instanceof ResultShape.Scalar scalar) {
            return scalar.unit().orElse("");
        }
        return shape instanceof ResultShape.Series series ? series.unit().orElse("") : "";
    }

    private static Map<Map<String, String>, Points> wanted(AlertNews news) {
        Map<Map<String, String>, Points> points = new LinkedHashMap<>();
        news.changes().stream()
                .map(AlertTransition::labels)
                .distinct()
                .limit(MAX_SERIES)
                .forEach(labels -> points.put(labels, new Points()));
        return points;
    }

    private static List<SeriesData> lines(Map<Map<String, String>, Points> points) {
        return points.entrySet().stream()
                .map(e -> new SeriesData(
                        String.join(" / ", e.getKey().values()),
                        e.getValue().times,
                        e.getValue().values.stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray()))
                .toList();
    }

    private List<SeriesData> series(
            WorkspaceContext workspace, Store store, MetricSource.Latest latest, AlertNews news) {
        Map<Map<String, String>, Points> points = wanted(news);
        List<String> columns = new ArrayList<>(List.of(store.time(), latest.column()));
        latest.by().stream().filter(c -> !columns.contains(c)).forEach(columns::add);
        TimeRange range = TimeRange.of(news.at().minus(LOOK_BACK), news.at().plusSeconds(1));
        reader.scan(workspace, new StoreReader.Scan(store, columns, range, 10_000, MAX_ROWS), batch -> {
            for (int row = 0; row < batch.size(); row++) {
                Points target = points.get(labels(batch, row, latest.by()));
                if (target != null && batch.value(row, 1) instanceof Number number) {
                    target.times.add(RowBatch.instantOf(batch.longAt(row, 0)));
                    target.values.add(number.doubleValue());
                }
            }
        });
        return lines(points);
    }

    private static Map<String, String> labels(RowBatch batch, int row, List<String> by) {
        Map<String, String> labels = new TreeMap<>();
        for (String name : by) {
            @Nullable Object value = batch.value(row, batch.schema().indexOf(name));
            labels.put(name, value == null ? "" : value.toString());
        }
        return labels;
    }

    private static List<Chart.Threshold> threshold(WorkspaceContext workspace, Alert alert) {
        Matcher limit = LIMIT.matcher(alert.raise());
        if (!limit.matches() || limit.group(1).contains("value")) {
            return List.of();
        }
        try {
            Object value = Expression.parse(limit.group(1)).evaluate(Map.of("param", workspace.parameters()));
            return value instanceof Number number
                    ? List.of(new Chart.Threshold("limit", number.doubleValue()))
                    : List.of();
        } catch (DltException | IllegalArgumentException notOneLimit) {
            return List.of(); // only a line in a picture; the alert itself was judged by the whole condition
        }
    }

    private static final class Points {
        final List<Instant> times = new ArrayList<>();
        final List<Double> values = new ArrayList<>();
    }
}
