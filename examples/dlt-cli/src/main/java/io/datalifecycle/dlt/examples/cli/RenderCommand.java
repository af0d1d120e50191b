package io.datalifecycle.dlt.examples.cli;

import io.datalifecycle.dlt.DashboardHandle;
import io.datalifecycle.dlt.Dlt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws a dashboard. */
@Command(name = "render", description = "Draws a dashboard into a file: .html, .pdf, .png or .json.")
final class RenderCommand extends DatabaseAction {

    @Parameters(index = "0", paramLabel = "WORKSPACE", description = "Key of the workspace.")
    private String workspace = "";

    @Parameters(index = "1", paramLabel = "DASHBOARD", description = "Key of the dashboard.")
    private String dashboard = "";

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where to; the ending says the form.")
    private Path out = Path.of("");

    @Option(
            names = "--with",
            paramLabel = "control=value",
            description = "A control, may come again; a time range as from/to or a length such as P7D.")
    private Map<String, String> controls = new LinkedHashMap<>();

    @Override
    Answer answer(Dlt dlt) throws IOException {
        DashboardHandle handle = dlt.workspaces().workspace(workspace).dashboard(dashboard);
        for (Map.Entry<String, String> control : controls.entrySet()) {
            handle = handle.with(control.getKey(), control.getValue());
        }
        String name = out.toString().toLowerCase(Locale.ROOT);
        switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> handle.renderHtml(out);
            case "pdf" -> handle.renderPdf(out);
            case "png" -> handle.renderPng(out);
            case "json" -> Files.writeString(out, handle.json());
            default ->
                throw new IllegalArgumentException(
                        "--out: " + out + " says no form; end it in .html, .pdf, .png or .json");
        }
        long bytes = Files.size(out);
        return Answer.ok(
                Texts.json("ok", true, "file", out.toString(), "bytes", bytes),
                "written to " + out + ", " + bytes + " bytes");
    }
}
