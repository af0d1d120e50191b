package io.datalifecycle.dlt.storage.plan;

import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.spi.Provisioner;
import io.datalifecycle.dlt.spi.Quarantine;
import io.datalifecycle.dlt.storage.dialect.Capabilities;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.Placements;
import io.datalifecycle.dlt.storage.dialect.StoreTables;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.feature.CheckTable;
import io.datalifecycle.dlt.storage.feature.ConsumerTable;
import io.datalifecycle.dlt.storage.feature.FeatureRefresh;
import io.datalifecycle.dlt.storage.feature.RunTable;
import io.datalifecycle.dlt.storage.metric.Cage;
import io.datalifecycle.dlt.storage.sql.Database;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.StateColumns;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes and removes the database objects of workspaces. Thread-safe. */
public final class DdlProvisioner implements Provisioner {

    private static final Logger LOG = LoggerFactory.getLogger(DdlProvisioner.class);

    /** Longer than anyone sends again, short enough that a batch a second does not fill a disk. */
    private static final Duration BATCH_IDS_KEPT = Duration.ofDays(90);

    /** A month of a refresh every ten minutes is some 4,000 lines a store. */
    private static final Duration RUNS_KEPT = Duration.ofDays(30);

    /** Tables whose place others took, for the way back. */
    private static final Duration REPLACED_KEPT = Duration.ofDays(30);

    private static final Duration CHECKS_KEPT = Duration.ofDays(90);

    private final Database app;
    private final Placements placements;
    private final Cage cage;
    private final Removal removal;
    private final Maintenance maintenance = new Maintenance();
    private final Quarantine quarantine;

    /** Maintenance also removes what waited in quarantine for too long. */
    public DdlProvisioner(Database app, Placements placements, Cage cage, Quarantine quarantine) {
        this.quarantine = quarantine;
        this.app = app;
        this.placements = placements;
        this.cage = cage;
        this.removal = new Removal(cage);
    }

    @Override
    public void provision(WorkspaceContext workspace) {
        DataDatabase data = placements.of(workspace);
        data.database().onConnection("provision workspace " + workspace.key(), connection -> {
            cage.lock(connection, workspace.id());
            refuseGone(connection, workspace);
            Set<Ref> made = Relations.create(connection, data, workspace);
            FeatureRelations.followZone(connection, data, workspace);
            FeatureRefresh.begin(
                    connection,
                    workspace,
                    workspace.template().featurestores().stream()
                            .filter(f -> made.contains(f.ref())
                                    && made.containsAll(f.transform().sources()))
                            .toList());
            cage.install(connection, data, workspace);
            ConsumerTable.add(connection, workspace, ConsumerTable.of(workspace.template()));
            ShapeTable.begin(connection, workspace);
            return true;
        });
    }

    /** Somebody may have asked for it again while it was erased. */
    private static void refuseGone(Connection connection, WorkspaceContext workspace) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT 1 FROM dlt_data.gone WHERE workspace = ?")) {
            statement.setLong(1, workspace.id().value());
            try (ResultSet row = statement.executeQuery()) {
                if (row.next()) {
                    throw new ConflictException(
                            ProblemCode.WORKSPACE_CHANGED,
                            "workspace " + workspace.key() + " (" + workspace.id()
                                    + ") was erased or moved away; ask for it again. A new app database over old data begins with numbers"
                                    + " that were used: empty dlt_data.gone then");
                }
            }
        }
    }

    /** One transaction per store, so that locks on two tables never cross those of a refresh. */
    @Override
    public List<String> convert(WorkspaceContext workspace) {
        DataDatabase data = placements.of(workspace);
        Capabilities can = data.capabilities();
        if (!can.hypertables()) {
            throw new DltException(
                    ProblemCode.CONFIGURATION,
                    "convert workspace " + workspace.key() + ": database "
                            + data.database().name() + " is " + can
                            + " without TimescaleDB; run CREATE EXTENSION timescaledb there as an administrator");
        }
        List<String> converted = new ArrayList<>();
        for (Store store : workspace.template().stores()) {
            String what = "convert " + store.key() + " of workspace " + workspace.key();
            data.database()
                    .onConnection(what, connection -> convert(connection, data, workspace, store))
                    .ifPresent(rows -> {
                        LOG.info("{}: {} rows are in a hypertable now", what, rows);
                        converted.add(
                                TimeTable.of(workspace, data.schema(), store).name());
                    });
        }
        return List.copyOf(converted);
    }

    private OptionalLong convert(Connection connection, DataDatabase data, WorkspaceContext workspace, Store store)
            throws SQLException {
        cage.lock(connection, workspace.id());
        TimeTable table = TimeTable.of(workspace, data.schema(), store);
        RowSchema schema = StoreColumns.of(workspace.template(), store);
        List<String> names =
                new ArrayList<>(schema.columns().stream().map(Column::name).toList());
        if (store instanceof Featurestore feature) {
            StateColumns.of(workspace.template(), feature).forEach(c -> names.add(c.name()));
        }
        List<Store> viewed = FeatureRelations.viewsOver(workspace, store);
        if (table.isPartitioned(connection)) {
            FeatureRelations.dropViews(connection, data, workspace, viewed);
        }
        OptionalLong rows = data.dialect().convert(connection, table, Relations.columns(workspace, store), names);
        if (rows.isPresent()) {
            execute(connection, StoreTables.createIndex(table, store, schema));
            if (store instanceof Featurestore feature) {
                FeatureRelations.convert(connection, data, workspace, feature);
            }
            for (Store view : viewed) {
                FeatureRelations.createViews(connection, data, workspace, view);
            }
            cage.install(connection, data, workspace);
            execute(connection, "ANALYZE " + table.quoted());
        }
        return rows;
    }

    @Override
    public void drop(WorkspaceContext workspace) {
        DataDatabase data = placements.of(workspace);
        data.database().onConnection("drop workspace " + workspace.key(), connection -> {
            removal.drop(connection, data, workspace);
            return true;
        });
        app.onConnection("drop workspace " + workspace.key(), connection -> {
            for (String table : AppTables.WITH_WORKSPACE) {
                Removal.delete(connection, Identifier.qualified("dlt", table), workspace.id());
            }
            return true;
        });
    }

    @Override
    public List<String> residue(WorkspaceId id, String placement) {
        DataDatabase data = placements.named(placement);
        List<String> left = new ArrayList<>(data.database().onConnection("residue of workspace " + id, connection -> {
            List<String> found = new ArrayList<>(relations(connection, id));
            found.addAll(cage.residue(connection, data, id));
            found.addAll(rows(connection, "dlt_data", Removal.DATA_TABLES, id));
            return found;
        }));
        left.addAll(app.onConnection("residue of workspace " + id, connection -> {
            List<String> found = new ArrayList<>(rows(connection, "dlt", AppTables.WITH_WORKSPACE, id));
            try (PreparedStatement jobs = connection.prepareStatement(
                    "SELECT task_name || '/' || task_instance FROM dlt.job WHERE task_instance LIKE ?")) {
                jobs.setString(1, id.value() + "/%");
                found.addAll(texts(jobs, "job "));
            }
            return found;
        }));
        return List.copyOf(left);
    }

    @Override
    public List<String> maintain(WorkspaceContext workspace, Instant now) {
        List<String> dropped = new ArrayList<>(maintenance.run(placements.of(workspace), workspace, now));
        for (Datastore store : workspace.template().datastores()) {
            quarantine.purge(workspace, store, Quarantine.Filter.expiredBy(now));
        }
        forgetBatches(workspace, now.minus(BATCH_IDS_KEPT));
        dropped.addAll(placements
                .of(workspace)
                .database()
                .onConnection(
                        "replaced tables of workspace " + workspace.key(),
                        connection -> Purge.run(
                                connection, placements.of(workspace), workspace, now.minus(REPLACED_KEPT), true)));
        placements.of(workspace).database().onConnection("ledger of workspace " + workspace.key(), connection -> {
            RunTable.forget(connection, workspace, now.minus(RUNS_KEPT));
            return true;
        });
        placements
                .of(workspace)
                .database()
                .onConnection("results of checks of workspace " + workspace.key(), connection -> {
                    CheckTable.forget(connection, workspace, now.minus(CHECKS_KEPT));
                    return true;
                });
        return dropped;
    }

    private void forgetBatches(WorkspaceContext workspace, Instant before) {
        placements.of(workspace).database().onConnection("batch ids of workspace " + workspace.key(), connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("DELETE FROM dlt_data.batch WHERE workspace = ? AND written_at < ?")) {
                statement.setLong(1, workspace.id().value());
                statement.setObject(2, before.atOffset(ZoneOffset.UTC));
                return statement.executeLargeUpdate();
            }
        });
    }

    private static List<String> relations(Connection connection, WorkspaceId id) throws SQLException {
        String sql =
                "SELECT n.nspname || '.' || c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
                        + "WHERE c.relkind IN ('r', 'p', 'v', 'm') AND c.relname ~ ? ORDER BY 1";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, "_wid" + id.value() + "(_p[n0-9a-z]+)?$");
            return texts(statement, "table ");
        }
    }

    private static List<String> rows(Connection connection, String schema, List<String> tables, WorkspaceId id)
            throws SQLException {
        List<String> found = new ArrayList<>();
        for (String table : tables) {
            String sql = "SELECT count(*)::text FROM " + Identifier.qualified(schema, table)
                    + " WHERE workspace = ? HAVING count(*) > 0";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setLong(1, id.value());
                found.addAll(texts(statement, "rows of " + schema + "." + table + ": "));
            }
        }
        return found;
    }

    private static List<String> texts(PreparedStatement statement, String prefix) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                texts.add(prefix + rows.getString(1));
            }
        }
        return texts;
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
