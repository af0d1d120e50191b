package io.datalifecycle.dlt.examples.cli;

import io.datalifecycle.dlt.check.TemplateChecker;
import io.datalifecycle.dlt.language.TemplateDraft;
import io.datalifecycle.dlt.language.TemplateReader;
import io.datalifecycle.dlt.language.TemplateWriter;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.Severity;
import io.datalifecycle.dlt.template.TemplateId;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Looks at a template without a database. */
@Command(name = "validate", description = "Checks a template without a database; warnings do not fail it.")
final class ValidateCommand extends Action {

    @Parameters(paramLabel = "FILE", description = "The template, YAML or JSON.")
    private Path file = Path.of("");

    @Override
    Answer answer() {
        TemplateDraft draft = TemplateReader.draft(file);
        List<Problem> problems = TemplateChecker.check(draft);
        boolean wrong = problems.stream().anyMatch(problem -> problem.severity() == Severity.ERROR);
        if (wrong) {
            return Failures.problems(String.valueOf(file), problems, Exit.PROBLEM);
        }
        TemplateId id = TemplateWriter.id(draft.template());
        return Answer.ok(
                        Texts.json("ok", true, "template", Texts.json(id), "problems", Texts.json(problems)),
                        file + ": " + id + " is valid")
                .remarks(Texts.lines(String.valueOf(file), problems));
    }
}
