package io.datalifecycle.dlt.report.internal;

import io.datalifecycle.dlt.dashboard.internal.DashboardResolver;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.ChartRenderer;
import io.datalifecycle.dlt.spi.DocumentRenderer;
import io.datalifecycle.dlt.spi.Message;
import io.datalifecycle.dlt.spi.Outbox;
import io.datalifecycle.dlt.spi.PageRenderer;
import io.datalifecycle.dlt.template.Control;
import io.datalifecycle.dlt.template.Dashboard;
import io.datalifecycle.dlt.template.Report;
import io.datalifecycle.dlt.template.ReportFormat;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.view.Page;
import io.datalifecycle.dlt.view.PageItem;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs reports: the dashboard over the report's span, in its formats, into the outbox once per recipient and span. Thread-safe. */
public final class ReportRunner {

    private static final int IMAGE_WIDTH = 600;
    /** Pixels of an inline image per row of the dashboard's grid. */
    private static final int ROW_HEIGHT = 55;

    private final Outbox outbox;
    private final DashboardResolver dashboards;
    private final Renderers renderers;
    private final Recipients recipients;

    public ReportRunner(Outbox outbox, DashboardResolver dashboards, Renderers renderers, Recipients recipients) {
        this.outbox = outbox;
        this.dashboards = dashboards;
        this.renderers = renderers;
        this.recipients = recipients;
    }

    /** What draws; a report that needs one that is not there fails with {@code RENDERING_FAILED}. */
    public record Renderers(
            Optional<ChartRenderer> images, Optional<PageRenderer> pages, Optional<DocumentRenderer> documents) {}

    /** Whom channels reach. */
    @FunctionalInterface
    public interface Recipients {
        List<Recipient> of(WorkspaceContext workspace, List<String> channels);
    }

    /** One recipient of one channel. */
    public record Recipient(String channel, String address) {}

    /**
     * Runs a report as of an instant and puts one message per recipient into the outbox.
     *
     * @return how many messages were added: none when this span was already sent to everybody
     */
    public int run(WorkspaceContext workspace, Report report, Instant at) {
        ZoneId zone = report.timezone().orElse(workspace.zone());
        TimeRange span = report.range().at(at, zone);
        Dashboard dashboard =
                workspace.template().dashboard(report.dashboard().key()).orElseThrow();
        Page page = dashboards.resolve(workspace, dashboard, controls(report, dashboard, span), false);
        Page titled = new Page(
                page.dashboard(),
                report.title().orElse(page.title()),
                page.workspace(),
                page.generatedAt(),
                zone,
                Optional.of(span),
                page.controls(),
                page.items(),
                page.variants());
        String payload = ReportPayload.json(report, titled, span);
        List<Message.Part> files = files(report, titled);
        String once = "report:" + report.key() + ":" + span.from() + "/" + span.to();
        return outbox.enqueue(recipients.of(workspace, report.sendTo()).stream()
                .map(to -> new Outbox.Draft(
                        workspace.id(), "report", report.key(), to.channel(), to.address(), once, payload, files, at))
                .toList());
    }

    private static Map<String, String> controls(Report report, Dashboard dashboard, TimeRange span) {
        Map<String, String> controls = new LinkedHashMap<>(report.controls());
        dashboard.controls().stream()
                .filter(Control.TimeRange.class::isInstance)
                .forEach(control -> controls.putIfAbsent(control.key(), span.from() + "/" + span.to()));
        return controls;
    }

    private List<Message.Part> files(Report report, Page page) {
        List<Message.Part> files = new ArrayList<>();
        for (ReportFormat format : report.formats()) {
            switch (format) {
                case PDF ->
                    files.add(new Message.Part(
                            report.key() + ".pdf",
                            "application/pdf",
                            renderers
                                    .documents()
                                    .orElseThrow(missing(report, format))
                                    .pdf(page),
                            page.title(),
                            false));
                case HTML ->
                    files.add(new Message.Part(
                            report.key() + ".html",
                            "text/html; charset=utf-8",
                            renderers
                                    .pages()
                                    .orElseThrow(missing(report, format))
                                    .html(page)
                                    .getBytes(java.nio.charset.StandardCharsets.UTF_8),
                            page.title(),
                            false));
                case INLINE -> files.addAll(images(page, renderers.images().orElseThrow(missing(report, format))));
            }
        }
        return files;
    }

    private static List<Message.Part> images(Page page, ChartRenderer images) {
        return page.items().stream()
                .filter(item -> !(item instanceof PageItem.TextItem) && !(item instanceof PageItem.StatItem))
                .map(item -> new Message.Part(
                        item.id(),
                        "image/png",
                        images.png(
                                item,
                                page.zone(),
                                IMAGE_WIDTH,
                                Math.max(4, item.area().h()) * ROW_HEIGHT),
                        item.title(),
                        true))
                .toList();
    }

    private static Supplier<DltException> missing(Report report, ReportFormat format) {
        return () -> new DltException(
                ProblemCode.RENDERING_FAILED,
                "report " + report.key() + ": nothing renders " + format.label()
                        + "; add the notify plug-in when building Dlt");
    }
}
