package io.datalifecycle.dlt;

import io.datalifecycle.dlt.delivery.DeliveryReport;
import io.datalifecycle.dlt.plan.Plan;
import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.schedule.NodeRole;
import io.datalifecycle.dlt.spi.ConnectorType;
import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.spi.DltPlugin;
import io.datalifecycle.dlt.spi.JobQueue;
import io.datalifecycle.dlt.spi.Notifier;
import io.datalifecycle.dlt.spi.Storage;
import io.datalifecycle.dlt.template.Template;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Data Lifecycle Templatization: templates are published, workspaces are made from them, and each workspace takes in rows, derives,
 * predicts, shows, alerts and reports. Thread-safe. Nothing runs in the background before {@link #start}; everything a schedule does can
 * also be called directly.
 */
public final class Dlt implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Dlt.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int DEFAULT_THREADS = 2;

    private final Engine engine;
    private boolean started;
    private boolean closed;

    private Dlt(Engine engine) {
        this.engine = engine;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Publishing and looking up templates. */
    public Templates templates() {
        return new Templates(engine);
    }

    /** Making, finding and deleting workspaces. */
    public Workspaces workspaces() {
        return new Workspaces(engine);
    }

    /**
     * The template that a workspace runs, its overlay worked in; written with {@link io.datalifecycle.dlt.language.TemplateWriter#yaml} it
     * publishes to the same hash. With an overlay give it a version of its own first, for that of the template is frozen. Throws
     * {@link io.datalifecycle.dlt.problem.NotFoundException} for an unknown workspace.
     */
    public Template export(String workspaceKey) {
        return workspaces().workspace(workspaceKey).template();
    }

    /**
     * What has to change so that a workspace follows another version of its template; nothing is changed yet.
     *
     * @throws io.datalifecycle.dlt.problem.NotFoundException when there is no such workspace or the version is not published
     */
    public Plan plan(String workspaceKey, String templateKey, String version) {
        Workspace workspace = workspaces().workspace(workspaceKey);
        if (!workspace.templateId().key().equals(templateKey)) {
            throw new ConflictException(
                    ProblemCode.PLAN_REFUSED,
                    "workspace " + workspaceKey + " is of template "
                            + workspace.templateId().key() + ", not of " + templateKey
                            + "; a workspace stays with its template, provision another one");
        }
        return workspace.plan(version);
    }

    /** Starts background work on two threads for each of this node's roles. */
    public void start() {
        start(DEFAULT_THREADS);
    }

    /**
     * Starts background work: schedules refresh, train, score, evaluate, report and deliver from here. A second call does nothing.
     *
     * @param threads most jobs at once in each of this node's roles, 1 to 64; a job needs a connection or two while it runs
     */
    public synchronized void start(int threads) {
        if (threads < 1 || threads > 64) {
            throw new IllegalArgumentException("threads: " + threads + " is not between 1 and 64");
        }
        if (!started) {
            engine.queue.start(engine.jobs, engine.schedule.queue(threads, PATIENCE));
            if (engine.schedule.roles().contains(NodeRole.SCHEDULER)) {
                engine.loops.start();
            }
            started = true;
        }
    }

    /** Stops taking jobs and waits up to half a minute for those that run. */
    public synchronized void stop() {
        if (started) {
            engine.loops.stop(PATIENCE);
            engine.queue.stop();
            started = false;
        }
    }

    /** Sends everything in the outbox that is due, of all workspaces, in this thread. */
    public DeliveryReport deliver() {
        return engine.outbox.deliver();
    }

    /** Database to {@code up} or to what is wrong with it; never throws. */
    public Map<String, String> health() {
        return engine.storage.health();
    }

    /** Stops background work and closes the storage; a DataSource that the host gave stays open. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            stop();
            engine.connectors.close();
            engine.storage.close();
        }
    }

    /** What a {@link Dlt} is made of. Mutable, not thread-safe. */
    public static final class Builder {

        private @Nullable Storage storage;
        private @Nullable JobQueue jobs;
        private ScheduleSettings schedule = ScheduleSettings.STANDARD;
        private InstantSource clock = Clock.systemUTC();
        private final List<DltPlugin> plugins = new ArrayList<>();
        private final List<Notifier> notifiers = new ArrayList<>();
        private final List<ConnectorType> connectors = new ArrayList<>();
        private final List<DltListener> listeners = new ArrayList<>();

        private Builder() {}

        /** Where everything is kept; needed, given once. */
        public Builder storage(Storage storage) {
            if (this.storage != null) {
                throw new IllegalStateException("storage: is already " + this.storage);
            }
            this.storage = storage;
            return this;
        }

        /** Adds what one jar offers. */
        public Builder plugin(DltPlugin plugin) {
            plugins.add(plugin);
            return this;
        }

        /** Adds all plug-ins that the class path declares as services. */
        public Builder discoverPlugins() {
            ServiceLoader.load(DltPlugin.class).forEach(plugins::add);
            return this;
        }

        /** Adds one channel type. */
        public Builder notifier(Notifier notifier) {
            notifiers.add(notifier);
            return this;
        }

        /** Adds one type of connector, for instance {@code FileConnector.below(Path.of("/data/inbox"))}. */
        public Builder connector(ConnectorType type) {
            connectors.add(type);
            return this;
        }

        /** Adds a listener. */
        public Builder listener(DltListener listener) {
            listeners.add(listener);
            return this;
        }

        /** The clock of everything; the system's when not given. */
        public Builder clock(InstantSource clock) {
            this.clock = clock;
            return this;
        }

        /** What this node does in the background, at least one; all roles when not given. Every role needs a node that has it. */
        public Builder roles(NodeRole... roles) {
            schedule = schedule.roles(new LinkedHashSet<>(List.of(roles)));
            return this;
        }

        /**
         * How much later than its schedule says a job may begin, so that not all workspaces begin at once; half a minute when not given, zero
         * for none, an hour at most. Each job has an offset of its own that stays the same, at most a tenth of the distance of its runs;
         * reports and messages have none. Workspaces take it on when they are provisioned again.
         */
        public Builder spread(Duration spread) {
            schedule = schedule.spread(spread);
            return this;
        }

        /** Most jobs of one workspace at once, in each role on this node; 2 when not given. */
        public Builder workspaceConcurrency(int jobs) {
            schedule = schedule.workspaceConcurrency(jobs);
            return this;
        }

        /** Most jobs of one data database at once, in each role on this node; as many as there are threads when not given. */
        public Builder databaseConcurrency(int jobs) {
            schedule = schedule.databaseConcurrency(jobs);
            return this;
        }

        /** Another job queue than the storage's, for tests that move time themselves. */
        public Builder jobs(JobQueue jobs) {
            this.jobs = jobs;
            return this;
        }

        /**
         * Puts the parts together and opens the storage. Throws {@link DltException} with {@code CONFIGURATION} or
         * {@code PLUGIN_CONFLICT} for parts that do not fit, and what the storage throws when a database is away.
         */
        public Dlt build() {
            Storage given = storage;
            if (given == null) {
                throw new DltException(
                        ProblemCode.CONFIGURATION,
                        "storage: is missing, give one with storage(PostgresStorage.builder()…)");
            }
            Registry registry = new Registry();
            plugins.forEach(registry::add);
            notifiers.forEach(registry::notifier);
            connectors.forEach(registry::connector);
            listeners.forEach(registry::listener);
            given.open();
            JobQueue queue = jobs == null ? given.jobs() : jobs;
            Dlt dlt = new Dlt(new Engine(given, queue, schedule, clock, registry));
            LOG.info(
                    "DLT with {}; plug-ins {}; channels {}; algorithms {}; placements {}; roles {}",
                    given,
                    plugins.stream().map(DltPlugin::name).toList(),
                    registry.notifiers.keySet(),
                    registry.trainers.keySet(),
                    given.placements(),
                    schedule.roles());
            return dlt;
        }
    }
}
