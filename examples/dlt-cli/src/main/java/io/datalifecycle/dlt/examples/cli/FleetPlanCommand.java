package io.datalifecycle.dlt.examples.cli;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.fleet.FleetPlan;
import io.datalifecycle.dlt.problem.Problem;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** Tells what an upgrade of a fleet would do. */
@Command(
        name = "plan",
        description =
                "What has to change in the workspaces of a template, those that change alike together; changes nothing.")
final class FleetPlanCommand extends DatabaseAction {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Mixin
    private FleetChoice choice = new FleetChoice();

    @Option(names = "--detailed-exit-code", description = "Exit with 4 when there is something to do.")
    private boolean detailed;

    @Override
    Answer answer(Dlt dlt) throws IOException {
        FleetPlan plan = choice.upgrade(dlt, draft -> {}).plan();
        boolean ok = plan.refused().isEmpty();
        List<Problem> problems = plan.refused().entrySet().stream()
                .map(refused -> FleetAnswers.refused(refused.getKey(), refused.getValue()))
                .toList();
        return Answer.ok(
                        Texts.json(
                                "ok",
                                ok,
                                "empty",
                                plan.isEmpty(),
                                "problems",
                                Texts.json(problems),
                                "plan",
                                JSON.readTree(plan.json())),
                        plan.text())
                .exit(!ok ? Exit.PROBLEM : detailed && !plan.isEmpty() ? Exit.CHANGES : Exit.OK);
    }
}
