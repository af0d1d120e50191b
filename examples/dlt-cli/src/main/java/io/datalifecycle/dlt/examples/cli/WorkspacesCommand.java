package io.datalifecycle.dlt.examples.cli;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Lists workspaces. */
@Command(name = "workspaces", description = "All workspaces, the first made first.")
final class WorkspacesCommand extends DatabaseAction {

    @Override
    Answer answer(Dlt dlt) {
        List<Workspace> all = dlt.workspaces().list();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("WORKSPACE", "TEMPLATE", "VERSION", "ZONE"));
        all.forEach(workspace -> rows.add(List.of(
                workspace.key(),
                workspace.templateId().key(),
                workspace.templateId().version(),
                workspace.zone().getId())));
        return Answer.ok(
                Texts.json(
                        "ok",
                        true,
                        "workspaces",
                        all.stream().map(WorkspacesCommand::json).toList()),
                all.isEmpty() ? "no workspace" : Texts.table(rows));
    }

    /** Without parameters, which may be secrets. */
    static Map<String, @Nullable Object> json(Workspace workspace) {
        return Texts.json(
                "key",
                workspace.key(),
                "id",
                workspace.id().toString(),
                "template",
                Texts.json(workspace.templateId()),
                "timezone",
                workspace.zone().getId());
    }
}
