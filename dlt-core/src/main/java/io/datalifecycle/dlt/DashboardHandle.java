package io.datalifecycle.dlt;

import io.datalifecycle.dlt.dashboard.PageJson;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.template.Dashboard;
import io.datalifecycle.dlt.view.Page;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A dashboard of a workspace with the controls set so far. Immutable, thread-safe. */
public final class DashboardHandle {

    private static final int PNG_WIDTH = 1_200;

    private final Engine engine;
    private final WorkspaceContext workspace;
    private final Dashboard dashboard;
    private final Map<String, String> controls;

    DashboardHandle(Engine engine, WorkspaceContext workspace, Dashboard dashboard, Map<String, String> controls) {
        this.engine = engine;
        this.workspace = workspace;
        this.dashboard = dashboard;
        this.controls = controls;
    }

    /** The same dashboard with a control set: a value as text, for a time range {@code from/to} as instants or a duration. */
    public DashboardHandle with(String control, String value) {
        Map<String, String> more = new LinkedHashMap<>(controls);
        more.put(control, value);
        return new DashboardHandle(engine, workspace, dashboard, more);
    }

    /** Controls and panels with their data, as of now. */
    public Page page() {
        return engine.dashboards.resolve(workspace, dashboard, controls, false);
    }

    /** The page as JSON, for the host's own front end. */
    public String json() {
        return PageJson.of(page());
    }

    /** One self-contained interactive page, with what it shows for the other options of its selects. */
    public String html() {
        return renderer(engine.registry.pages(), "HTML")
                .html(engine.dashboards.resolve(workspace, dashboard, controls, true));
    }

    /** PNG, to be shown 1,200 pixels wide. */
    public byte[] png() {
        return renderer(engine.registry.charts(), "PNG").png(page(), PNG_WIDTH);
    }

    /** PDF with vector charts. */
    public byte[] pdf() {
        return renderer(engine.registry.documents(), "PDF").pdf(page());
    }

    /** Writes {@link #html} to a file. */
    public void renderHtml(Path file) {
        write(file, html().getBytes(StandardCharsets.UTF_8));
    }

    /** Writes {@link #png} to a file. */
    public void renderPng(Path file) {
        write(file, png());
    }

    /** Writes {@link #pdf} to a file. */
    public void renderPdf(Path file) {
        write(file, pdf());
    }

    private void write(Path file, byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw new DltException(
                    ProblemCode.RENDERING_FAILED,
                    "dashboard " + dashboard.key() + ": " + file
                            + " cannot be written; check that its folder exists and may be written",
                    e);
        }
    }

    private <T> T renderer(Optional<T> renderer, String what) {
        return renderer.orElseThrow(() -> new DltException(
                ProblemCode.RENDERING_FAILED,
                "dashboard " + dashboard.key() + ": nothing renders " + what + "; add NotifyPlugin when building Dlt"));
    }
}
