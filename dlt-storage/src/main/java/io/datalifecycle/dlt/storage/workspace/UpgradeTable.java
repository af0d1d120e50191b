package io.datalifecycle.dlt.storage.workspace;

import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.UpgradeJournal;
import io.datalifecycle.dlt.spi.WorkspaceCatalog;
import io.datalifecycle.dlt.storage.sql.Database;
import io.datalifecycle.dlt.storage.sql.PlainJson;
import io.datalifecycle.dlt.storage.sql.SessionLock;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Upgrades in {@code dlt.upgrade}. Thread-safe. */
public final class UpgradeTable implements UpgradeJournal {

    private final Database app;
    private final WorkspaceTable workspaces;
    private final InstantSource clock;

    public UpgradeTable(Database app, WorkspaceTable workspaces, InstantSource clock) {
        this.app = app;
        this.workspaces = workspaces;
        this.clock = clock;
    }

    @Override
    public <T> T exclusively(WorkspaceId workspace, Supplier<T> work) {
        return SessionLock.hold(
                app,
                "dlt upgrade " + workspace,
                () -> new ConflictException(
                        ProblemCode.UPGRADE_RUNNING,
                        "workspace " + workspace + " is being upgraded by somebody else; wait until that ends"),
                work);
    }

    @Override
    public long begin(WorkspaceId workspace, Entry.Way way, Stage stage) {
        return app.inTransaction(
                "begin upgrade of workspace " + workspace,
                handle -> handle.createQuery("""
                        INSERT INTO dlt.upgrade (workspace, from_version, from_revision, to_version, to_overlay, to_parameters,
                                                 allow_destructive, plan, stage, started_at)
                        VALUES (:workspace, :from, :revision, :to, :overlay, CAST(:parameters AS jsonb), :destructive, :plan, :stage, :at)
                        RETURNING id
                        """)
                        .bind("workspace", workspace.value())
                        .bind("from", way.fromVersion())
                        .bind("revision", way.fromRevision())
                        .bind("to", way.toVersion())
                        .bind("overlay", way.toOverlay().orElse(null))
                        .bind("parameters", PlainJson.write(way.toParameters()))
                        .bind("destructive", way.allowDestructive())
                        .bind("plan", way.plan())
                        .bind("stage", stage.name())
                        .bind("at", clock.instant().atOffset(ZoneOffset.UTC))
                        .mapTo(Long.class)
                        .one());
    }

    @Override
    public void stage(long upgrade, Stage stage, Optional<String> error) {
        app.inTransaction("upgrade " + upgrade, handle -> stage(handle, upgrade, stage, error));
    }

    private int stage(Handle handle, long upgrade, Stage stage, Optional<String> error) {
        return handle.createUpdate(
                        "UPDATE dlt.upgrade SET stage = :stage, error = :error, ended_at = :ended WHERE id = :id")
                .bind("stage", stage.name())
                .bind("error", error.orElse(null))
                .bind("ended", stage.isOpen() ? null : clock.instant().atOffset(ZoneOffset.UTC))
                .bind("id", upgrade)
                .execute();
    }

    @Override
    public void pin(long upgrade, WorkspaceCatalog.Pin pin, Items items, Stage next) {
        app.inTransaction("pin of upgrade " + upgrade, handle -> {
            Entry entry = handle.createQuery("SELECT * FROM dlt.upgrade WHERE id = :id FOR UPDATE")
                    .bind("id", upgrade)
                    .map((row, context) -> entry(row))
                    .one();
            if (entry.stage() != Stage.CHANGING) {
                return false;
            }
            WorkspaceId workspace = entry.workspace();
            workspaces.pin(
                    handle,
                    workspace,
                    entry.way().fromRevision(),
                    pin,
                    "upgrade from " + entry.way().fromVersion() + " to "
                            + entry.way().toVersion());
            for (Map.Entry<String, String> renamed : items.renamed().entrySet()) {
                rename(handle, workspace, renamed.getValue(), renamed.getKey());
            }
            for (String alert : items.removed()) {
                handle.createUpdate("DELETE FROM dlt.alert_status WHERE workspace = :workspace AND alert = :alert")
                        .bind("workspace", workspace.value())
                        .bind("alert", key(alert))
                        .execute();
            }
            stage(handle, upgrade, next, Optional.empty());
            return true;
        });
    }

    private static void rename(Handle handle, WorkspaceId workspace, String from, String to) {
        String kind = from.substring(0, from.indexOf(':'));
        List<String> places = switch (kind) {
            case "model" -> List.of("model_version.model");
            case "alert" -> List.of("alert_status.alert", "alert_history.alert");
            case "connector" -> List.of("connector.key");
            default -> List.of();
        };
        for (String place : places) {
            String table = place.substring(0, place.indexOf('.'));
            String column = place.substring(place.indexOf('.') + 1);
            handle.createUpdate("UPDATE dlt." + table + " SET " + column + " = :to WHERE workspace = :workspace AND "
                            + column + " = :from")
                    .bind("to", key(to))
                    .bind("from", key(from))
                    .bind("workspace", workspace.value())
                    .execute();
        }
    }

    private static String key(String item) {
        return item.substring(item.indexOf(':') + 1);
    }

    @Override
    public Optional<Stage> stageOf(long upgrade) {
        return app.inTransaction(
                "upgrade " + upgrade,
                handle -> handle.createQuery("SELECT stage FROM dlt.upgrade WHERE id = :id")
                        .bind("id", upgrade)
                        .mapTo(String.class)
                        .findOne()
                        .map(Stage::valueOf));
    }

    @Override
    public List<Entry> of(WorkspaceId workspace) {
        return app.inTransaction(
                "upgrades of workspace " + workspace,
                handle -> handle.createQuery("SELECT * FROM dlt.upgrade WHERE workspace = :workspace ORDER BY id DESC")
                        .bind("workspace", workspace.value())
                        .map((row, context) -> entry(row))
                        .list());
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getLong("id"),
                new WorkspaceId(row.getLong("workspace")),
                new Entry.Way(
                        row.getString("from_version"),
                        row.getLong("from_revision"),
                        row.getString("to_version"),
                        Optional.ofNullable(row.getString("to_overlay")),
                        PlainJson.map(row.getString("to_parameters")),
                        row.getBoolean("allow_destructive"),
                        row.getString("plan")),
                Stage.valueOf(row.getString("stage")),
                Optional.ofNullable(row.getString("error")),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("ended_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }
}
