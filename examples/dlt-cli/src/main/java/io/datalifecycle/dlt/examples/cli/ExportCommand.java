package io.datalifecycle.dlt.examples.cli;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.language.TemplateWriter;
import io.datalifecycle.dlt.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives back the template of a workspace. */
@Command(name = "export", description = "The template that a workspace runs, as YAML that publishes to the same hash.")
final class ExportCommand extends DatabaseAction {

    @Parameters(paramLabel = "WORKSPACE", description = "Key of the workspace.")
    private String workspace = "";

    @Option(names = "--out", paramLabel = "FILE", description = "Where the template goes; else stdout.")
    private @Nullable Path out;

    @Override
    Answer answer(Dlt dlt) throws IOException {
        Template template = dlt.export(workspace);
        String yaml = TemplateWriter.yaml(template);
        if (out != null) {
            Files.writeString(out, yaml);
        }
        return Answer.ok(
                Texts.json("ok", true, "template", Texts.json(TemplateWriter.id(template)), "yaml", yaml),
                out == null ? yaml : "written to " + out);
    }
}
