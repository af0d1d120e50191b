package io.datalifecycle.dlt.examples.cli;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.language.TemplateWriter;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.transfer.Archive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives back the template of a workspace. */
@Command(
        name = "export",
        description =
                "The template that a workspace runs, as YAML; or with --archive all of the workspace in one file.")
final class ExportCommand extends DatabaseAction {

    @Parameters(paramLabel = "WORKSPACE", description = "Key of the workspace.")
    private String workspace = "";

    @Option(names = "--out", paramLabel = "FILE", description = "Where the template goes; else stdout.")
    private @Nullable Path out;

    @Option(names = "--archive", paramLabel = "FILE", description = "Write an archive with rows and models instead.")
    private @Nullable Path archive;

    @Override
    Answer answer(Dlt dlt) throws IOException {
        if (archive != null) {
            return archive(dlt.workspaces().export(workspace, archive), archive);
        }
        Template template = dlt.export(workspace);
        String yaml = TemplateWriter.yaml(template);
        if (out != null) {
            Files.writeString(out, yaml);
        }
        return Answer.ok(
                Texts.json("ok", true, "template", Texts.json(TemplateWriter.id(template)), "yaml", yaml),
                out == null ? yaml : "written to " + out);
    }

    private static Answer archive(Archive written, Path file) {
        return Answer.ok(
                Texts.json(
                        "ok",
                        true,
                        "file",
                        file.toString(),
                        "template",
                        Texts.json(written.template()),
                        "rows",
                        written.rows(),
                        "models",
                        written.models()),
                "written to " + file + ": "
                        + written.rows().values().stream()
                                .mapToLong(Long::longValue)
                                .sum()
                        + " rows");
    }
}
