package io.datalifecycle.dlt;

import io.datalifecycle.dlt.alert.Evaluation;
import io.datalifecycle.dlt.fleet.internal.FleetRunner;
import io.datalifecycle.dlt.fleet.internal.FleetWork;
import io.datalifecycle.dlt.fleet.internal.Terms.Question;
import io.datalifecycle.dlt.plan.ApplyOptions;
import io.datalifecycle.dlt.plan.Change;
import io.datalifecycle.dlt.plan.ChangeClass;
import io.datalifecycle.dlt.plan.Plan;
import io.datalifecycle.dlt.plan.Target;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.problem.Severity;
import io.datalifecycle.dlt.spi.TransformEngine;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.Entry;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What fleets need of the other parts. Thread-safe. */
final class Fleets implements FleetWork {

    private final Engine engine;
    final FleetRunner runner;

    Fleets(Engine engine) {
        this.engine = engine;
        this.runner = new FleetRunner(engine.storage, this, engine.clock);
    }

    /** Why a plan cannot be carried out; empty when it can. */
    static Optional<String> refusal(Plan plan, ApplyOptions options) {
        if (plan.isRefused()) {
            return Optional.of(plan.problems().stream()
                    .filter(p -> p.severity() == Severity.ERROR)
                    .map(Problem::toString)
                    .collect(Collectors.joining("; ")));
        }
        if (plan.isDestructive() && !options.allowDestructive()) {
            return Optional.of("hides what is stored: "
                    + plan.changes().stream()
                            .filter(c -> c.changeClass() == ChangeClass.DESTRUCTIVE)
                            .map(Change::item)
                            .collect(Collectors.joining(", "))
                    + "; allow it with ApplyOptions.ALLOW_DESTRUCTIVE [" + ProblemCode.PLAN_REFUSED.label() + "]");
        }
        return Optional.empty();
    }

    @Override
    public boolean follow(Entry workspace, Target target, ApplyOptions options) {
        return engine.upgrading.follow(workspace, target, options);
    }

    @Override
    public Optional<String> refusal(Entry workspace, Target target, ApplyOptions options) {
        return refusal(engine.upgrading.plan(workspace, target).plan(), options);
    }

    @Override
    public boolean resume(Entry workspace, ApplyOptions options) {
        return engine.upgrading.resume(engine.contexts.of(workspace), options);
    }

    @Override
    public boolean abandon(Entry workspace) {
        return engine.upgrading.abandon(engine.contexts.of(workspace));
    }

    @Override
    public Entry copy(Entry source, String key) {
        WorkspaceContext copy = new Copies(engine).of(source, key, new CloneDraft().suspended());
        return engine.storage.workspaces().find(copy.id()).orElseThrow();
    }

    @Override
    public void erase(Entry copy) {
        engine.lifecycle.delete(engine.contexts.of(copy));
    }

    @Override
    public void refresh(Entry workspace) {
        WorkspaceContext context = engine.contexts.of(workspace);
        context.template().featurestores().forEach(store -> engine.chain.upTo(context, store));
    }

    @Override
    public Template template(Entry workspace) {
        return engine.contexts.of(workspace).template();
    }

    @Override
    public TransformEngine.Rows ask(Entry workspace, Question question) {
        WorkspaceContext context = engine.contexts.of(workspace);
        return engine.metrics.rows(
                context, context.template().metric(question.metric()).orElseThrow(), question.inputs());
    }

    @Override
    public Map<Map<String, String>, Evaluation> judge(Entry workspace, String alert, Instant now) {
        WorkspaceContext context = engine.contexts.of(workspace);
        return engine.alerts.judge(context, context.template().alert(alert).orElseThrow(), now);
    }
}
