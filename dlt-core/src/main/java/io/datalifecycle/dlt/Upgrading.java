package io.datalifecycle.dlt;

import io.datalifecycle.dlt.check.TemplateChecker;
import io.datalifecycle.dlt.ingest.internal.Following;
import io.datalifecycle.dlt.plan.ApplyOptions;
import io.datalifecycle.dlt.plan.Plan;
import io.datalifecycle.dlt.plan.Target;
import io.datalifecycle.dlt.plan.internal.Planned;
import io.datalifecycle.dlt.plan.internal.Planner;
import io.datalifecycle.dlt.plan.internal.Question;
import io.datalifecycle.dlt.plan.internal.Renaming;
import io.datalifecycle.dlt.plan.internal.Upgrader;
import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.schedule.internal.JobPlan;
import io.datalifecycle.dlt.spi.JobQueue.Job;
import io.datalifecycle.dlt.spi.TemplateCatalog.TemplateVersion;
import io.datalifecycle.dlt.spi.UpgradeJournal;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.Entry;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.Past;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.Pin;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.State;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Renames;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.template.Version;
import io.datalifecycle.dlt.workspace.Overlay;
import io.datalifecycle.dlt.workspace.ParameterValues;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes plans from what the catalogue knows, and has them carried out. */
final class Upgrading implements Upgrader.Work {

    private final Engine engine;
    private final Upgrader upgrader;

    Upgrading(Engine engine) {
        this.engine = engine;
        this.upgrader = new Upgrader(engine.storage, this, engine.clock);
    }

    /** What has to be done so that a workspace is what the target says. */
    Planned plan(Entry entry, Target target) {
        Pin pin = pin(entry, target);
        Entry later = later(entry, target);
        WorkspaceContext from = engine.contexts.of(entry);
        WorkspaceContext to = engine.contexts.of(later);
        Version before = new Version(from.templateId().version());
        Version after = new Version(to.templateId().version());
        boolean back = after.compareTo(before) < 0;
        boolean same = from.templateId().equals(to.templateId())
                && entry.pin().overlay().equals(pin.overlay())
                && entry.parameters().equals(pin.parameters());
        return Planner.plan(new Question(
                from,
                to,
                new Target(pin.templateVersion(), pin.overlay(), pin.parameters()),
                same,
                renaming(from, to),
                back,
                engine.storage.reshaper().standing(from),
                problems(entry, to, pin)));
    }

    /** What became of a workspace since it was looked up, and what its stores and columns were called then. */
    Optional<Following> since(WorkspaceContext then) {
        return ahead(then.id()).map(now -> following(then, now));
    }

    /** The same for a workspace that is known as it is now. */
    Following following(WorkspaceContext then, WorkspaceContext now) {
        Renaming renaming = renaming(then, now);
        return new Following(now, renaming.items(), renaming.columns());
    }

    /**
     * A workspace as its tables are: the one that is pinned, or, between the change of its tables and its pinning, the one that it is on the way
     * to. Whoever writes rows meanwhile need not wait, even when the node that upgrades it has died there.
     */
    private Optional<WorkspaceContext> ahead(WorkspaceId id) {
        // read before the pin, for what is no longer on the way then is pinned
        List<UpgradeJournal.Entry> upgrades = engine.storage.upgrades().of(id);
        return engine.storage
                .workspaces()
                .find(id)
                .filter(entry -> entry.state() != State.DELETED)
                .map(entry -> onTheWay(upgrades, entry).orElse(entry))
                .map(engine.contexts::of);
    }

    private Optional<Entry> onTheWay(List<UpgradeJournal.Entry> upgrades, Entry entry) {
        return upgrades.stream()
                .filter(upgrade -> upgrade.stage() == UpgradeJournal.Stage.CHANGING
                        && upgrade.way().fromRevision() == entry.revision())
                .map(UpgradeJournal.Entry::way)
                .filter(way -> engine.storage.reshaper().revision(engine.contexts.of(entry)) > entry.revision())
                .map(way -> later(entry, new Target(way.toVersion(), way.toOverlay(), way.toParameters())))
                .findFirst();
    }

    private Entry later(Entry entry, Target target) {
        return new Entry(
                entry.id(),
                entry.key(),
                entry.templateKey(),
                pin(entry, target),
                entry.revision() + 1,
                entry.state(),
                entry.createdAt());
    }

    /** Parameters that the later version does not have are no longer given; those it renamed move along. */
    private Pin pin(Entry entry, Target target) {
        Template template = new Templates(engine).published(entry.templateKey(), target.version());
        Map<String, Object> given = new LinkedHashMap<>(entry.parameters());
        template.renames().items().forEach((item, was) -> {
            if (item.startsWith("parameter:") && given.containsKey(was)) {
                given.putIfAbsent(item.substring(item.indexOf(':') + 1), given.get(was));
            }
        });
        given.keySet().removeIf(key -> template.parameter(key).isEmpty());
        given.putAll(target.parameters());
        return new Pin(
                target.version(),
                given,
                entry.zone(),
                entry.placement(),
                target.overlay(),
                entry.pin().veiled());
    }

    /** Versions between two may have renamed things, too. */
    private Renaming renaming(WorkspaceContext from, WorkspaceContext to) {
        Version before = new Version(from.templateId().version());
        Version after = new Version(to.templateId().version());
        boolean back = after.compareTo(before) < 0;
        Version low = back ? after : before;
        Version high = back ? before : after;
        List<Renames> path = engine.storage.templates().versions(to.templateId().key()).stream()
                .filter(version -> isBetween(new Version(version.id().version()), low, high))
                .sorted(Comparator.comparing(
                        (TemplateVersion version) -> new Version(version.id().version())))
                .map(version -> engine.contexts.template(version).renames())
                .toList();
        Renaming way = Renaming.through(path);
        return back ? way.back() : way;
    }

    private static boolean isBetween(Version version, Version low, Version high) {
        return version.compareTo(low) > 0 && version.compareTo(high) <= 0;
    }

    private List<Problem> problems(Entry entry, WorkspaceContext to, Pin pin) {
        List<Problem> problems = new ArrayList<>(
                ParameterValues.resolve(to.template(), pin.parameters()).problems());
        problems.addAll(TemplateChecker.checkZone(to.template(), entry.zone()));
        pin.overlay().ifPresent(text -> problems.addAll(overlay(entry, pin.templateVersion(), Overlay.read(text))));
        return problems;
    }

    /** What does not fit, and what is wrong with what the two give together; the database looks at its SQL as when a template is published. */
    private List<Problem> overlay(Entry entry, String version, Overlay overlay) {
        Templates templates = new Templates(engine);
        Overlay.Applied applied = overlay.applyTo(templates.published(entry.templateKey(), version));
        List<Problem> problems = new ArrayList<>(applied.conflicts());
        if (applied.fits()) {
            templates.check(applied.template()).stream().map(applied::explain).forEach(problems::add);
        }
        return problems;
    }

    /** Carries a plan out, if it still is what would be planned. */
    void apply(Entry entry, Plan plan, ApplyOptions options) {
        Planned planned = plan(entry, plan.target());
        if (!planned.plan().equals(plan)) {
            throw new ConflictException(
                    ProblemCode.PLAN_OUTDATED,
                    "workspace " + entry.key()
                            + " has changed since it was planned, and so would the plan; plan again and look at it");
        }
        upgrader.apply(planned, pin(entry, plan.target()), options);
    }

    /** Plans and carries the plan out at once; whether there was anything to do. */
    boolean follow(Entry entry, Target target, ApplyOptions options) {
        Planned planned = plan(entry, target);
        upgrader.apply(planned, pin(entry, target), options);
        return !planned.plan().isEmpty();
    }

    boolean resume(WorkspaceContext workspace, ApplyOptions options) {
        return upgrader.resume(workspace, options);
    }

    boolean abandon(WorkspaceContext workspace) {
        return upgrader.abandon(workspace);
    }

    @Override
    public Planned plan(UpgradeJournal.Entry begun) {
        Entry now = engine.storage.workspaces().find(begun.workspace()).orElseThrow();
        Pin before = engine.storage.workspaces().history(begun.workspace()).stream()
                .filter(past -> past.revision() == begun.way().fromRevision())
                .map(Past::pin)
                .findFirst()
                .orElse(now.pin());
        Entry then = new Entry(
                now.id(),
                now.key(),
                now.templateKey(),
                before,
                begun.way().fromRevision(),
                now.state(),
                now.createdAt());
        return plan(
                then,
                new Target(
                        begun.way().toVersion(),
                        begun.way().toOverlay(),
                        begun.way().toParameters()));
    }

    @Override
    public void fill(WorkspaceContext workspace, Featurestore store) {
        engine.refresher.refresh(workspace, store);
    }

    @Override
    public void train(WorkspaceContext workspace, String model) {
        workspace.template().model(model).ifPresent(m -> engine.training.train(workspace, m));
    }

    @Override
    public void jobs(WorkspaceContext workspace) {
        engine.queue.put(workspace.id(), jobsOf(workspace));
    }

    private List<Job> jobsOf(WorkspaceContext workspace) {
        return JobPlan.of(workspace, engine::isFetched, engine.schedule.spread());
    }

    @Override
    public boolean hasSameJobs(WorkspaceContext before, WorkspaceContext after) {
        return jobsOf(before).equals(jobsOf(after));
    }

    @Override
    public WorkspaceContext pinned(WorkspaceContext workspace) {
        return engine.contexts.find(workspace.id()).orElse(workspace);
    }
}
