package io.datalifecycle.dlt.plan.internal;

import io.datalifecycle.dlt.plan.ApplyOptions;
import io.datalifecycle.dlt.plan.Change;
import io.datalifecycle.dlt.plan.ChangeClass;
import io.datalifecycle.dlt.plan.Plan;
import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.problem.Severity;
import io.datalifecycle.dlt.problem.StoreUnavailableException;
import io.datalifecycle.dlt.spi.Reshaper;
import io.datalifecycle.dlt.spi.Storage;
import io.datalifecycle.dlt.spi.UpgradeJournal;
import io.datalifecycle.dlt.spi.UpgradeJournal.Entry;
import io.datalifecycle.dlt.spi.UpgradeJournal.Stage;
import io.datalifecycle.dlt.spi.WorkspaceCatalog;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.Pin;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries plans out. Each step can be done again, and the journal says which one is next, so that whoever comes after an interruption goes on
 * where it was. Thread-safe.
 */
public final class Upgrader {

    private static final Logger LOG = LoggerFactory.getLogger(Upgrader.class);

    private final UpgradeJournal journal;
    private final Reshaper reshaper;
    private final WorkspaceCatalog workspaces;
    private final Work work;
    private final InstantSource clock;

    public Upgrader(Storage storage, Work work, InstantSource clock) {
        this.journal = storage.upgrades();
        this.reshaper = storage.reshaper();
        this.workspaces = storage.workspaces();
        this.work = work;
        this.clock = clock;
    }

    /** What an upgrade has others do. */
    public interface Work {

        /** Brings a featurestore up to date. */
        void fill(WorkspaceContext workspace, Featurestore store);

        /** Trains a model. */
        void train(WorkspaceContext workspace, String model);

        /** Makes the jobs of a workspace those that its template asks for. */
        void jobs(WorkspaceContext workspace);

        /** Whether two versions ask for the same jobs. */
        boolean hasSameJobs(WorkspaceContext before, WorkspaceContext after);

        /** A workspace as it is pinned now. */
        WorkspaceContext pinned(WorkspaceContext workspace);

        /** Plans an upgrade that was begun anew, as it was planned then. */
        Planned plan(Entry begun);
    }

    /**
     * Carries a plan out.
     *
     * @param pin what the workspace will be pinned to
     * @throws ConflictException with {@code PLAN_REFUSED} for what is not allowed, {@code UPGRADE_RUNNING} when another upgrade runs or was
     *     interrupted, {@code WORKSPACE_CHANGED} when the workspace is not what it was when it was planned
     */
    public void apply(Planned planned, Pin pin, ApplyOptions options) {
        refuse(planned.plan(), options);
        if (planned.plan().isEmpty()) {
            return;
        }
        WorkspaceContext workspace = planned.from();
        journal.exclusively(workspace.id(), () -> {
            Optional<Entry> open = open(workspace);
            if (open.isPresent()) {
                throw new ConflictException(
                        ProblemCode.UPGRADE_RUNNING,
                        "workspace " + workspace.key() + ": the upgrade to "
                                + open.get().way().toVersion() + " begun at "
                                + open.get().startedAt()
                                + " was interrupted; call upgrades().resume() or upgrades().abandon() first");
            }
            refuseOther(workspace);
            Entry.Way way = new Entry.Way(
                    planned.from().templateId().version(),
                    workspace.revision(),
                    pin.templateVersion(),
                    pin.overlay(),
                    pin.parameters(),
                    options.allowDestructive(),
                    planned.plan().json());
            Stage first = planned.building().stores().isEmpty() ? Stage.CHANGING : Stage.BUILDING;
            run(journal.begin(workspace.id(), way, first), first, planned, pin, options);
            return true;
        });
    }

    private void refuseOther(WorkspaceContext workspace) {
        WorkspaceCatalog.Entry entry = workspaces
                .find(workspace.id())
                .filter(e -> e.state() != WorkspaceCatalog.State.DELETED)
                .orElseThrow(() -> new ConflictException(
                        ProblemCode.WORKSPACE_CHANGED,
                        "workspace " + workspace.key() + " was deleted; nothing is left to upgrade"));
        if (entry.revision() != workspace.revision()) {
            throw new ConflictException(
                    ProblemCode.WORKSPACE_CHANGED,
                    "workspace " + workspace.key() + " has revision " + entry.revision()
                            + ", the plan was made for revision " + workspace.revision() + "; plan again");
        }
    }

    private static void refuse(Plan plan, ApplyOptions options) {
        List<Problem> errors = plan.problems().stream()
                .filter(p -> p.severity() == Severity.ERROR)
                .toList();
        if (!errors.isEmpty()) {
            throw new ConflictException(
                    errors.get(0).code(),
                    "workspace " + plan.workspace() + " cannot go from " + plan.from() + " to " + plan.to() + ": "
                            + errors.stream().map(Problem::toString).collect(Collectors.joining("; ")));
        }
        if (plan.isDestructive() && !options.allowDestructive()) {
            throw new ConflictException(
                    ProblemCode.PLAN_REFUSED,
                    "workspace " + plan.workspace() + ": the way from "
                            + plan.from().version() + " to "
                            + plan.to().version() + " hides what is stored: "
                            + plan.changes().stream()
                                    .filter(c -> c.changeClass() == ChangeClass.DESTRUCTIVE)
                                    .map(Change::item)
                                    .collect(Collectors.joining(", "))
                            + "; look at the plan, then allow it with ApplyOptions.ALLOW_DESTRUCTIVE");
        }
    }

    private Optional<Entry> open(WorkspaceContext workspace) {
        return journal.of(workspace.id()).stream()
                .filter(entry -> entry.stage().isOpen())
                .findFirst();
    }

    /** Goes on with an upgrade that was interrupted; whether there was one. */
    public boolean resume(WorkspaceContext workspace, ApplyOptions options) {
        return journal.exclusively(workspace.id(), () -> {
            Optional<Entry> open = open(workspace);
            open.ifPresent(entry -> {
                Planned planned = work.plan(entry);
                Entry.Way way = entry.way();
                Pin pin = new Pin(
                        way.toVersion(),
                        way.toParameters(),
                        planned.to().zone(),
                        planned.to().placement(),
                        way.toOverlay(),
                        Set.of());
                run(entry.id(), entry.stage(), planned, pin, options);
            });
            return open.isPresent();
        });
    }

    /**
     * Takes back an upgrade that was interrupted before anything in use was changed; whether there was one.
     *
     * @throws ConflictException with {@code PLAN_REFUSED} when tables have changed already
     */
    public boolean abandon(WorkspaceContext workspace) {
        return journal.exclusively(workspace.id(), () -> {
            Optional<Entry> open = open(workspace);
            open.ifPresent(entry -> {
                boolean changed = entry.stage() == Stage.FINISHING
                        || reshaper.revision(workspace) > entry.way().fromRevision();
                if (changed) {
                    throw new ConflictException(
                            ProblemCode.PLAN_REFUSED,
                            "workspace " + workspace.key() + ": the tables are those of "
                                    + entry.way().toVersion()
                                    + " already; resume the upgrade, then plan the way back");
                }
                takeBack(entry.id(), work.plan(entry), "abandoned");
            });
            return open.isPresent();
        });
    }

    private void takeBack(long upgrade, Planned planned, String why) {
        reshaper.abandon(
                planned.from(),
                planned.building().workspace(),
                planned.building().stores(),
                planned.building().first());
        journal.stage(upgrade, Stage.ABANDONED, Optional.of(why));
    }

    private void run(long upgrade, Stage stage, Planned planned, Pin pin, ApplyOptions options) {
        try {
            if (stage == Stage.BUILDING) {
                build(upgrade, planned);
            }
            if (stage != Stage.FINISHING) {
                change(upgrade, planned, pin, options);
            }
        } catch (StoreUnavailableException interrupted) {
            noted(upgrade, stage, interrupted);
            throw interrupted;
        } catch (DltException refused) {
            takeBack(upgrade, planned, String.valueOf(refused.getMessage()));
            throw refused;
        }
        if (stage == Stage.FINISHING || !isAllDone(planned)) {
            finish(upgrade, planned, options);
        }
        LOG.info(
                "workspace {}: from {} to {}",
                planned.from().key(),
                planned.from().templateId(),
                planned.to().templateId());
    }

    /** The database that holds the journal may be the one that is away. */
    private void noted(long upgrade, Stage stage, DltException failure) {
        try {
            Stage now = journal.stageOf(upgrade).orElse(stage);
            journal.stage(upgrade, now, Optional.of(String.valueOf(failure.getMessage())));
        } catch (StoreUnavailableException away) {
            failure.addSuppressed(away);
        }
    }

    private void build(long upgrade, Planned planned) {
        Planned.Building building = planned.building();
        reshaper.prepare(building.workspace(), building.stores(), building.first(), upgrade);
        building.stores().forEach(store -> work.fill(building.workspace(), store));
        journal.stage(upgrade, Stage.CHANGING, Optional.empty());
    }

    private void change(long upgrade, Planned planned, Pin pin, ApplyOptions options) {
        Map<String, String> readers = new LinkedHashMap<>();
        planned.items().renamed().forEach((item, was) -> {
            if (item.startsWith("connector:") || item.startsWith("model:")) {
                readers.put(item, was);
            }
        });
        Set<Ref> veiled = reshaper.reshape(new Reshaper.Reshape(
                planned.from(),
                planned.to(),
                planned.changes(),
                planned.same(),
                readers,
                options.lockTimeout(),
                options.patience(),
                clock.instant()));
        Set<String> names = veiled.stream().map(Ref::toString).collect(Collectors.toUnmodifiableSet());
        journal.pin(
                upgrade,
                new Pin(pin.templateVersion(), pin.parameters(), pin.zone(), pin.placement(), pin.overlay(), names),
                planned.items(),
                isAllDone(planned) ? Stage.DONE : Stage.FINISHING);
    }

    /** Whether nothing follows the pinning. */
    private boolean isAllDone(Planned planned) {
        return planned.backfills().isEmpty()
                && planned.retrain().isEmpty()
                && work.hasSameJobs(planned.from(), planned.to());
    }

    private void finish(long upgrade, Planned planned, ApplyOptions options) {
        WorkspaceContext now = work.pinned(planned.to());
        work.jobs(now);
        List<String> failures = new ArrayList<>();
        if (options.backfill()) {
            for (Featurestore store : planned.backfills()) {
                attempt(store.ref().toString(), failures, () -> work.fill(now, store));
            }
            for (String model : planned.retrain()) {
                attempt("model:" + model, failures, () -> work.train(now, model));
            }
        }
        journal.stage(
                upgrade, Stage.DONE, failures.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", failures)));
    }

    /** What cannot be filled or trained now is for its schedule; the upgrade itself is through. */
    private static void attempt(String item, List<String> failures, Runnable work) {
        try {
            work.run();
        } catch (StoreUnavailableException away) {
            throw away;
        } catch (DltException failure) {
            failures.add(item + ": " + failure.getMessage());
        }
    }
}
