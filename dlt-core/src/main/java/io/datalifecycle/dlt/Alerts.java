package io.datalifecycle.dlt;

import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.NotFoundException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.AlertStatus;
import io.datalifecycle.dlt.spi.AlertTransition;
import io.datalifecycle.dlt.template.Alert;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The alerts of a workspace. Thread-safe. */
public final class Alerts {

    private static final int HISTORY = 10_000;

    private final Engine engine;
    private final WorkspaceContext workspace;

    Alerts(Engine engine, WorkspaceContext workspace) {
        this.engine = engine;
        this.workspace = workspace;
    }

    /** Where every alert stands, per label set. */
    public List<AlertStatus> all() {
        return engine.storage.alerts().load(workspace, Optional.empty());
    }

    /** Those that fire, recovering ones among them. */
    public List<AlertStatus> firing() {
        return all().stream().filter(status -> status.state().isActive()).toList();
    }

    /** Changes of state, newest first, at most 10,000. */
    public List<AlertTransition> history() {
        return history(TimeRange.of(Instant.EPOCH, engine.clock.instant().plusSeconds(1)));
    }

    /** Changes of state within a span, newest first, at most 10,000. */
    public List<AlertTransition> history(TimeRange range) {
        return engine.storage.alerts().history(workspace, Optional.empty(), range, HISTORY);
    }

    /** Evaluates all alerts now; messages go into the outbox. Gives the changes. */
    public List<AlertTransition> evaluate() {
        List<AlertTransition> changes = new ArrayList<>();
        workspace.template().alerts().forEach(alert -> changes.addAll(engine.alerts.evaluate(workspace, alert)));
        return List.copyOf(changes);
    }

    /** Evaluates one alert now. */
    public List<AlertTransition> evaluate(String key) {
        List<String> keys =
                workspace.template().alerts().stream().map(Alert::key).toList();
        Alert alert = workspace
                .template()
                .alert(key)
                .orElseThrow(() -> new NotFoundException(
                        ProblemCode.ITEM_NOT_FOUND,
                        "workspace " + workspace.key() + " has no alert " + key + "; " + DidYouMean.hint(key, keys)));
        return engine.alerts.evaluate(workspace, alert);
    }
}
