package io.datalifecycle.dlt.storage.workspace;

import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.WorkspaceCatalog;
import io.datalifecycle.dlt.storage.sql.Database;
import io.datalifecycle.dlt.storage.sql.PlainJson;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** Workspaces in {@code dlt.workspace}. */
public final class WorkspaceTable implements WorkspaceCatalog {

    private static final String PIN =
            "template_version, parameters::text AS parameters, zone, placement, overlay, veiled";

    private static final String SELECT =
            "SELECT id, key, template_key, revision, state, created_at, " + PIN + " FROM dlt.workspace ";

    private final Database app;
    private final InstantSource clock;

    public WorkspaceTable(Database app, InstantSource clock) {
        this.app = app;
        this.clock = clock;
    }

    @Override
    public Entry create(Draft draft) {
        return app.inTransaction("create workspace " + draft.key(), handle -> {
            Optional<Entry> made = handle.createQuery("""
                            WITH made AS (
                                INSERT INTO dlt.workspace (key, template_key, template_version, parameters, zone, placement, state, created_at)
                                VALUES (:key, :template, :version, CAST(:parameters AS jsonb), :zone, :placement, 'PROVISIONING', :at)
                                ON CONFLICT (key) WHERE state <> 'DELETED' DO NOTHING
                                RETURNING *),
                            noted AS (
                                INSERT INTO dlt.workspace_history
                                       (workspace, revision, since, template_version, parameters, zone, placement, overlay, veiled, reason)
                                SELECT id, revision, :at, template_version, parameters, zone, placement, overlay, veiled, 'provisioned' FROM made)
                            """ + SELECT.replace("dlt.workspace", "made"))
                    .bind("key", draft.key())
                    .bind("template", draft.templateKey())
                    .bind("version", draft.templateVersion())
                    .bind("parameters", PlainJson.write(draft.parameters()))
                    .bind("zone", draft.zone().getId())
                    .bind("placement", draft.placement())
                    .bind("at", clock.instant().atOffset(ZoneOffset.UTC))
                    .map((row, context) -> entry(row))
                    .findOne();
            return made.orElseThrow(() -> new ConflictException(
                    ProblemCode.WORKSPACE_EXISTS, "workspace " + draft.key() + " is there already"));
        });
    }

    @Override
    public Optional<Entry> find(String key) {
        return app.inTransaction(
                "find workspace " + key,
                handle -> handle.createQuery(SELECT + "WHERE key = :key AND state <> 'DELETED'")
                        .bind("key", key)
                        .map((row, context) -> entry(row))
                        .findOne());
    }

    @Override
    public Optional<Entry> find(WorkspaceId id) {
        return app.inTransaction(
                "find workspace " + id,
                handle -> handle.createQuery(SELECT + "WHERE id = :id")
                        .bind("id", id.value())
                        .map((row, context) -> entry(row))
                        .findOne());
    }

    @Override
    public List<Entry> list() {
        return app.inTransaction(
                "list workspaces",
                handle -> handle.createQuery(SELECT + "WHERE state <> 'DELETED' ORDER BY id")
                        .map((row, context) -> entry(row))
                        .list());
    }

    @Override
    public void state(WorkspaceId id, State state) {
        app.inTransaction("workspace " + id, handle -> {
            int changed = handle.createUpdate("""
                            UPDATE dlt.workspace SET state = :state,
                                   parameters = CASE WHEN :state = 'DELETED' THEN '{}' ELSE parameters END,
                                   overlay = CASE WHEN :state = 'DELETED' THEN NULL ELSE overlay END
                            WHERE id = :id AND (state NOT IN ('DELETING', 'DELETED') OR :state IN ('DELETING', 'DELETED'))
                            """)
                    .bind("state", state.name())
                    .bind("id", id.value())
                    .execute();
            if (changed == 0) {
                throw changed(id);
            }
            return changed;
        });
    }

    @Override
    public Entry pin(WorkspaceId id, long expectedRevision, Pin pin, String reason) {
        return app.inTransaction("workspace " + id, handle -> pin(handle, id, expectedRevision, pin, reason));
    }

    /** The same in the caller's transaction. */
    Entry pin(Handle handle, WorkspaceId id, long expectedRevision, Pin pin, String reason) {
        int changed = handle.createUpdate("""
                            UPDATE dlt.workspace SET template_version = :version, parameters = CAST(:parameters AS jsonb), zone = :zone,
                                   placement = :placement, overlay = :overlay, veiled = :veiled, revision = revision + 1
                            WHERE id = :id AND revision = :expected AND state NOT IN ('DELETING', 'DELETED')
                            """)
                .bind("id", id.value())
                .bind("expected", expectedRevision)
                .bind("version", pin.templateVersion())
                .bind("parameters", PlainJson.write(pin.parameters()))
                .bind("zone", pin.zone().getId())
                .bind("placement", pin.placement())
                .bind("overlay", pin.overlay().orElse(null))
                .bindArray("veiled", String.class, List.copyOf(new TreeSet<>(pin.veiled())))
                .execute();
        if (changed == 0) {
            throw changed(id);
        }
        remember(handle, id, reason);
        return handle.createQuery(SELECT + "WHERE id = :id")
                .bind("id", id.value())
                .map((row, context) -> entry(row))
                .one();
    }

    private static ConflictException changed(WorkspaceId id) {
        return new ConflictException(
                ProblemCode.WORKSPACE_CHANGED,
                "workspace " + id
                        + " was changed or deleted by somebody else meanwhile; look at it again and plan anew");
    }

    private void remember(Handle handle, WorkspaceId id, String reason) {
        handle.createUpdate("""
                        INSERT INTO dlt.workspace_history
                               (workspace, revision, since, template_version, parameters, zone, placement, overlay, veiled, reason)
                        SELECT id, revision, :at, template_version, parameters, zone, placement, overlay, veiled, :reason
                        FROM dlt.workspace WHERE id = :id
                        """)
                .bind("at", clock.instant().atOffset(ZoneOffset.UTC))
                .bind("reason", reason)
                .bind("id", id.value())
                .execute();
    }

    @Override
    public List<Past> history(WorkspaceId id) {
        return app.inTransaction(
                "history of workspace " + id,
                handle -> handle.createQuery("SELECT revision, since, reason, " + PIN
                                + " FROM dlt.workspace_history WHERE workspace = :id ORDER BY revision DESC")
                        .bind("id", id.value())
                        .map((row, context) -> new Past(
                                row.getLong("revision"),
                                pin(row),
                                row.getObject("since", OffsetDateTime.class).toInstant(),
                                row.getString("reason")))
                        .list());
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                new WorkspaceId(row.getLong("id")),
                row.getString("key"),
                row.getString("template_key"),
                pin(row),
                row.getLong("revision"),
                State.valueOf(row.getString("state")),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private static Pin pin(ResultSet row) throws SQLException {
        return new Pin(
                row.getString("template_version"),
                PlainJson.map(row.getString("parameters")),
                ZoneId.of(row.getString("zone")),
                row.getString("placement"),
                Optional.ofNullable(row.getString("overlay")),
                Set.of((String[]) row.getArray("veiled").getArray()));
    }
}
