package io.datalifecycle.dlt.examples.cli;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.template.TemplateId;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists versions. */
@Command(name = "templates", description = "The published versions of a template, the first published first.")
final class TemplatesCommand extends DatabaseAction {

    @Parameters(paramLabel = "KEY", description = "Key of the template.")
    private String key = "";

    @Override
    Answer answer(Dlt dlt) {
        List<TemplateId> versions = dlt.templates().versions(key);
        return Answer.ok(
                Texts.json(
                        "ok",
                        true,
                        "templates",
                        versions.stream().map(Texts::json).toList()),
                versions.isEmpty()
                        ? "no version of " + key + " is published"
                        : versions.stream().map(TemplateId::toString).collect(Collectors.joining("\n")));
    }
}
