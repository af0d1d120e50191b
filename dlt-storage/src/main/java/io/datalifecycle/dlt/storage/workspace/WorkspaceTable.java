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
import java.util.Map;
import java.util.Optional;

/** Workspaces in {@code dlt.workspace}. */
public final class WorkspaceTable implements WorkspaceCatalog {

    private static final String SELECT =
            "SELECT id, key, template_key, template_version, parameters::text AS parameters, zone, placement, state, created_at FROM dlt.workspace ";

    private final Database app;
    private final InstantSource clock;

    public WorkspaceTable(Database app, InstantSource clock) {
        this.app = app;
        this.clock = clock;
    }

    @Override
    public Entry create(Draft draft) {
        return app.inTransaction("create workspace " + draft.key(), handle -> {
            Optional<Long> id = handle.createQuery("""
                            INSERT INTO dlt.workspace (key, template_key, template_version, parameters, zone, placement, state, created_at)
                            VALUES (:key, :template, :version, CAST(:parameters AS jsonb), :zone, :placement, 'PROVISIONING', :at)
                            ON CONFLICT (key) WHERE state <> 'DELETED' DO NOTHING
                            RETURNING id
                            """)
                    .bind("key", draft.key())
                    .bind("template", draft.templateKey())
                    .bind("version", draft.templateVersion())
                    .bind("parameters", PlainJson.write(draft.parameters()))
                    .bind("zone", draft.zone().getId())
                    .bind("placement", draft.placement())
                    .bind("at", clock.instant().atOffset(ZoneOffset.UTC))
                    .mapTo(Long.class)
                    .findOne();
            if (id.isEmpty()) {
                throw new ConflictException(
                        ProblemCode.WORKSPACE_EXISTS, "workspace " + draft.key() + " is there already");
            }
            return handle.createQuery(SELECT + "WHERE id = :id")
                    .bind("id", id.get())
                    .map((row, context) -> entry(row))
                    .one();
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
        app.inTransaction(
                "workspace " + id,
                handle -> handle.createUpdate(
                                "UPDATE dlt.workspace SET state = :state, parameters = CASE WHEN :state = 'DELETED' THEN '{}' ELSE parameters END WHERE id = :id")
                        .bind("state", state.name())
                        .bind("id", id.value())
                        .execute());
    }

    @Override
    public void configure(WorkspaceId id, Map<String, Object> parameters, ZoneId zone) {
        app.inTransaction(
                "workspace " + id,
                handle -> handle.createUpdate(
                                "UPDATE dlt.workspace SET parameters = CAST(:parameters AS jsonb), zone = :zone WHERE id = :id")
                        .bind("parameters", PlainJson.write(parameters))
                        .bind("zone", zone.getId())
                        .bind("id", id.value())
                        .execute());
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                new WorkspaceId(row.getLong("id")),
                row.getString("key"),
                row.getString("template_key"),
                row.getString("template_version"),
                PlainJson.map(row.getString("parameters")),
                ZoneId.of(row.getString("zone")),
                row.getString("placement"),
                State.valueOf(row.getString("state")),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
