package io.datalifecycle.dlt.storage.metric;

import static io.datalifecycle.dlt.template.Field.text;
import static io.datalifecycle.dlt.template.Field.timestamp;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.Placements;
import io.datalifecycle.dlt.storage.schema.SchemaMode;
import io.datalifecycle.dlt.storage.sql.Database;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.template.TemplateBuilder;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.testdb.TestDatabase;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A database with a storage on it and the parts of the cage at hand. */
final class Grounds implements AutoCloseable {

    final TestDatabase database;
    final PostgresStorage storage;
    final Dlt dlt;
    final DataDatabase data;
    final Logins logins = new Logins(SchemaMode.MIGRATE);
    final SqlAnalysis analysis;
    final CagedQueryRunner runner;
    final CagedFeatureQuery features;
    final CagedCheck checks;

    Grounds(Backend backend) {
        database = TestDatabase.create(backend);
        storage = PostgresStorage.builder().appDatabase(database.dataSource()).build();
        dlt = Dlt.builder().storage(storage).build();
        data = new DataDatabase(new Database("main", database.dataSource()), "public");
        Placements placements = new Placements(Map.of("main", data));
        analysis = new SqlAnalysis(placements, logins);
        runner = new CagedQueryRunner(placements, logins, analysis);
        features = new CagedFeatureQuery(placements, logins, analysis);
        checks = new CagedCheck(placements, logins, analysis);
    }

    /** A template with one datastore, {@code readings (ts, label)}, and what else is given. */
    static Template template(String version, Consumer<TemplateBuilder> more) {
        return Template.define("caged", version, t -> {
            t.datastore(
                    "readings",
                    d -> d.time("ts").field("ts", timestamp().required()).field("label", text().required()));
            more.accept(t);
        });
    }

    /** A workspace with one row. */
    WorkspaceContext workspace(String key, Template template, String label) {
        Workspace workspace = dlt.workspaces().provision(key, template);
        workspace.datastore("readings").ingest(Rows.of(Map.of("ts", "2026-03-01T00:00:00Z", "label", label)));
        return context(workspace);
    }

    WorkspaceContext context(Workspace workspace) {
        return context(workspace, workspace.template());
    }

    /** A workspace as though it had another template. */
    WorkspaceContext context(Workspace workspace, Template template) {
        return new WorkspaceContext(
                workspace.id(),
                workspace.key(),
                workspace.templateId(),
                template,
                workspace.parameters(),
                workspace.zone(),
                "main");
    }

    /** Rows as the owner sees them, all columns as text. */
    List<String> owner(String sql) {
        try (Connection connection = database.dataSource().getConnection()) {
            return rows(connection, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** A statement of the owner. */
    void execute(String sql) {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    static List<String> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    @Override
    public void close() {
        dlt.close();
        logins.close();
        database.close();
    }
}
