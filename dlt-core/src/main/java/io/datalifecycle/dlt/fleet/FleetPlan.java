package io.datalifecycle.dlt.fleet;

import io.datalifecycle.dlt.plan.Change;
import io.datalifecycle.dlt.plan.ChangeClass;
import io.datalifecycle.dlt.plan.Plan;
import io.datalifecycle.dlt.problem.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What has to change in the workspaces of a fleet, and which of them cannot go there. A pure value: nothing has happened yet. Immutable,
 * thread-safe.
 */
public final class FleetPlan {

    private final String template;
    private final String toVersion;
    private final List<Plan> plans;
    private final Map<String, String> refused;
    private final List<Group> groups;

    /**
     * Made by {@code Fleet.plan}.
     *
     * @param plans one for each workspace that could be planned
     * @param refused why, by key of the workspace, for those that cannot go there
     */
    public FleetPlan(String template, String toVersion, List<Plan> plans, Map<String, String> refused) {
        this.template = template;
        this.toVersion = toVersion;
        this.plans = List.copyOf(plans);
        this.refused = Collections.unmodifiableMap(new LinkedHashMap<>(refused));
        this.groups = group(plans);
    }

    /**
     * Workspaces in which the same has to change. Immutable.
     *
     * @param workspaces their keys
     * @param fromVersion the version they are pinned to
     * @param overlaid how many of them have an overlay
     * @param changes what differs
     * @param problems what forbids it, and what one should know
     */
    public record Group(
            List<String> workspaces, String fromVersion, int overlaid, List<Change> changes, List<Problem> problems) {

        public Group {
            workspaces = List.copyOf(workspaces);
            changes = List.copyOf(changes);
            problems = List.copyOf(problems);
        }

        /** The gravest class among the changes. */
        public ChangeClass changeClass() {
            return changes.stream()
                    .map(Change::changeClass)
                    .max(Enum::compareTo)
                    .orElse(ChangeClass.NONE);
        }
    }

    /** Key of the template. */
    public String template() {
        return template;
    }

    /** The version it leads to. */
    public String toVersion() {
        return toVersion;
    }

    /** The plans of the workspaces, in their order. */
    public List<Plan> plans() {
        return plans;
    }

    /** The plan of a workspace; empty when it is not in the fleet or could not be planned. */
    public Optional<Plan> plan(String workspace) {
        return plans.stream().filter(p -> p.workspace().equals(workspace)).findFirst();
    }

    /** Why, by key of the workspace, for those that cannot go there. */
    public Map<String, String> refused() {
        return refused;
    }

    /** Workspaces in which the same has to change, the largest group first. */
    public List<Group> groups() {
        return groups;
    }

    /** Whether nothing has to change anywhere. */
    public boolean isEmpty() {
        return refused.isEmpty() && plans.stream().allMatch(Plan::isEmpty);
    }

    /** For people, ending with a line break. */
    public String text() {
        return FleetText.of(this);
    }

    /** For machines: one JSON object. */
    public String json() {
        return FleetText.json(this);
    }

    private static List<Group> group(List<Plan> plans) {
        Map<List<Object>, List<Plan>> alike = new LinkedHashMap<>();
        plans.forEach(plan ->
                alike.computeIfAbsent(likeness(plan), k -> new ArrayList<>()).add(plan));
        List<Group> groups = new ArrayList<>();
        alike.values()
                .forEach(same -> groups.add(new Group(
                        same.stream().map(Plan::workspace).toList(),
                        same.get(0).from().version(),
                        (int) same.stream()
                                .filter(p -> p.target().overlay().isPresent())
                                .count(),
                        same.get(0).changes(),
                        same.get(0).problems())));
        groups.sort(
                (a, b) -> Integer.compare(b.workspaces().size(), a.workspaces().size()));
        return List.copyOf(groups);
    }

    /** Whom a change affects differs by addresses; what changes does not. */
    private static List<Object> likeness(Plan plan) {
        List<Object> likeness = new ArrayList<>(List.of(plan.from().version(), plan.isEmpty()));
        plan.changes().forEach(change -> likeness.add(change.toString() + change.was() + change.breaking()));
        plan.problems().forEach(problem -> likeness.add(problem.toString()));
        return likeness;
    }

    @Override
    public String toString() {
        return text();
    }
}
