package io.datalifecycle.dlt.proposal;

import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.problem.InvalidInputException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.template.Template;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A template proposed from a sample: a datastore, a connector that the sample goes in by, a roll-up, metrics and a dashboard, each choice
 * with its reason. It publishes as it is and takes in every row of its sample; what the sample does not show, people add. The same sample
 * gives the same template. Immutable.
 *
 * <pre>{@code
 * TemplateProposal proposal = dlt.templates().infer(Path.of("north.csv"));
 * Template template = dlt.templates().publish(proposal.template());
 * dlt.workspaces().provision("north", template).connector(TemplateProposal.CONNECTOR).push(Rows.csv(Path.of("north.csv")));
 * }</pre>
 */
public final class TemplateProposal {

    /** Key of the datastore. */
    public static final String DATASTORE = "readings";

    /** Key of the connector, of type {@code push}. */
    public static final String CONNECTOR = "inbox";

    /** Most rows that are looked at; of wide samples fewer. */
    public static final int MOST_ROWS = 100_000;

    private final Template template;
    private final List<Reason> reasons;

    private TemplateProposal(Template template, List<Reason> reasons) {
        this.template = template;
        this.reasons = List.copyOf(reasons);
    }

    /** From a file, its format by the ending: {@code .csv}, {@code .tsv}, {@code .txt}, {@code .ndjson}, {@code .jsonl}, {@code .json}, perhaps {@code .gz}. */
    public static TemplateProposal from(Path sample, Instant now) {
        return from(rows(sample), ProposalOptions.at(now));
    }

    /**
     * From rows; those of a stream are used up by it.
     *
     * @throws InvalidInputException with {@code SAMPLE_UNUSABLE} when there are no rows, or no column has a time in every row
     * @throws io.datalifecycle.dlt.problem.DltException with {@code SOURCE_UNREADABLE} or {@code CSV_HEADER} when the sample cannot be read
     */
    public static TemplateProposal from(Rows sample, ProposalOptions options) {
        Reasons reasons = new Reasons();
        Sample read = SampleReader.read(sample, reasons);
        Draft draft = new Draft(Findings.of(read, options, reasons), reasons);
        return new TemplateProposal(draft.template(), reasons.list());
    }

    /** The rows of a file, their format by its ending; throws {@link InvalidInputException} for another ending. */
    public static Rows rows(Path sample) {
        String name =
                String.valueOf(sample.getFileName()).toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        String ending = name.substring(name.lastIndexOf('.') + 1);
        return switch (ending) {
            case "csv", "tsv", "txt" -> Rows.csv(sample);
            case "ndjson", "jsonl" -> Rows.ndjson(sample);
            case "json" -> Rows.json(sample);
            default ->
                throw new InvalidInputException(
                        ProblemCode.SAMPLE_UNUSABLE,
                        sample + ": the ending says no format; name it .csv, .ndjson or .json, or give Rows.csv(…)");
        };
    }

    /** What is proposed; publish it as it is, or write it as YAML and go on from there. */
    public Template template() {
        return template;
    }

    /** Why each choice was made, in the order of the template. */
    public List<Reason> reasons() {
        return reasons;
    }

    /** The reasons, one a line. */
    @Override
    public String toString() {
        return reasons.stream().map(Reason::toString).collect(Collectors.joining("\n"));
    }
}
