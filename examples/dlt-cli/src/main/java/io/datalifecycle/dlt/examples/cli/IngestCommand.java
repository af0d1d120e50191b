package io.datalifecycle.dlt.examples.cli;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.CsvFormat;
import io.datalifecycle.dlt.ingest.IngestOptions;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.proposal.TemplateProposal;
import io.datalifecycle.dlt.row.RowRejection;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes rows in. */
@Command(
        name = "ingest",
        description =
                "Takes the rows of a file into a datastore, or by a connector of type push, as it maps them. Exit code 1 when a row is"
                        + " refused; the others are stored.")
final class IngestCommand extends DatabaseAction {

    private static final int MOST_TOLD = 20;

    @Parameters(index = "0", paramLabel = "WORKSPACE", description = "Key of the workspace.")
    private String workspace = "";

    @Parameters(index = "1", paramLabel = "STORE", description = "Key of the datastore, or connector:key.")
    private String store = "";

    @Parameters(index = "2", paramLabel = "FILE", description = "Rows: .csv, .ndjson or .json, perhaps .gz.")
    private Path file = Path.of("");

    @Option(names = "--batch-id", description = "The same rows under the same id change nothing.")
    private @Nullable String batchId;

    @Option(names = "--delimiter", description = "Of CSV; else found in the header.")
    private @Nullable Character delimiter;

    @Option(names = "--zone", description = "Zone of times in CSV without an offset.")
    private @Nullable ZoneId zone;

    @Option(names = "--decimal-comma", description = "1,5 is one and a half.")
    private boolean decimalComma;

    @Override
    Answer answer(Dlt dlt) {
        Workspace into = dlt.workspaces().workspace(workspace);
        IngestResult result =
                store.startsWith("connector:") ? push(into, store.substring("connector:".length())) : ingest(into);
        List<RowRejection> told = result.rejections().stream().limit(MOST_TOLD).toList();
        return Answer.ok(
                        Texts.json(
                                "ok",
                                result.rejected() == 0,
                                "offered",
                                result.offered(),
                                "accepted",
                                result.accepted(),
                                "duplicate",
                                result.duplicate(),
                                "rejected",
                                result.rejected(),
                                "quarantined",
                                result.quarantined(),
                                "rejections",
                                told.stream()
                                        .map(row -> Texts.json(
                                                "line", row.line(), "pointer", row.pointer(), "reason", row.reason()))
                                        .toList(),
                                "problems",
                                Texts.json(result.warnings())),
                        result.toString())
                .remarks(told.stream()
                        .map(row -> file + ":" + row.line() + " " + row.pointer() + ": " + row.reason())
                        .collect(Collectors.joining("\n")))
                .exit(result.rejected() == 0 ? Exit.OK : Exit.PROBLEM);
    }

    private IngestResult push(Workspace into, String connector) {
        return batchId == null
                ? into.connector(connector).push(rows())
                : into.connector(connector).push(batchId, rows());
    }

    private IngestResult ingest(Workspace into) {
        IngestOptions.Builder options = IngestOptions.builder();
        if (batchId != null) {
            options.batchId(batchId);
        }
        return into.datastore(store).ingest(rows(), options.build());
    }

    private Rows rows() {
        Rows rows = TemplateProposal.rows(file);
        if (delimiter == null && zone == null && !decimalComma) {
            return rows;
        }
        CsvFormat.Builder csv = CsvFormat.builder();
        if (delimiter != null) {
            csv.delimiter(delimiter);
        }
        if (zone != null) {
            csv.zone(zone);
        }
        return rows.with((decimalComma ? csv.decimalComma() : csv).build());
    }
}
