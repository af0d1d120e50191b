package io.datalifecycle.dlt.examples.cli;

import io.datalifecycle.dlt.language.TemplateDiff;
import io.datalifecycle.dlt.language.TemplateReader;
import io.datalifecycle.dlt.problem.NotFoundException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.template.Template;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what differs between two templates. */
@Command(
        name = "diff",
        description =
                "What differs between two templates: files, or key:version of what is published, which needs a database.")
final class DiffCommand extends Action {

    @Parameters(index = "0", paramLabel = "FROM", description = "A file or key:version.")
    private String from = "";

    @Parameters(index = "1", paramLabel = "TO", description = "A file or key:version.")
    private String to = "";

    @Option(names = "--detailed-exit-code", description = "Exit with 4 when something differs.")
    private boolean detailed;

    @Override
    Answer answer() {
        TemplateDiff diff = TemplateDiff.between(template(from), template(to));
        boolean differs = !diff.own().isEmpty() || !diff.entries().isEmpty();
        return Answer.ok(
                        Texts.json(
                                "ok",
                                true,
                                "differs",
                                differs,
                                "from",
                                Texts.json(diff.from()),
                                "to",
                                Texts.json(diff.to()),
                                "own",
                                differences(diff.own()),
                                "items",
                                diff.entries().stream()
                                        .map(entry -> Texts.json(
                                                "item",
                                                entry.item().toString(),
                                                "kind",
                                                entry.kind().label(),
                                                "before",
                                                entry.before()
                                                        .map(Object::toString)
                                                        .orElse(null),
                                                "differences",
                                                differences(entry.differences())))
                                        .toList()),
                        differs ? diff.toString() : "nothing differs")
                .exit(detailed && differs ? Exit.CHANGES : Exit.OK);
    }

    private static List<?> differences(List<TemplateDiff.Difference> differences) {
        return differences.stream()
                .map(difference -> Texts.json(
                        "pointer",
                        difference.pointer(),
                        "before",
                        difference.before().orElse(null),
                        "after",
                        difference.after().orElse(null)))
                .toList();
    }

    private Template template(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || Files.exists(Path.of(text))) {
            return TemplateReader.read(Path.of(text)).template();
        }
        try (Settings.Opened opened = cli().open()) {
            return opened.dlt()
                    .templates()
                    .find(text.substring(0, colon), text.substring(colon + 1))
                    .orElseThrow(() -> new NotFoundException(
                            ProblemCode.TEMPLATE_NOT_FOUND, text + " is neither a file nor a published template"));
        }
    }
}
