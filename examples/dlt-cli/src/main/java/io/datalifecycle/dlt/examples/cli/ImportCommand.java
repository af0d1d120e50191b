package io.datalifecycle.dlt.examples.cli;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a workspace of an archive. */
@Command(
        name = "import",
        description = "Makes a workspace of an archive that export --archive wrote, here or elsewhere.")
final class ImportCommand extends DatabaseAction {

    @Parameters(index = "0", paramLabel = "FILE", description = "The archive.")
    private Path file = Path.of("");

    @Parameters(index = "1", paramLabel = "WORKSPACE", description = "Key of the new workspace.")
    private String workspace = "";

    @Option(names = "--placement", description = "Name of the data database; else the first.")
    private @Nullable String placement;

    @Option(names = "--suspended", description = "Its schedules do not run until it is resumed.")
    private boolean suspended;

    @Override
    Answer answer(Dlt dlt) {
        Workspace made = dlt.workspaces().importFrom(file, workspace, draft -> {
            if (placement != null) {
                draft.placement(placement);
            }
            if (suspended) {
                draft.suspended();
            }
        });
        return Answer.ok(
                Texts.json("ok", true, "workspace", WorkspacesCommand.json(made)),
                made.key() + " is there, of " + made.templateId());
    }
}
