package io.datalifecycle.dlt.examples.cli;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.plan.Plan;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** Tells what an upgrade would do. */
@Command(
        name = "plan",
        description = "What has to change in a workspace so that it follows another version; changes nothing.")
final class PlanCommand extends DatabaseAction {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Parameters(index = "0", paramLabel = "WORKSPACE", description = "Key of the workspace.")
    private String workspace = "";

    @Parameters(index = "1", paramLabel = "TEMPLATE", description = "Key of its template.")
    private String template = "";

    @Parameters(index = "2", paramLabel = "VERSION", description = "The version it is to follow.")
    private String version = "";

    @Option(names = "--detailed-exit-code", description = "Exit with 4 when there is something to do.")
    private boolean detailed;

    @Override
    Answer answer(Dlt dlt) {
        Plan plan = dlt.plan(workspace, template, version);
        int exit = plan.isRefused() ? Exit.PROBLEM : detailed && !plan.isEmpty() ? Exit.CHANGES : Exit.OK;
        return Answer.ok(json(plan), plan.text()).exit(exit);
    }

    static Map<String, @Nullable Object> json(Plan plan) {
        return Texts.json(
                "ok",
                !plan.isRefused(),
                "empty",
                plan.isEmpty(),
                "destructive",
                plan.isDestructive(),
                "problems",
                Texts.json(plan.problems()),
                "plan",
                JSON.readTree(plan.json()));
    }
}
