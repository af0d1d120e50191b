package io.datalifecycle.dlt;

import io.datalifecycle.dlt.connector.ConnectorStatus;
import io.datalifecycle.dlt.health.WorkspaceHealth;
import io.datalifecycle.dlt.plan.ApplyOptions;
import io.datalifecycle.dlt.plan.Plan;
import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.NotFoundException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.Entry;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.State;
import io.datalifecycle.dlt.template.Connector;
import io.datalifecycle.dlt.template.Dashboard;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Inferencestore;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.Model;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.template.TemplateId;
import io.datalifecycle.dlt.training.TrainingSetBuilder;
import io.datalifecycle.dlt.workspace.Overlay;
import io.datalifecycle.dlt.workspace.Quotas;
import io.datalifecycle.dlt.workspace.Revision;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import io.datalifecycle.dlt.workspace.WorkspaceState;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One customer's isolated instance of a template. A handle: cheap, immutable, thread-safe; it keeps the version it was made with. Methods
 * that take a key throw {@link NotFoundException} with the nearest known key.
 */
public final class Workspace {

    private final Engine engine;
    private final WorkspaceContext context;

    Workspace(Engine engine, WorkspaceContext context) {
        this.engine = engine;
        this.context = context;
    }

    public String key() {
        return context.key();
    }

    public WorkspaceId id() {
        return context.id();
    }

    /** The template it is pinned to. */
    public Template template() {
        return context.template();
    }

    /** Key, version and hash of that template. */
    public TemplateId templateId() {
        return context.templateId();
    }

    public ZoneId zone() {
        return context.zone();
    }

    /** Its parameters, defaults filled in. */
    public Map<String, Object> parameters() {
        return context.parameters();
    }

    public DatastoreHandle datastore(String key) {
        Datastore store = known(
                "datastore",
                key,
                template().datastore(key),
                template().datastores().stream().map(Datastore::key).toList());
        return new DatastoreHandle(engine, context, store);
    }

    public FeaturestoreHandle featurestore(String key) {
        Featurestore store = known(
                "featurestore",
                key,
                template().featurestore(key),
                template().featurestores().stream().map(Featurestore::key).toList());
        return new FeaturestoreHandle(engine, context, store);
    }

    public InferencestoreHandle inferencestore(String key) {
        Inferencestore store = known(
                "inferencestore",
                key,
                template().inferencestore(key),
                template().inferencestores().stream().map(Inferencestore::key).toList());
        return new InferencestoreHandle(engine, context, store);
    }

    public ModelHandle model(String key) {
        Model model = known(
                "model",
                key,
                template().model(key),
                template().models().stream().map(Model::key).toList());
        return new ModelHandle(engine, context, model);
    }

    public MetricHandle metric(String key) {
        Metric metric = known(
                "metric",
                key,
                template().metric(key),
                template().metrics().stream().map(Metric::key).toList());
        return new MetricHandle(engine, context, metric, Map.of());
    }

    public DashboardHandle dashboard(String key) {
        Dashboard dashboard = known(
                "dashboard",
                key,
                template().dashboard(key),
                template().dashboards().stream().map(Dashboard::key).toList());
        return new DashboardHandle(engine, context, dashboard, Map.of());
    }

    public ConnectorHandle connector(String key) {
        Connector connector = known(
                "connector",
                key,
                template().connectors().stream()
                        .filter(c -> c.key().equals(key))
                        .findFirst(),
                template().connectors().stream().map(Connector::key).toList());
        return new ConnectorHandle(engine, context, connector);
    }

    /**
     * Rows joined with what stores said at each row's time, never with what came later. Checked now, read when it is asked for.
     *
     * <pre>{@code
     * TrainingSet set = north.trainingSet(t -> t
     *         .entities(Rows.csv(Path.of("failures.csv"))).time("ts").carry("failed", ColumnType.BOOLEAN)
     *         .feature("featurestore:pump_metrics_10min",
     *                 f -> f.by("asset_id").columns("pressure_avg").within(Duration.ofHours(2))));
     * set.writeCsv(Path.of("training.csv"));
     * }</pre>
     *
     * @throws DltException with {@code TRAINING_SET}, {@code ITEM_NOT_FOUND}, {@code UNKNOWN_COLUMN} or {@code NAME_COLLISION} for what cannot be joined
     */
    public TrainingSet trainingSet(Consumer<TrainingSetBuilder> nested) {
        TrainingSetBuilder builder = new TrainingSetBuilder();
        nested.accept(builder);
        return new TrainingSet(engine.trainingSets.prepare(context, builder.build()));
    }

    /** What it may take in. */
    public Quotas quotas() {
        return engine.storage.quotas().of(context);
    }

    /**
     * Limits what it may take in; {@link Quotas#NONE} lifts all limits. They hold at once on this node, within ten seconds on others. Counts
     * its rows when rows are limited.
     */
    public void quotas(Quotas quotas) {
        engine.storage.quotas().set(context, quotas);
    }

    /** Rows and disk it has now; reads all its tables. */
    public Quotas.Usage usage() {
        return engine.storage.quotas().usage(context);
    }

    /** A connector that is in no template, for instance to bring in the files of a past; positions are kept under its key. */
    public ConnectorHandle connector(Connector connector) {
        if (template().connectors().stream().anyMatch(c -> c.key().equals(connector.key()))) {
            throw new ConflictException(
                    ProblemCode.DUPLICATE_KEY,
                    "the template has a connector " + connector.key() + " already; give this one another key");
        }
        return new ConnectorHandle(engine, context, connector);
    }

    /** Where its connectors stand, in the order of the template. */
    public List<ConnectorStatus> connectors() {
        return template().connectors().stream()
                .map(connector -> new ConnectorHandle(engine, context, connector).status())
                .toList();
    }

    /** Its alerts: states, history, evaluation. */
    public Alerts alerts() {
        return new Alerts(engine, context);
    }

    /** Its jobs: when they run, and pausing, running, skipping and replaying them. */
    public Schedules schedules() {
        return new Schedules(engine, context);
    }

    /** Its reports. */
    public Reports reports() {
        return new Reports(engine, context);
    }

    /** Creates chunks or partitions ahead, drops those past their retention and purges what is expired in quarantine. Gives the names of what was dropped. */
    public List<String> maintain() {
        List<String> dropped = engine.storage.provisioner().maintain(context, engine.clock.instant());
        engine.storage.quotas().recount(context);
        return dropped;
    }

    /**
     * Makes hypertables of partitioned tables, after TimescaleDB was created in a database that had workspaces already. Moves all rows;
     * readers and writers of a table wait meanwhile. Gives the names of the tables that were converted, none the second time.
     */
    public List<String> convert() {
        return engine.storage.provisioner().convert(context);
    }

    /**
     * What has to change so that it follows another version of its template; nothing is changed yet.
     *
     * <pre>{@code
     * Plan plan = north.plan("2.0.0");
     * System.out.println(plan);
     * north = north.apply(plan);
     * }</pre>
     *
     * @throws NotFoundException when the version is not published
     */
    public Plan plan(String version) {
        return plan(version, u -> {});
    }

    /**
     * The same with other parameters or another overlay. Conflicts of an overlay with the version are problems of the plan, all at once.
     *
     * <pre>{@code
     * Plan plan = north.plan("2.0.0", u -> u.param("pressure_limit", 9.5).overlay(overlay));
     * }</pre>
     */
    public Plan plan(String version, Consumer<UpgradeDraft> settings) {
        Entry entry = entry();
        UpgradeDraft draft = new UpgradeDraft();
        settings.accept(draft);
        return engine.upgrading
                .plan(
                        entry,
                        draft.target(
                                version, entry.pin(), new Templates(engine).published(entry.templateKey(), version)))
                .plan();
    }

    /** What has to change so that the workspace deviates from its version as an overlay says; {@link Overlay#NONE} for not at all. */
    public Plan plan(Overlay overlay) {
        return plan(entry().templateVersion(), u -> u.overlay(overlay));
    }

    /** How it deviates from its version; {@link Overlay#NONE} when it does not. */
    public Overlay overlay() {
        return entry().pin().overlay().map(Overlay::read).orElse(Overlay.NONE);
    }

    /** The same for a template that is published. */
    public Plan plan(Template published) {
        return plan(published.version());
    }

    /** Carries a plan out; one that hides something is refused. See {@link #apply(Plan, ApplyOptions)}. */
    public Workspace apply(Plan plan) {
        return apply(plan, ApplyOptions.STANDARD);
    }

    /**
     * Carries a plan out while rows come in and metrics are asked. Tables change in one transaction; what is built beside before, and filled
     * after it, is done step by step, and an upgrade that was interrupted is taken up or taken back with {@link #upgrades}. What is removed is
     * hidden until it is purged.
     *
     * @return the workspace as it is now; this handle keeps the earlier version
     * @throws ConflictException with {@code PLAN_OUTDATED} when it is not what would be planned now, {@code PLAN_REFUSED} when it hides
     *     something without leave or rows do not fit, {@code UPGRADE_RUNNING} when another upgrade runs or was interrupted
     */
    public Workspace apply(Plan plan, ApplyOptions options) {
        engine.upgrading.apply(entry(), plan, options);
        return current();
    }

    /** Its upgrades: what was done, going on with or taking back one that was interrupted, and dropping what was hidden. */
    public Upgrades upgrades() {
        return new Upgrades(engine, context);
    }

    /** The workspace as it is pinned now; this handle keeps what it was made with. */
    public Workspace current() {
        return new Workspace(engine, engine.contexts.of(entry()));
    }

    private Entry entry() {
        return engine.storage
                .workspaces()
                .find(context.id())
                .filter(entry -> entry.state() != State.DELETED)
                .orElseThrow(() -> new NotFoundException(
                        ProblemCode.WORKSPACE_NOT_FOUND, "workspace " + key() + " was deleted; nothing is left of it"));
    }

    /** Its state now. */
    public WorkspaceState state() {
        return engine.lifecycle.state(context);
    }

    /**
     * Lets its jobs rest and refuses rows, on all nodes; reads, metrics, dashboards and deletions of rows go on. What is being ingested goes on to its
     * end, a run of a connector for a minute at most. Suspending again changes nothing.
     *
     * @throws ConflictException with {@code WORKSPACE_STATE} while it is being provisioned
     */
    public void suspend() {
        engine.lifecycle.change(context, State.SUSPENDED);
    }

    /** The same as {@link #suspend()}, and fleets leave it alone. */
    public void archive() {
        engine.lifecycle.change(context, State.ARCHIVED);
    }

    /** Lets it work again. Its jobs make up for what they missed as each kind does. */
    public void activate() {
        engine.lifecycle.change(context, State.ACTIVE);
    }

    /**
     * Gives it other parameters or another time zone, all of it or nothing; the change is kept in {@link #history()}. Featurestores that follow from
     * what changed are computed anew by their next refreshes.
     * <pre>{@code
     * north = north.configure(c -> c.param("vibration_limit", 0.5).timezone("Europe/Oslo").because("customer asked"));
     * }</pre>
     *
     * @return the workspace as it is now; this handle keeps what it was made with
     * @throws io.datalifecycle.dlt.problem.InvalidInputException with all that is wrong
     * @throws ConflictException with {@code WORKSPACE_CHANGED} when somebody else changed it at the same time
     */
    public Workspace configure(Consumer<WorkspaceChange> settings) {
        WorkspaceChange change = new WorkspaceChange();
        settings.accept(change);
        return new Workspace(engine, engine.lifecycle.configure(context, change));
    }

    /**
     * Moves its tables into another data database while it works; writers wait for a moment at the end. Both sides are compared before the old one is
     * dropped. Interrupted anywhere, it is called again, or with the present placement, which takes it back. Who writes with an older handle gets
     * {@code WORKSPACE_CHANGED} and asks for the workspace again.
     */
    public Workspace moveTo(String placement) {
        return new Workspace(engine, new Moves(engine).move(context, placement));
    }

    /** What it was set to, the newest first. */
    public List<Revision> history() {
        return engine.lifecycle.history(context);
    }

    /** How it is: databases, stores, connectors, schedules, messages. Asks, and never throws for what is wrong. */
    public WorkspaceHealth health() {
        return engine.health.of(context);
    }

    WorkspaceContext context() {
        return context;
    }

    private <T> T known(String kind, String key, Optional<T> found, List<String> keys) {
        return found.orElseThrow(() -> new NotFoundException(
                ProblemCode.ITEM_NOT_FOUND,
                "workspace " + key() + " has no " + kind + " " + key + " (template " + templateId() + "); "
                        + DidYouMean.hint(key, keys)));
    }

    @Override
    public String toString() {
        return "workspace " + key() + " (" + id() + ") of " + templateId();
    }
}
