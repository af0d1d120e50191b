package io.datalifecycle.dlt.storage;

import static io.datalifecycle.dlt.template.Field.text;
import static io.datalifecycle.dlt.template.Field.timestamp;

import io.datalifecycle.dlt.language.TemplateWriter;
import io.datalifecycle.dlt.storage.sql.Database;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.testdb.TestDatabase;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;

/** A database with DLT's own tables, for tests of what is kept in them. */
public final class AppGrounds implements AutoCloseable {

    private static final Template TEMPLATE = Template.define(
            "kept",
            "1.0.0",
            t -> t.datastore(
                    "readings",
                    d -> d.time("ts").field("ts", timestamp().required()).field("label", text().required())));

    public final TestDatabase database = TestDatabase.create();
    public final Database app = new Database("app", database.dataSource());
    private final PostgresStorage storage;

    public AppGrounds(InstantSource clock) {
        storage = PostgresStorage.builder()
                .appDatabase(database.dataSource())
                .clock(clock)
                .build();
        storage.open();
    }

    /** A workspace that is nowhere but in its context. */
    public static WorkspaceContext workspace(long id) {
        return new WorkspaceContext(
                new WorkspaceId(id), "w" + id, TemplateWriter.id(TEMPLATE), TEMPLATE, Map.of(), ZoneOffset.UTC, "main");
    }

    public void execute(String sql) {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() {
        storage.close();
        database.close();
    }
}
