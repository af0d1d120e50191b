package io.datalifecycle.dlt.examples.cli;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.language.TemplateWriter;
import io.datalifecycle.dlt.problem.TemplateInvalidException;
import io.datalifecycle.dlt.template.TemplateId;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Freezes a version. */
@Command(
        name = "publish",
        description = "Checks a template, with the database too, and publishes it. The same again changes nothing.")
final class PublishCommand extends DatabaseAction {

    @Parameters(paramLabel = "FILE", description = "The template, YAML or JSON.")
    private Path file = Path.of("");

    @Override
    Answer answer(Dlt dlt) {
        try {
            TemplateId id = TemplateWriter.id(dlt.templates().publish(file));
            return Answer.ok(Texts.json("ok", true, "template", Texts.json(id)), "published " + id);
        } catch (TemplateInvalidException invalid) {
            return Failures.problems(String.valueOf(file), invalid.problems(), Exit.PROBLEM);
        }
    }
}
