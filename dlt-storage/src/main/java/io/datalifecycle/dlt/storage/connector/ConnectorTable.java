package io.datalifecycle.dlt.storage.connector;

import io.datalifecycle.dlt.spi.ConnectorLog;
import io.datalifecycle.dlt.storage.sql.Database;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** {@code dlt.connector}. */
public final class ConnectorTable implements ConnectorLog {

    private final Database app;

    public ConnectorTable(Database app) {
        this.app = app;
    }

    @Override
    public void ran(WorkspaceContext workspace, String connector, Run run) {
        app.inTransaction(
                "connector " + connector + " of workspace " + workspace.key(),
                handle -> handle.createUpdate("""
                        INSERT INTO dlt.connector AS c
                            (workspace, key, last_run_at, failures, last_error, offered, accepted, duplicate, rejected)
                        VALUES (:workspace, :key, :at, CASE WHEN CAST(:error AS text) IS NULL THEN 0 ELSE 1 END, :error,
                            :offered, :accepted, :duplicate, :rejected)
                        ON CONFLICT (workspace, key) DO UPDATE SET
                            last_run_at = excluded.last_run_at,
                            failures = CASE WHEN excluded.last_error IS NULL THEN 0 ELSE c.failures + 1 END,
                            last_error = excluded.last_error,
                            offered = c.offered + excluded.offered,
                            accepted = c.accepted + excluded.accepted,
                            duplicate = c.duplicate + excluded.duplicate,
                            rejected = c.rejected + excluded.rejected
                        """)
                        .bind("workspace", workspace.id().value())
                        .bind("key", connector)
                        .bind("at", run.at().atOffset(ZoneOffset.UTC))
                        .bind("error", run.error().orElse(null))
                        .bind("offered", run.offered())
                        .bind("accepted", run.accepted())
                        .bind("duplicate", run.duplicate())
                        .bind("rejected", run.rejected())
                        .execute());
    }

    @Override
    public void pause(WorkspaceContext workspace, String connector, boolean paused) {
        app.inTransaction(
                "connector " + connector + " of workspace " + workspace.key(),
                handle -> handle.createUpdate("""
                        INSERT INTO dlt.connector (workspace, key, paused) VALUES (:workspace, :key, :paused)
                        ON CONFLICT (workspace, key) DO UPDATE SET paused = excluded.paused
                        """)
                        .bind("workspace", workspace.id().value())
                        .bind("key", connector)
                        .bind("paused", paused)
                        .execute());
    }

    @Override
    public List<Entry> list(WorkspaceContext workspace) {
        return app.inTransaction(
                "connectors of workspace " + workspace.key(),
                handle -> handle.createQuery("SELECT * FROM dlt.connector WHERE workspace = :workspace ORDER BY key")
                        .bind("workspace", workspace.id().value())
                        .map((row, context) -> entry(row))
                        .list());
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getString("key"),
                row.getBoolean("paused"),
                Optional.ofNullable(row.getObject("last_run_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                row.getInt("failures"),
                Optional.ofNullable(row.getString("last_error")),
                row.getLong("offered"),
                row.getLong("accepted"),
                row.getLong("duplicate"),
                row.getLong("rejected"));
    }
}
