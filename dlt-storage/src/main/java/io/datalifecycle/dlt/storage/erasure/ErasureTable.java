package io.datalifecycle.dlt.storage.erasure;

import io.datalifecycle.dlt.storage.plan.AppTables;
import io.datalifecycle.dlt.storage.plan.Removal;
import io.datalifecycle.dlt.storage.sql.Database;
import io.datalifecycle.dlt.storage.sql.PlainJson;
import io.datalifecycle.dlt.template.TemplateId;
import io.datalifecycle.dlt.workspace.Erasure;
import io.datalifecycle.dlt.workspace.Erasure.Stored;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** {@code dlt.erasure}: a line is begun before the data goes, and done when nothing is left. Thread-safe. */
final class ErasureTable {

    private static final String SELECT =
            "SELECT workspace, key, template_key, template_version, template_hash, stores::text AS stores, models, messages, sha256, "
                    + "erased_at FROM dlt.erasure ";

    private final Database app;
    private final InstantSource clock;

    ErasureTable(Database app, InstantSource clock) {
        this.app = app;
        this.clock = clock;
    }

    /** Notes what is about to go; the counts of an attempt that broke off are replaced, unless it got so far that nothing is there. */
    void begin(WorkspaceContext workspace, Removal.Found found) {
        Map<String, List<Long>> stores = new LinkedHashMap<>();
        found.stores().forEach((ref, stored) -> stores.put(ref, List.of((long) stored.relations(), stored.rows())));
        app.inTransaction(
                "record of erasing workspace " + workspace.key(),
                handle -> insert(handle, workspace, PlainJson.write(stores), found.sha256()));
    }

    private int insert(Handle handle, WorkspaceContext workspace, String stores, String sha256) {
        return handle.createUpdate("""
                        INSERT INTO dlt.erasure
                               (workspace, key, template_key, template_version, template_hash, stores, sha256, begun_at)
                        VALUES (:id, :key, :template, :version, :hash, CAST(:stores AS jsonb), :sha256, :at)
                        ON CONFLICT (workspace) DO UPDATE SET stores = excluded.stores, sha256 = excluded.sha256
                        WHERE excluded.stores <> '{}'
                        """)
                .bind("id", workspace.id().value())
                .bind("key", workspace.key())
                .bind("template", workspace.templateId().key())
                .bind("version", workspace.templateId().version())
                .bind("hash", workspace.templateId().hash())
                .bind("stores", stores)
                .bind("sha256", sha256)
                .bind("at", clock.instant().atOffset(ZoneOffset.UTC))
                .execute();
    }

    /** Removes what the app database holds, and closes the record in the same transaction. */
    Erasure finish(WorkspaceContext workspace) {
        return app.inTransaction("erase workspace " + workspace.key(), handle -> {
            long models = count(handle, "model_version", workspace.id());
            long messages = count(handle, "outbox", workspace.id());
            for (String table : AppTables.WITH_WORKSPACE) {
                handle.createUpdate("DELETE FROM dlt." + table + " WHERE workspace = :id")
                        .bind("id", workspace.id().value())
                        .execute();
            }
            hushFleets(handle, workspace);
            handle.createUpdate("""
                            UPDATE dlt.erasure SET models = models + :models, messages = messages + :messages,
                                   erased_at = coalesce(erased_at, :at) WHERE workspace = :id
                            """)
                    .bind("models", models)
                    .bind("messages", messages)
                    .bind("at", clock.instant().atOffset(ZoneOffset.UTC))
                    .bind("id", workspace.id().value())
                    .execute();
            return handle.createQuery(SELECT + "WHERE workspace = :id")
                    .bind("id", workspace.id().value())
                    .map((row, context) -> erasure(row))
                    .one();
        });
    }

    /** What a canary found and why an upgrade failed may show values of rows; the triggers of these tables keep later ones out. */
    private static void hushFleets(Handle handle, WorkspaceContext workspace) {
        handle.createUpdate("""
                        UPDATE dlt.fleet_run AS r SET findings = coalesce(
                               (SELECT jsonb_agg(f) FROM jsonb_array_elements(r.findings) AS f WHERE f ->> 'workspace' <> :key), '[]')
                        WHERE r.findings <> '[]' AND EXISTS (SELECT 1 FROM dlt.fleet_member AS m WHERE m.run = r.id AND m.workspace = :id)
                        """)
                .bind("key", workspace.key())
                .bind("id", workspace.id().value())
                .execute();
        handle.createUpdate("""
                        UPDATE dlt.fleet_run AS r SET reason = replace(r.reason, '(' || m.error || ')', '(was deleted)')
                        FROM dlt.fleet_member AS m WHERE m.run = r.id AND m.workspace = :id AND m.error IS NOT NULL
                        """).bind("id", workspace.id().value()).execute();
        handle.createUpdate(
                        "UPDATE dlt.fleet_member SET error = 'was deleted' WHERE workspace = :id AND error IS NOT NULL")
                .bind("id", workspace.id().value())
                .execute();
    }

    private static long count(Handle handle, String table, WorkspaceId id) {
        return handle.createQuery("SELECT count(*) FROM dlt." + table + " WHERE workspace = :id")
                .bind("id", id.value())
                .mapTo(Long.class)
                .one();
    }

    List<Erasure> list() {
        return app.inTransaction(
                "list erasures",
                handle -> handle.createQuery(
                                SELECT + "WHERE erased_at IS NOT NULL ORDER BY erased_at DESC, workspace DESC")
                        .map((row, context) -> erasure(row))
                        .list());
    }

    private static Erasure erasure(ResultSet row) throws SQLException {
        Map<String, Stored> stores = new LinkedHashMap<>();
        PlainJson.map(row.getString("stores")).forEach((ref, value) -> {
            List<?> pair = (List<?>) value;
            stores.put(ref, new Stored(((Number) pair.get(0)).intValue(), ((Number) pair.get(1)).longValue()));
        });
        return new Erasure(
                new WorkspaceId(row.getLong("workspace")),
                row.getString("key"),
                new TemplateId(
                        row.getString("template_key"),
                        row.getString("template_version"),
                        row.getString("template_hash")),
                row.getObject("erased_at", OffsetDateTime.class).toInstant(),
                stores,
                row.getLong("models"),
                row.getLong("messages"),
                row.getString("sha256"));
    }
}
