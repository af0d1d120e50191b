package io.datalifecycle.dlt.examples.cli;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Goes on with an upgrade that was interrupted. */
@Command(
        name = "resume",
        description = "Goes on with an upgrade that was interrupted; does nothing when there is none.")
final class ResumeCommand extends DatabaseAction {

    @Parameters(paramLabel = "WORKSPACE", description = "Key of the workspace.")
    private String workspace = "";

    @Override
    Answer answer(Dlt dlt) {
        dlt.workspaces().workspace(workspace).upgrades().resume();
        Workspace now = dlt.workspaces().workspace(workspace);
        return Answer.ok(
                Texts.json("ok", true, "workspace", WorkspacesCommand.json(now)),
                now.key() + " follows " + now.templateId());
    }
}
