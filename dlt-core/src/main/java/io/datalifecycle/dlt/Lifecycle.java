package io.datalifecycle.dlt;

import io.datalifecycle.dlt.check.TemplateChecker;
import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.InvalidInputException;
import io.datalifecycle.dlt.problem.NotFoundException;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.schedule.internal.JobPlan;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.Entry;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.Pin;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.State;
import io.datalifecycle.dlt.template.Connector;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.workspace.Erasure;
import io.datalifecycle.dlt.workspace.ParameterValues;
import io.datalifecycle.dlt.workspace.Revision;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import io.datalifecycle.dlt.workspace.WorkspaceState;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What happens to a workspace between its making and its end: states, settings, deletion. Thread-safe. */
final class Lifecycle {

    private final Engine engine;

    Lifecycle(Engine engine) {
        this.engine = engine;
    }

    /** Its state now; one that was deleted is in that state for ever. */
    WorkspaceState state(WorkspaceContext workspace) {
        return WorkspaceState.valueOf(entry(workspace).state().name());
    }

    /** The workspace as it is pinned now; throws unless it takes rows now, here. One question to the app database. */
    WorkspaceContext requireRows(WorkspaceContext workspace) {
        Entry entry = entry(workspace);
        if (entry.state() == State.DELETED || entry.state() == State.DELETING) {
            throw deleted(workspace);
        }
        if (entry.state() != State.ACTIVE) {
            throw new ConflictException(
                    ProblemCode.WORKSPACE_STATE,
                    "workspace " + workspace.key() + " is " + word(entry.state())
                            + " and takes no rows; workspace.activate() lets it work again");
        }
        if (!entry.placement().equals(workspace.placement())) {
            throw new ConflictException(
                    ProblemCode.WORKSPACE_CHANGED,
                    "workspace " + workspace.key() + " lives in " + entry.placement() + " now, no longer in "
                            + workspace.placement() + "; ask for it again with workspace(\"" + workspace.key() + "\")");
        }
        return entry.revision() == workspace.revision() ? workspace : engine.contexts.of(entry);
    }

    /** A datastore in the version that is pinned now, which may have another name for it. */
    Datastore now(WorkspaceContext then, WorkspaceContext now, Datastore store) {
        if (then == now) {
            return store;
        }
        return engine.upgrading
                .following(then, now)
                .store(store.ref())
                .map(Datastore.class::cast)
                .orElseThrow(() -> new NotFoundException(
                        ProblemCode.ITEM_NOT_FOUND,
                        "workspace " + now.key() + " has no datastore " + store.key() + " any more (template "
                                + now.templateId() + ")"));
    }

    /** A connector in the version that is pinned now, which may have another name for it; one of the host's own stays as it is. */
    Connector now(WorkspaceContext then, WorkspaceContext now, Connector connector) {
        return then == now
                ? connector
                : engine.upgrading.following(then, now).connector(connector).orElse(connector);
    }

    /** Changes the state; the same again changes nothing. */
    void change(WorkspaceContext workspace, State to) {
        Entry entry = entry(workspace);
        if (entry.state() == State.DELETED || entry.state() == State.DELETING) {
            throw deleted(workspace);
        }
        if (entry.state() == State.PROVISIONING) {
            throw new ConflictException(
                    ProblemCode.WORKSPACE_STATE,
                    "workspace " + workspace.key()
                            + " is being provisioned; provision it again to mend what was interrupted, or delete it");
        }
        if (entry.state() != to) {
            engine.storage.workspaces().state(workspace.id(), to);
        }
    }

    /** Gives a workspace other parameters or another zone, all of it or nothing. */
    WorkspaceContext configure(WorkspaceContext workspace, WorkspaceChange change) {
        return engine.storage.upgrades().exclusively(workspace.id(), () -> configured(workspace, change));
    }

    private WorkspaceContext configured(WorkspaceContext workspace, WorkspaceChange change) {
        Entry entry = entry(workspace);
        refuseUpgrading(workspace);
        if (entry.state() == State.DELETED || entry.state() == State.DELETING) {
            throw deleted(workspace);
        }
        Template template = engine.contexts.of(entry).template();
        Map<String, Object> parameters = change.applied(entry.parameters());
        List<Problem> problems =
                new ArrayList<>(ParameterValues.resolve(template, parameters).problems());
        Optional<ZoneId> zone = zone(change, problems);
        zone.ifPresent(other -> problems.addAll(TemplateChecker.checkZone(template, other)));
        refuse(entry.key(), problems);
        Pin pin = new Pin(
                entry.templateVersion(),
                plain(parameters),
                zone.orElse(entry.zone()),
                entry.placement(),
                entry.pin().overlay(),
                entry.pin().veiled());
        WorkspaceContext before = engine.contexts.of(entry);
        boolean same = parameters.keySet().equals(entry.parameters().keySet())
                && ParameterValues.resolve(template, parameters).values().equals(before.parameters());
        if (same && pin.zone().equals(entry.zone())) {
            return before;
        }
        WorkspaceContext context =
                engine.contexts.of(engine.storage.workspaces().pin(entry.id(), entry.revision(), pin, change.reason()));
        engine.storage.reshaper().raise(context);
        if (!pin.zone().equals(entry.zone())) {
            engine.storage.provisioner().provision(context); // views follow the zone, too
            engine.queue.put(entry.id(), JobPlan.of(context, engine::isFetched, engine.schedule.spread()));
        }
        return context;
    }

    /** What it was set to, the newest first. */
    List<Revision> history(WorkspaceContext workspace) {
        return engine.storage.workspaces().history(workspace.id()).stream()
                .map(past -> new Revision(
                        past.revision(),
                        past.pin().templateVersion(),
                        past.pin().parameters(),
                        past.pin().zone(),
                        past.pin().placement(),
                        past.pin().overlay().isPresent(),
                        past.since(),
                        past.reason()))
                .toList();
    }

    private static Optional<ZoneId> zone(WorkspaceChange change, List<Problem> problems) {
        try {
            return change.zone().map(ZoneId::of);
        } catch (DateTimeException e) {
            problems.add(Problem.error(
                    ProblemCode.PARAMETER_INVALID,
                    "/timezone",
                    "time zone " + change.zone().orElse("") + " is not known",
                    "write it like Europe/Oslo"));
            return Optional.empty();
        }
    }

    /** The data database that is asked for, or the first. */
    static String placement(String key, Optional<String> wanted, List<String> placements) {
        String placement = wanted.orElse(placements.get(0));
        if (!placements.contains(placement)) {
            throw new InvalidInputException(
                    ProblemCode.CONFIGURATION,
                    "workspace " + key + ": placement " + placement + " is not known; "
                            + DidYouMean.hint(placement, placements));
        }
        return placement;
    }

    /** Throws with everything that is wrong with the settings of a workspace. */
    static void refuse(String key, List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new InvalidInputException(
                    problems.get(0).code(),
                    "workspace " + key + ": "
                            + problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
        }
    }

    /** Times are kept as text, so that they come back as they went in. */
    static Map<String, Object> plain(Map<String, Object> parameters) {
        Map<String, Object> plain = new LinkedHashMap<>();
        parameters.forEach((key, value) -> plain.put(key, value instanceof Temporal ? value.toString() : value));
        return plain;
    }

    /** Erases a workspace. Interrupted, it is asked for again and goes on. */
    Erasure delete(WorkspaceContext workspace) {
        engine.storage.workspaces().state(workspace.id(), State.DELETING);
        engine.queue.remove(workspace.id());
        for (var connector : workspace.template().connectors()) {
            engine.connectors.close(workspace, connector.key());
        }
        Erasure erasure = engine.storage.erasures().erase(workspace);
        engine.queue.remove(workspace.id()); // what was planned until the doors were shut
        engine.storage.workspaces().state(workspace.id(), State.DELETED);
        return erasure;
    }

    /** What the catalogue says of a workspace that may be moved now. */
    Entry movable(WorkspaceContext workspace) {
        Entry entry = entry(workspace);
        if (entry.state() == State.DELETED || entry.state() == State.DELETING) {
            throw deleted(workspace);
        }
        if (entry.state() == State.PROVISIONING) {
            throw new ConflictException(
                    ProblemCode.WORKSPACE_STATE,
                    "workspace " + workspace.key() + " is being provisioned; move it when that is done");
        }
        refuseUpgrading(workspace);
        return entry;
    }

    /** An upgrade that was interrupted leads from the revision that it began with. */
    private void refuseUpgrading(WorkspaceContext workspace) {
        if (engine.storage.upgrades().of(workspace.id()).stream()
                .anyMatch(upgrade -> upgrade.stage().isOpen())) {
            throw new ConflictException(
                    ProblemCode.UPGRADE_RUNNING,
                    "workspace " + workspace.key()
                            + " has an upgrade that was interrupted; upgrades().resume() or upgrades().abandon() first");
        }
    }

    private Entry entry(WorkspaceContext workspace) {
        return entry(workspace.id()).orElseThrow(() -> deleted(workspace));
    }

    private Optional<Entry> entry(WorkspaceId id) {
        return engine.storage.workspaces().find(id);
    }

    private static DltException deleted(WorkspaceContext workspace) {
        return new NotFoundException(
                ProblemCode.WORKSPACE_NOT_FOUND,
                "workspace " + workspace.key() + " (" + workspace.id() + ") was deleted; provision it anew");
    }

    private static String word(State state) {
        return state == State.PROVISIONING ? "being provisioned" : state.name().toLowerCase(java.util.Locale.ROOT);
    }
}
