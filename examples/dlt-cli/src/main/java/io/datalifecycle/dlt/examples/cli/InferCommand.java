package io.datalifecycle.dlt.examples.cli;

import io.datalifecycle.dlt.language.TemplateWriter;
import io.datalifecycle.dlt.proposal.ProposalOptions;
import io.datalifecycle.dlt.proposal.TemplateProposal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Proposes a template from a sample of rows. */
@Command(
        name = "infer",
        description =
                "Proposes a template from a sample: YAML on stdout or in --out, the reasons on stderr. Needs no database.")
final class InferCommand extends Action {

    @Parameters(paramLabel = "FILE", description = "The sample: .csv, .ndjson or .json, perhaps .gz.")
    private Path file = Path.of("");

    @Option(names = "--key", description = "Key of the template; else by the name of the file.")
    private @Nullable String key;

    @Option(names = "--zone", description = "Zone of times without an offset; UTC when not given.")
    private @Nullable ZoneId zone;

    @Option(names = "--out", paramLabel = "FILE", description = "Where the template goes.")
    private @Nullable Path out;

    @Override
    Answer answer() throws IOException {
        ProposalOptions options = ProposalOptions.at(cli().clock.instant());
        options = key == null ? options : options.withKey(key);
        options = zone == null ? options : options.withZone(zone);
        TemplateProposal proposal = TemplateProposal.from(TemplateProposal.rows(file), options);
        String yaml = TemplateWriter.yaml(proposal.template());
        if (out != null) {
            Files.writeString(out, yaml);
        }
        return Answer.ok(
                        Texts.json(
                                "ok",
                                true,
                                "template",
                                Texts.json(TemplateWriter.id(proposal.template())),
                                "yaml",
                                yaml,
                                "reasons",
                                proposal.reasons().stream()
                                        .map(reason -> Texts.json("pointer", reason.pointer(), "text", reason.text()))
                                        .toList()),
                        out == null ? yaml : "written to " + out)
                .remarks(
                        proposal.reasons().stream().map(reason -> "# " + reason).collect(Collectors.joining("\n")));
    }
}
