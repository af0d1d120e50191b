package io.datalifecycle.dlt.fleet;

import io.datalifecycle.dlt.fleet.FleetPlan.Group;
import io.datalifecycle.dlt.plan.Change;
import io.datalifecycle.dlt.problem.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Writes what is planned for a fleet, for people and for machines. */
final class FleetText {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int NAMED = 5;

    private FleetText() {}

    static String of(FleetPlan plan) {
        StringBuilder text = new StringBuilder("fleet ")
                .append(plan.template())
                .append(" -> ")
                .append(plan.toVersion())
                .append(": ")
                .append(workspaces(plan.plans().size()))
                .append('\n');
        if (!plan.refused().isEmpty()) {
            text.append("\nRefused\n");
            plan.refused()
                    .forEach((key, why) -> text.append("  ")
                            .append(key)
                            .append(": ")
                            .append(why)
                            .append('\n'));
        }
        plan.groups().forEach(group -> group(text, group));
        return text.toString();
    }

    private static void group(StringBuilder text, Group group) {
        List<String> keys = group.workspaces();
        text.append('\n').append(workspaces(keys.size())).append(" from ").append(group.fromVersion());
        if (group.overlaid() > 0) {
            text.append(
                    group.overlaid() == keys.size() ? " with overlays" : ", " + group.overlaid() + " with overlays");
        }
        text.append(" (").append(group.changeClass().label()).append("): ");
        text.append(keys.stream().limit(NAMED).collect(Collectors.joining(", ")));
        if (keys.size() > NAMED) {
            text.append(" and ").append(keys.size() - NAMED).append(" more");
        }
        text.append('\n');
        group.problems().forEach(problem -> text.append("  ! ").append(problem).append('\n'));
        group.changes().forEach(change -> text.append("  ").append(change).append('\n'));
        if (group.changes().isEmpty() && group.problems().isEmpty()) {
            text.append("  nothing that they have changes\n");
        }
    }

    private static String workspaces(int number) {
        return number == 1 ? "1 workspace" : number + " workspaces";
    }

    static String json(FleetPlan plan) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("template", plan.template());
        json.put("to", plan.toVersion());
        json.put("workspaces", plan.plans().size());
        json.put("empty", plan.isEmpty());
        json.put("refused", plan.refused());
        json.put("groups", plan.groups().stream().map(FleetText::json).toList());
        return MAPPER.writeValueAsString(json);
    }

    private static Map<String, Object> json(Group group) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("workspaces", group.workspaces());
        json.put("from", group.fromVersion());
        json.put("overlaid", group.overlaid());
        json.put("class", group.changeClass().label());
        json.put("problems", group.problems().stream().map(Problem::toString).toList());
        json.put("changes", group.changes().stream().map(FleetText::json).toList());
        return json;
    }

    private static Map<String, Object> json(Change change) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", change.kind().label());
        json.put("item", change.item());
        change.was().ifPresent(was -> json.put("was", was));
        json.put("class", change.changeClass().label());
        json.put("breaking", change.breaking());
        json.put("reason", change.reason());
        return json;
    }
}
