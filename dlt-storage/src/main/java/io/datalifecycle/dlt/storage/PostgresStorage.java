package io.datalifecycle.dlt.storage;

import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.spi.AlertStore;
import io.datalifecycle.dlt.spi.ConnectorLog;
import io.datalifecycle.dlt.spi.Erasures;
import io.datalifecycle.dlt.spi.FeatureLedger;
import io.datalifecycle.dlt.spi.FeatureWriter;
import io.datalifecycle.dlt.spi.FleetStore;
import io.datalifecycle.dlt.spi.JobQueue;
import io.datalifecycle.dlt.spi.ModelStore;
import io.datalifecycle.dlt.spi.Outbox;
import io.datalifecycle.dlt.spi.PointInTime;
import io.datalifecycle.dlt.spi.Provisioner;
import io.datalifecycle.dlt.spi.QualityLog;
import io.datalifecycle.dlt.spi.Quarantine;
import io.datalifecycle.dlt.spi.QuotaStore;
import io.datalifecycle.dlt.spi.Relocation;
import io.datalifecycle.dlt.spi.Reshaper;
import io.datalifecycle.dlt.spi.RowCorrector;
import io.datalifecycle.dlt.spi.RowSink;
import io.datalifecycle.dlt.spi.Storage;
import io.datalifecycle.dlt.spi.StoreReader;
import io.datalifecycle.dlt.spi.TemplateCatalog;
import io.datalifecycle.dlt.spi.Transfer;
import io.datalifecycle.dlt.spi.TransformEngine;
import io.datalifecycle.dlt.spi.UpgradeJournal;
import io.datalifecycle.dlt.spi.Vitals;
import io.datalifecycle.dlt.spi.WorkspaceCatalog;
import io.datalifecycle.dlt.storage.alert.AlertTables;
import io.datalifecycle.dlt.storage.connector.ConnectorTable;
import io.datalifecycle.dlt.storage.delivery.OutboxTable;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.Placements;
import io.datalifecycle.dlt.storage.erasure.WorkspaceEraser;
import io.datalifecycle.dlt.storage.feature.CheckMetrics;
import io.datalifecycle.dlt.storage.feature.CheckTable;
import io.datalifecycle.dlt.storage.feature.Consumers;
import io.datalifecycle.dlt.storage.feature.FeatureRefresh;
import io.datalifecycle.dlt.storage.feature.RunTable;
import io.datalifecycle.dlt.storage.fleet.FleetTable;
import io.datalifecycle.dlt.storage.grants.Preflight;
import io.datalifecycle.dlt.storage.health.Pulse;
import io.datalifecycle.dlt.storage.health.VitalSigns;
import io.datalifecycle.dlt.storage.ingest.CopyRowSink;
import io.datalifecycle.dlt.storage.ingest.CursorReader;
import io.datalifecycle.dlt.storage.ingest.QuarantineTables;
import io.datalifecycle.dlt.storage.ingest.RowCorrections;
import io.datalifecycle.dlt.storage.metric.Cage;
import io.datalifecycle.dlt.storage.metric.CagedCheck;
import io.datalifecycle.dlt.storage.metric.CagedFeatureQuery;
import io.datalifecycle.dlt.storage.metric.CagedQueryRunner;
import io.datalifecycle.dlt.storage.metric.Logins;
import io.datalifecycle.dlt.storage.metric.SqlAnalysis;
import io.datalifecycle.dlt.storage.metric.StorageMetrics;
import io.datalifecycle.dlt.storage.model.ModelTable;
import io.datalifecycle.dlt.storage.plan.DdlProvisioner;
import io.datalifecycle.dlt.storage.plan.Removal;
import io.datalifecycle.dlt.storage.plan.TableReshaper;
import io.datalifecycle.dlt.storage.quota.QuotaTables;
import io.datalifecycle.dlt.storage.schedule.DbSchedulerJobQueue;
import io.datalifecycle.dlt.storage.schema.AppSchema;
import io.datalifecycle.dlt.storage.schema.SchemaMode;
import io.datalifecycle.dlt.storage.sql.Database;
import io.datalifecycle.dlt.storage.training.TrainingJoin;
import io.datalifecycle.dlt.storage.transfer.PostgresTransfer;
import io.datalifecycle.dlt.storage.transfer.Relocator;
import io.datalifecycle.dlt.storage.workspace.TemplateTable;
import io.datalifecycle.dlt.storage.workspace.UpgradeTable;
import io.datalifecycle.dlt.storage.workspace.WorkspaceTable;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Storage in PostgreSQL 15 or newer, with TimescaleDB where it is installed. One app database holds templates, workspaces, models, alert
 * states, messages and jobs; one or more data databases hold the rows; one DataSource may be both. DataSources stay the host's: they are
 * never closed here. Long because every part has a field, its making and a method here. Thread-safe.
 */
public final class PostgresStorage implements Storage {

    private final SchemaMode mode;
    private final Database app;
    private final Placements placements;
    private final Logins logins;
    private final Preflight preflight;
    private final TemplateCatalog templates;
    private final WorkspaceCatalog workspaces;
    private final UpgradeJournal upgrades;
    private final FleetStore fleets;
    private final Reshaper reshaper;
    private final Provisioner provisioner;
    private final Erasures erasures;
    private final Transfer transfer;
    private final Relocation relocation;
    private final RowSink rows;
    private final RowCorrector corrections;
    private final Quarantine quarantine;
    private final StoreReader reader;
    private final PointInTime pointInTime;
    private final FeatureWriter features;
    private final FeatureLedger featureLedger;
    private final QualityLog quality;
    private final TransformEngine queries;
    private final ModelStore models;
    private final AlertStore alerts;
    private final Outbox outbox;
    private final JobQueue jobs;
    private final ConnectorLog connectors;
    private final Vitals vitals;
    private final QuotaTables quotas;

    private PostgresStorage(Builder builder, DataSource appDatabase) {
        this.mode = builder.mode;
        this.logins = new Logins(mode);
        this.preflight = new Preflight(mode);
        this.app = new Database("app", appDatabase);
        this.placements = Placements.of(
                builder.dataDatabases.isEmpty() ? Map.of("main", appDatabase) : builder.dataDatabases, builder.schema);
        SqlAnalysis analysis = new SqlAnalysis(placements, logins);
        QuarantineTables refused = new QuarantineTables(placements);
        this.templates = new TemplateTable(app, analysis::analyse);
        WorkspaceTable pins = new WorkspaceTable(app, builder.clock);
        this.workspaces = pins;
        this.upgrades = new UpgradeTable(app, pins, builder.clock);
        this.fleets = new FleetTable(app);
        this.reshaper = new TableReshaper(placements, new Cage());
        this.provisioner = new DdlProvisioner(app, placements, new Cage(), refused);
        this.erasures = new WorkspaceEraser(app, placements, new Removal(new Cage()), builder.clock);
        Consumers consumers = new Consumers();
        Pulse pulse = new Pulse(placements);
        this.quotas = new QuotaTables(placements, builder.clock);
        this.vitals = new VitalSigns(app, placements, pulse);
        this.rows = new CopyRowSink(placements, refused, quotas, pulse, builder.clock);
        this.corrections = new RowCorrections(placements, quotas, pulse, builder.clock);
        this.quarantine = refused;
        this.reader = new CursorReader(placements);
        this.pointInTime = new TrainingJoin(placements);
        CheckTable checks = new CheckTable(placements);
        this.features = new FeatureRefresh(
                placements,
                consumers,
                new CagedFeatureQuery(placements, logins, analysis),
                new CagedCheck(placements, logins, analysis),
                checks);
        this.quality = checks;
        this.featureLedger = new RunTable(placements);
        this.queries = new StorageMetrics(
                List.of(new CagedQueryRunner(placements, logins, analysis), new CheckMetrics(checks)));
        ModelTable versions = new ModelTable(app, builder.clock);
        this.models = versions;
        this.transfer = new PostgresTransfer(placements, versions);
        this.relocation = new Relocator(placements, provisioner, new Removal(new Cage()));
        this.alerts = new AlertTables(app);
        this.outbox = new OutboxTable(app);
        this.jobs = new DbSchedulerJobQueue(app, builder.clock);
        this.connectors = new ConnectorTable(app);
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public void open() {
        // all must be there before anything is changed in one of them
        app.ping();
        placements.all().values().forEach(data -> data.database().ping());
        if (mode != SchemaMode.OFF) {
            Preflight.refuse(preflight());
        }
        AppSchema.openApp(app, mode);
        for (DataDatabase data : placements.all().values()) {
            AppSchema.openData(data.database(), mode);
            logins.open(data);
        }
    }

    /**
     * What the databases' users may not do and should (errors), and what everybody may do and should not (warnings), each with the
     * statement for an administrator to run as its hint. Changes nothing; the storage need not be open. Opening does the same and throws
     * for errors, unless the mode is {@code OFF}.
     */
    public List<Problem> preflight() {
        List<Problem> problems = new ArrayList<>(preflight.app(app));
        placements.all().values().forEach(data -> problems.addAll(preflight.data(data)));
        return List.copyOf(problems);
    }

    @Override
    public List<String> placements() {
        return placements.names();
    }

    @Override
    public TemplateCatalog templates() {
        return templates;
    }

    @Override
    public WorkspaceCatalog workspaces() {
        return workspaces;
    }

    @Override
    public Provisioner provisioner() {
        return provisioner;
    }

    @Override
    public Reshaper reshaper() {
        return reshaper;
    }

    @Override
    public UpgradeJournal upgrades() {
        return upgrades;
    }

    @Override
    public FleetStore fleets() {
        return fleets;
    }

    @Override
    public Erasures erasures() {
        return erasures;
    }

    @Override
    public Relocation relocation() {
        return relocation;
    }

    @Override
    public Transfer transfer() {
        return transfer;
    }

    @Override
    public RowSink rows() {
        return rows;
    }

    @Override
    public RowCorrector corrections() {
        return corrections;
    }

    @Override
    public QuotaStore quotas() {
        return quotas;
    }

    @Override
    public Quarantine quarantine() {
        return quarantine;
    }

    @Override
    public StoreReader reader() {
        return reader;
    }

    @Override
    public PointInTime pointInTime() {
        return pointInTime;
    }

    @Override
    public FeatureWriter features() {
        return features;
    }

    @Override
    public FeatureLedger featureLedger() {
        return featureLedger;
    }

    @Override
    public QualityLog quality() {
        return quality;
    }

    @Override
    public TransformEngine queries() {
        return queries;
    }

    @Override
    public ModelStore models() {
        return models;
    }

    @Override
    public AlertStore alerts() {
        return alerts;
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public JobQueue jobs() {
        return jobs;
    }

    @Override
    public ConnectorLog connectors() {
        return connectors;
    }

    @Override
    public Vitals vitals() {
        return vitals;
    }

    @Override
    public Map<String, String> health() {
        Map<String, String> health = new LinkedHashMap<>();
        health.put("app", app.answer());
        placements
                .all()
                .forEach((name, data) -> health.put(name, data.database().answer()));
        return health;
    }

    @Override
    public void close() {
        logins.close();
    }

    @Override
    public String toString() {
        return "PostgreSQL storage, schema " + mode.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Settings of the storage. Mutable, not thread-safe. */
    public static final class Builder {

        private @Nullable DataSource appDatabase;
        private final Map<String, DataSource> dataDatabases = new LinkedHashMap<>();
        private String schema = "public";
        private SchemaMode mode = SchemaMode.MIGRATE;
        private InstantSource clock = Clock.systemUTC();

        private Builder() {}

        /** Where templates, workspaces, models, alerts, messages and jobs are kept; needed, given once. */
        public Builder appDatabase(DataSource dataSource) {
            if (appDatabase != null) {
                throw new IllegalStateException("appDatabase: is already given");
            }
            appDatabase = dataSource;
            return this;
        }

        /** A database for workspaces' rows, by the name workspaces are placed with; the first is the default. Without any the app database is it, named {@code main}. */
        public Builder dataDatabase(String name, DataSource dataSource) {
            if (dataDatabases.put(name, dataSource) != null) {
                throw new IllegalStateException("dataDatabase: " + name + " is already given");
            }
            return this;
        }

        /** Schema of the workspaces' tables in all data databases, {@code public} when not given; must exist. */
        public Builder schema(String schema) {
            this.schema = schema;
            return this;
        }

        /** What is done about DLT's own tables when it opens; {@link SchemaMode#MIGRATE} when not given. */
        public Builder schemaMode(SchemaMode mode) {
            this.mode = mode;
            return this;
        }

        /** The clock of timestamps and schedules; the system's when not given. */
        public Builder clock(InstantSource clock) {
            this.clock = clock;
            return this;
        }

        /** The storage; nothing is connected before it is opened. */
        public PostgresStorage build() {
            DataSource app = appDatabase;
            if (app == null) {
                throw new IllegalStateException("appDatabase: is missing, give a DataSource");
            }
            return new PostgresStorage(this, app);
        }
    }
}
