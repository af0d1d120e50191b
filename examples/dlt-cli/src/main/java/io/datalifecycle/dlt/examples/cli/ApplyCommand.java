package io.datalifecycle.dlt.examples.cli;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.plan.ApplyOptions;
import io.datalifecycle.dlt.plan.Plan;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Upgrades a workspace. */
@Command(
        name = "apply",
        description =
                "Plans and carries out an upgrade of a workspace. What hides something needs --allow-destructive.")
final class ApplyCommand extends DatabaseAction {

    @Parameters(index = "0", paramLabel = "WORKSPACE", description = "Key of the workspace.")
    private String workspace = "";

    @Parameters(index = "1", paramLabel = "TEMPLATE", description = "Key of its template.")
    private String template = "";

    @Parameters(index = "2", paramLabel = "VERSION", description = "The version it is to follow.")
    private String version = "";

    @Option(names = "--allow-destructive", description = "Stores and columns may be hidden.")
    private boolean allowDestructive;

    @Option(names = "--no-backfill", description = "Leave backfills and training to the schedules.")
    private boolean leaveBackfills;

    @Override
    Answer answer(Dlt dlt) {
        Plan plan = dlt.plan(workspace, template, version);
        ApplyOptions options = allowDestructive ? ApplyOptions.ALLOW_DESTRUCTIVE : ApplyOptions.STANDARD;
        Workspace now = dlt.workspaces()
                .workspace(workspace)
                .apply(plan, leaveBackfills ? options.leavingBackfills() : options);
        Map<String, @Nullable Object> json = PlanCommand.json(plan);
        json.put("workspace", WorkspacesCommand.json(now));
        return Answer.ok(json, plan.text() + now.key() + " follows " + now.templateId());
    }
}
