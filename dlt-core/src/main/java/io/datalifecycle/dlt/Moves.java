package io.datalifecycle.dlt;

import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.schedule.internal.JobPlan;
import io.datalifecycle.dlt.spi.Relocation;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.Entry;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.Pin;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.State;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves workspaces from one data database to another. Thread-safe; one move or upgrade of a workspace at a time. */
final class Moves {

    private static final Logger LOG = LoggerFactory.getLogger(Moves.class);

    private final Engine engine;

    Moves(Engine engine) {
        this.engine = engine;
    }

    WorkspaceContext move(WorkspaceContext workspace, String placement) {
        Lifecycle.placement(workspace.key(), Optional.of(placement), engine.storage.placements());
        return engine.storage.upgrades().exclusively(workspace.id(), () -> moved(workspace, placement));
    }

    private WorkspaceContext moved(WorkspaceContext workspace, String placement) {
        Entry entry = arrived(engine.lifecycle.movable(workspace));
        WorkspaceContext from = engine.contexts.of(entry);
        Relocation relocation = engine.storage.relocation();
        for (String other : engine.storage.placements()) { // an earlier move may have left something
            if (!other.equals(entry.placement())) {
                relocation.abandon(from, at(from, other));
            }
        }
        if (entry.placement().equals(placement)) {
            return from;
        }
        if (!engine.storage.reshaper().standing(from).hidden().isEmpty()) {
            throw new ConflictException(
                    ProblemCode.WORKSPACE_STATE,
                    "workspace " + entry.key()
                            + " has columns or tables that upgrades have hidden, which do not move; upgrades().purge() drops them");
        }
        WorkspaceContext to = at(from, placement);
        boolean gone = false;
        try {
            relocation.move(from, to);
            gone = true;
        } finally {
            if (!gone) {
                giveUp(relocation, from, to);
            }
        }
        WorkspaceContext moved =
                engine.contexts.of(pin(entry, placement, "moved from " + entry.placement() + " to " + placement));
        engine.queue.put(entry.id(), JobPlan.of(moved, engine::isFetched, engine.schedule.spread()));
        return moved;
    }

    /** A move that was cut off at its very end has left its old place, and only the catalogue does not know. */
    private Entry arrived(Entry entry) {
        Relocation relocation = engine.storage.relocation();
        boolean left = entry.state() != State.PROVISIONING && relocation.hasLeft(entry.id(), entry.placement());
        Optional<String> found = left ? relocation.whereabouts(entry.id()) : Optional.empty();
        return found.map(place -> pin(entry, place, "moved from " + entry.placement() + " to " + place))
                .orElse(entry);
    }

    private Entry pin(Entry entry, String placement, String reason) {
        Pin pin = new Pin(
                entry.templateVersion(),
                entry.parameters(),
                entry.zone(),
                placement,
                entry.pin().overlay(),
                entry.pin().veiled());
        return engine.storage.workspaces().pin(entry.id(), entry.revision(), pin, reason);
    }

    /** The next revision there. */
    private static WorkspaceContext at(WorkspaceContext workspace, String placement) {
        return new WorkspaceContext(
                workspace.id(),
                workspace.key(),
                workspace.templateId(),
                workspace.template(),
                workspace.parameters(),
                workspace.zone(),
                placement,
                workspace.revision() + 1,
                workspace.veiled());
    }

    /** The first failure is the one to tell. */
    private static void giveUp(Relocation relocation, WorkspaceContext from, WorkspaceContext to) {
        try {
            if (!relocation.hasLeft(from.id(), from.placement())) {
                relocation.abandon(from, to);
            }
        } catch (DltException later) {
            LOG.warn(
                    "workspace {}: what its move has left in {} cannot be removed now, moveTo(\"{}\") does: {}",
                    from.key(),
                    to.placement(),
                    from.placement(),
                    later.getMessage());
        }
    }
}
