package io.datalifecycle.dlt.delivery.internal;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.spi.AlertTransition;
import io.datalifecycle.dlt.spi.ChartRenderer;
import io.datalifecycle.dlt.spi.DocumentRenderer;
import io.datalifecycle.dlt.spi.Message;
import io.datalifecycle.dlt.spi.Outbox;
import io.datalifecycle.dlt.spi.StoreReader;
import io.datalifecycle.dlt.template.Alert;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.view.Area;
import io.datalifecycle.dlt.view.Chart;
import io.datalifecycle.dlt.view.Page;
import io.datalifecycle.dlt.view.PageItem;
import io.datalifecycle.dlt.view.TableView;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns an entry of the outbox into a message: words, pictures, files. Thread-safe. */
public final class MessageComposer {

    private static final int CHART_WIDTH = 600;
    private static final int CHART_HEIGHT = 260;

    private final AlertChart charts;
    private final Optional<ChartRenderer> images;
    private final Optional<DocumentRenderer> documents;

    /** Without renderers messages go out without pictures and files. */
    public MessageComposer(
            StoreReader reader, PastValues past, Optional<ChartRenderer> images, Optional<DocumentRenderer> documents) {
        this.charts = new AlertChart(reader, past);
        this.images = images;
        this.documents = documents;
    }

    /** The values of an alert's metric as of an instant, by label set. */
    @FunctionalInterface
    public interface PastValues {
        Map<Map<String, String>, Double> of(WorkspaceContext workspace, Alert alert, Instant at);
    }

    Message compose(WorkspaceContext workspace, Outbox.Draft draft) {
        return switch (draft.kind()) {
            case "alert" -> alert(workspace, draft);
            case "report" -> ReportBody.message(draft);
            default ->
                throw new DltException(
                        ProblemCode.DELIVERY_FAILED, "outbox: nothing composes messages of kind " + draft.kind());
        };
    }

    private Message alert(WorkspaceContext workspace, Outbox.Draft draft) {
        AlertNews news = AlertNews.parse(draft.payload());
        Optional<Alert> rule = workspace.template().alert(news.alert());
        Optional<Chart.TimeSeries> chart = rule.flatMap(alert -> charts.of(workspace, alert, news));
        Duration span = rule.map(AlertChart::span).orElse(AlertChart.LOOK_BACK);
        Page page = page(workspace, news, chart, span);
        List<Message.Part> inline = new ArrayList<>();
        images.ifPresent(renderer -> page.items().stream()
                .filter(item -> item.id().equals("chart"))
                .forEach(item -> inline.add(new Message.Part(
                        "chart",
                        "image/png",
                        renderer.png(item, news.zone(), CHART_WIDTH, CHART_HEIGHT),
                        item.title(),
                        true))));
        List<Message.Part> files = documents
                .map(renderer -> List.of(new Message.Part(
                        "alert-" + news.alert() + ".pdf", "application/pdf", renderer.pdf(page), news.title(), false)))
                .orElse(List.of());
        AlertBody body = new AlertBody(news, chart.map(Chart.TimeSeries::unit).orElse(""));
        return new Message(body.subject(), body.text(), body.html(inline), draft.payload(), inline, files);
    }

    private static Page page(
            WorkspaceContext workspace, AlertNews news, Optional<Chart.TimeSeries> chart, Duration span) {
        List<PageItem> items = new ArrayList<>();
        chart.ifPresent(c -> items.add(new PageItem.ChartItem(
                "chart", "The " + words(span) + " before", new Area(0, 0, 12, 6), c, List.of())));
        items.add(new PageItem.TableItem(
                "changes", "What changed", new Area(0, chart.isPresent() ? 6 : 0, 12, 4), changes(news)));
        return new Page(
                "alert",
                news.title() + ": " + news.verb(),
                workspace.key(),
                news.at(),
                news.zone(),
                Optional.of(TimeRange.of(news.at().minus(span), news.at())),
                List.of(),
                items,
                List.of());
    }

    private static String words(Duration span) {
        return span.toHours() >= 1 ? span.toHours() + " hours" : span.toMinutes() + " minutes";
    }

    private static TableView changes(AlertNews news) {
        List<Column> columns = List.of(
                Column.of("Labels", ColumnType.TEXT),
                Column.of("State", ColumnType.TEXT),
                Column.of("Before", ColumnType.TEXT),
                Column.of("Value", ColumnType.DOUBLE),
                Column.of("At", ColumnType.TIMESTAMP));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (AlertTransition change : news.changes()) {
            List<@Nullable Object> row = new ArrayList<>();
            row.add(AlertBody.labels(change));
            row.add(change.to().label());
            row.add(change.from().label());
            row.add(Double.isNaN(change.value()) ? null : change.value());
            row.add(change.at());
            rows.add(row);
        }
        return new TableView(columns, rows, List.of(), false);
    }
}
