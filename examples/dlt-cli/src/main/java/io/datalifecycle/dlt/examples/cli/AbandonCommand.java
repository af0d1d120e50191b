package io.datalifecycle.dlt.examples.cli;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Takes an interrupted upgrade back, as long as no table in use was changed. */
@Command(name = "abandon", description = "Takes an interrupted upgrade back, as long as no table in use was changed.")
final class AbandonCommand extends DatabaseAction {

    @Parameters(paramLabel = "WORKSPACE", description = "Key of the workspace.")
    private String workspace = "";

    @Override
    Answer answer(Dlt dlt) {
        dlt.workspaces().workspace(workspace).upgrades().abandon();
        Workspace now = dlt.workspaces().workspace(workspace);
        return Answer.ok(
                Texts.json("ok", true, "workspace", WorkspacesCommand.json(now)),
                now.key() + " follows " + now.templateId());
    }
}
