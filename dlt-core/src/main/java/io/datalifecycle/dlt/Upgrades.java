package io.datalifecycle.dlt;

import io.datalifecycle.dlt.plan.ApplyOptions;
import io.datalifecycle.dlt.plan.Upgrade;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Duration;
import java.util.List;

/** The upgrades of a workspace: what was done, what was interrupted, and what they have hidden. Thread-safe. */
public final class Upgrades {

    private final Engine engine;
    private final WorkspaceContext workspace;

    Upgrades(Engine engine, WorkspaceContext workspace) {
        this.engine = engine;
        this.workspace = workspace;
    }

    /** All of them, the newest first. */
    public List<Upgrade> list() {
        return engine.storage.upgrades().of(workspace.id()).stream()
                .map(entry -> new Upgrade(
                        entry.id(),
                        entry.way().fromVersion(),
                        entry.way().toVersion(),
                        Upgrade.State.valueOf(entry.stage().name()),
                        entry.error(),
                        entry.startedAt(),
                        entry.endedAt()))
                .toList();
    }

    /** Goes on with an upgrade that was interrupted. See {@link #resume(ApplyOptions)}. */
    public boolean resume() {
        return resume(ApplyOptions.STANDARD);
    }

    /**
     * Goes on with an upgrade that was interrupted, on whatever node.
     *
     * @param options how long to wait and whether to fill; what was allowed when it began is allowed
     * @return whether there was one
     * @throws io.datalifecycle.dlt.problem.ConflictException with {@code UPGRADE_RUNNING} when it was not interrupted but still runs
     */
    public boolean resume(ApplyOptions options) {
        return engine.upgrading.resume(workspace, options);
    }

    /**
     * Takes an upgrade back that was interrupted before tables in use were changed; what was built is dropped.
     *
     * @return whether there was one
     * @throws io.datalifecycle.dlt.problem.ConflictException with {@code PLAN_REFUSED} when tables have changed: then resume it, and plan the way back
     */
    public boolean abandon() {
        return engine.upgrading.abandon(workspace);
    }

    /** Drops all columns and tables that upgrades have hidden, for good; gives their names. There is no way back then. */
    public List<String> purge() {
        return purge(Duration.ZERO);
    }

    /** The same for what has been hidden for at least this long. */
    public List<String> purge(Duration hiddenFor) {
        WorkspaceContext now = engine.contexts.find(workspace.id()).orElse(workspace);
        return engine.storage
                .reshaper()
                .purge(now, engine.clock.instant().minus(hiddenFor).plusNanos(1_000), false);
    }
}
