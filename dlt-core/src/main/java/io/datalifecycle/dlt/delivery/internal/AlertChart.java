package io.datalifecycle.dlt.delivery.internal;

import io.datalifecycle.dlt.expression.Expression;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.spi.AlertTransition;
import io.datalifecycle.dlt.spi.StoreReader;
import io.datalifecycle.dlt.template.Alert;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.MetricSource;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The day before an alert as a chart: the column its metric watches, with the raise limit as a line. */
final class AlertChart {

    private static final Duration LOOK_BACK = Duration.ofHours(24);
    private static final int MAX_ROWS = 50_000;
    private static final int MAX_SERIES = 6;
    /** A raise condition that compares the value with one limit; ours, over at most 2,000 characters. */
    private static final Pattern LIMIT = Pattern.compile("\\s*value\\s*(?:>=|<=|>|<)\\s*([^&|?<>=]+?)\\s*");

    private final StoreReader reader;

    AlertChart(StoreReader reader) {
        this.reader = reader;
    }

    /** Empty when the metric watches no single column of a store, or there is nothing to see. */
    Optional<Chart.TimeSeries> of(WorkspaceContext workspace, Alert alert, AlertNews news) {
        Metric metric = workspace.template().metric(alert.metric().key()).orElseThrow();
        if (!(metric.source() instanceof MetricSource.Latest latest)) {
            return Optional.empty();
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

    private List<SeriesData> series(
            WorkspaceContext workspace, Store store, MetricSource.Latest latest, AlertNews news) {
        List<Map<String, String>> wanted = news.changes().stream()
                .map(AlertTransition::labels)
                .distinct()
                .limit(MAX_SERIES)
                .toList();
        Map<Map<String, String>, Points> points = new LinkedHashMap<>();
        wanted.forEach(labels -> points.put(labels, new Points()));
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
        return points.entrySet().stream()
                .map(e -> new SeriesData(
                        String.join(" / ", e.getKey().values()),
                        e.getValue().times,
                        e.getValue().values.stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray()))
                .collect(Collectors.toList());
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
