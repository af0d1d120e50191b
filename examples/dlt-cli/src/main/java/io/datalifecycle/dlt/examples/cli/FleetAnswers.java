package io.datalifecycle.dlt.examples.cli;

import io.datalifecycle.dlt.fleet.CanaryFinding;
import io.datalifecycle.dlt.fleet.FleetMember;
import io.datalifecycle.dlt.fleet.FleetState;
import io.datalifecycle.dlt.fleet.FleetStatus;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far a fleet is, as an answer. */
final class FleetAnswers {

    private FleetAnswers() {}

    /** Well unless it stopped, or workspaces failed or were refused; a run that led back is well. */
    static Answer of(FleetStatus status) {
        List<Problem> problems = problems(status);
        return answer(status, problems).exit(problems.isEmpty() ? Exit.OK : Exit.PROBLEM);
    }

    /** Well: it stands as the user wanted it. */
    static Answer asked(FleetStatus status) {
        return answer(status, List.of());
    }

    /** Why a workspace cannot go there. */
    static Problem refused(String workspace, String why) {
        return problem(ProblemCode.PLAN_REFUSED, workspace + ": ", why);
    }

    private static Answer answer(FleetStatus status, List<Problem> problems) {
        Map<String, @Nullable Object> json =
                Texts.json("ok", problems.isEmpty(), "problems", Texts.json(problems), "run", status.run());
        json.putAll(json(status));
        return Answer.ok(json, status.text());
    }

    private static List<Problem> problems(FleetStatus status) {
        List<Problem> problems = new ArrayList<>();
        if (status.state() == FleetState.ROLLED_BACK) {
            return problems;
        }
        if (status.state() == FleetState.STOPPED) {
            problems.add(problem(ProblemCode.FLEET_STOPPED, "", status.why()));
        }
        for (FleetMember member : status.members()) {
            String why = member.error().orElse("");
            switch (member.state()) {
                case REFUSED -> problems.add(refused(member.workspace(), why));
                case FAILED -> problems.add(problem(ProblemCode.FLEET_STOPPED, member.workspace() + " failed: ", why));
                default -> {}
            }
        }
        return problems;
    }

    /** With the code that the text ends with, which then stands beside it. */
    private static Problem problem(ProblemCode otherwise, String who, String why) {
        for (ProblemCode code : ProblemCode.values()) {
            String label = " [" + code.label() + "]";
            if (why.endsWith(label)) {
                return Problem.error(code, "", who + why.substring(0, why.length() - label.length()), "");
            }
        }
        return Problem.error(otherwise, "", who + why, "");
    }

    private static Map<String, @Nullable Object> json(FleetStatus status) {
        Map<String, Object> counts = new LinkedHashMap<>();
        status.counts().forEach((state, number) -> counts.put(word(state), number));
        return Texts.json(
                "template",
                status.template(),
                "to",
                status.toVersion(),
                "state",
                word(status.state()),
                "why",
                status.why(),
                "pausedUntil",
                text(status.pausedUntil()),
                "wave",
                status.wave(),
                "waves",
                status.waves(),
                "progress",
                status.progress(),
                "counts",
                counts,
                "workspaces",
                status.members().stream().map(FleetAnswers::json).toList(),
                "canary",
                status.canary().stream().map(FleetAnswers::json).toList(),
                "startedAt",
                status.startedAt().toString(),
                "endedAt",
                text(status.endedAt()));
    }

    private static Map<String, @Nullable Object> json(FleetMember member) {
        return Texts.json(
                "workspace",
                member.workspace(),
                "wave",
                member.wave(),
                "state",
                word(member.state()),
                "from",
                member.fromVersion(),
                "error",
                text(member.error()),
                "startedAt",
                text(member.startedAt()),
                "endedAt",
                text(member.endedAt()));
    }

    private static Map<String, @Nullable Object> json(CanaryFinding finding) {
        return Texts.json(
                "workspace",
                finding.workspace(),
                "what",
                finding.what(),
                "before",
                finding.before(),
                "after",
                finding.after());
    }

    private static @Nullable String text(Optional<?> value) {
        return value.map(Object::toString).orElse(null);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
