package io.datalifecycle.dlt.plan;

import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.Severity;
import io.datalifecycle.dlt.template.TemplateId;
import java.util.List;
import java.util.Objects;

/**
 * What has to change in a workspace so that it follows another version of its template, and what that does to whom. A pure value: nothing has
 * happened yet. Two plans are equal when they say the same of the same workspace. Immutable, thread-safe.
 */
public final class Plan {

    private final String workspace;
    private final TemplateId from;
    private final TemplateId to;
    private final Target target;
    private final List<Change> changes;
    private final List<PlanStep> steps;
    private final List<Problem> problems;
    private final Impact impact;

    /**
     * Made by {@code Dlt.plan}.
     *
     * @param workspace key of the workspace
     * @param target where it leads, as it was asked for
     * @param problems what forbids to apply it (errors), and what one should know (warnings)
     * @param impact who depends on whom, before and after
     */
    public Plan(
            String workspace,
            TemplateId from,
            TemplateId to,
            Target target,
            List<Change> changes,
            List<PlanStep> steps,
            List<Problem> problems,
            Impact impact) {
        this.workspace = workspace;
        this.from = from;
        this.to = to;
        this.target = target;
        this.changes = List.copyOf(changes);
        this.steps = List.copyOf(steps);
        this.problems = List.copyOf(problems);
        this.impact = impact;
    }

    /** Key of the workspace. */
    public String workspace() {
        return workspace;
    }

    /** The version that is pinned. */
    public TemplateId from() {
        return from;
    }

    /** The version it leads to. */
    public TemplateId to() {
        return to;
    }

    /** Where it leads, as it was asked for. */
    public Target target() {
        return target;
    }

    /** What differs, stores first, in the order of the template. */
    public List<Change> changes() {
        return changes;
    }

    /** What will be done, in this order. */
    public List<PlanStep> steps() {
        return steps;
    }

    /** What forbids to apply it (errors) and what one should know (warnings). */
    public List<Problem> problems() {
        return problems;
    }

    /** Whether nothing differs: neither version nor content. */
    public boolean isEmpty() {
        return changes.isEmpty() && steps.isEmpty();
    }

    /** Whether something that is stored would be hidden. */
    public boolean isDestructive() {
        return changeClass() == ChangeClass.DESTRUCTIVE;
    }

    /** Whether something forbids to apply it, whatever the options. */
    public boolean isRefused() {
        return problems.stream().anyMatch(p -> p.severity() == Severity.ERROR);
    }

    /** The gravest class among its changes. */
    public ChangeClass changeClass() {
        return changes.stream().map(Change::changeClass).max(Enum::compareTo).orElse(ChangeClass.NONE);
    }

    /** Changes after which something that was there can no longer be seen, or rows are refused that were accepted before. */
    public List<Change> breaking() {
        return changes.stream().filter(Change::breaking).toList();
    }

    /**
     * Everything downstream of an item or a column, nearest first: features, models, metrics, panels, alerts, reports, recipients.
     *
     * @param item {@code kind:key} or {@code kind:key#column}, of the earlier or the later version
     */
    public List<String> impact(String item) {
        return impact.of(item);
    }

    /** For people, ending with a line break. */
    public String text() {
        return PlanText.of(this);
    }

    /** For machines: one JSON object. */
    public String json() {
        return PlanJson.of(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Plan that
                && workspace.equals(that.workspace)
                && from.equals(that.from)
                && to.equals(that.to)
                && target.equals(that.target)
                && changes.equals(that.changes)
                && texts(steps).equals(texts(that.steps));
    }

    /** Rows and times are estimates and may differ between two plans of the same. */
    private static List<String> texts(List<PlanStep> steps) {
        return steps.stream().map(step -> step.kind() + step.text()).toList();
    }

    @Override
    public int hashCode() {
        return Objects.hash(workspace, from, to, changes);
    }

    @Override
    public String toString() {
        return text();
    }
}
