package io.datalifecycle.dlt.storage.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.metric.MetricResult;
import io.datalifecycle.dlt.spi.Storage;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.storage.TestStorage;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.testdb.TestDatabase;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A template in its first version, a workspace of it, and short ways to later versions; on a database of its own. */
final class PumpGrounds implements AutoCloseable {

    static final String V1 = """
            dlt: 1
            key: pumps
            version: 1.0.0
            parameters:
              ops_email: { type: string, default: ops@example.org }
            datastores:
              sensor_data:
                time: ts
                natural_key: [asset_id, ts]
                schema:
                  type: object
                  required: [ts, asset_id]
                  additionalProperties: false
                  properties:
                    ts: { type: string, format: date-time }
                    asset_id: { type: string, maxLength: 64 }
                    pressure: { type: [number, "null"], unit: bar }
                    state: { type: [string, "null"] }
                on_invalid: quarantine
            featurestores:
              hourly:
                rollup: { from: datastore:sensor_data, every: PT1H, by: [asset_id], columns: { pressure_avg: avg(pressure), n: count() } }
              daily:
                rollup: { from: featurestore:hourly, every: P1D, by: [asset_id], columns: { pressure_avg: merge(pressure_avg) } }
            metrics:
              pressure:
                sql: SELECT * FROM featurestore:hourly ORDER BY bucket, asset_id
                result: { table: {} }
              raw:
                sql: SELECT * FROM datastore:sensor_data ORDER BY ts, asset_id
                result: { table: {} }
              pressure_now:
                latest: { from: datastore:sensor_data, column: pressure, by: [asset_id] }
            dashboards:
              overview:
                panels:
                  - { type: table, title: Hourly pressure, metric: pressure, at: { x: 0, y: 0, w: 6, h: 4 } }
                  - { type: table, title: Rows, metric: raw, at: { x: 6, y: 0, w: 6, h: 4 } }
            alerts:
              high: { metric: pressure_now, by: [asset_id], raise: "value > 8", notify: [ops] }
            reports:
              weekly: { dashboard: overview, cron: "0 7 * * MON", range: last-week, formats: [pdf], notify: [ops] }
            channels:
              ops: { type: email, to: ["${param.ops_email}"] }
            """;

    static String version(String version, String... replacements) {
        String text = V1.replace("version: 1.0.0", "version: " + version);
        for (int i = 0; i < replacements.length; i += 2) {
            assertThat(text).contains(replacements[i]);
            text = text.replace(replacements[i], replacements[i + 1]);
        }
        return text;
    }

    static String row(String time, String asset, String rest) {
        return "{\"ts\":\"2026-02-28T" + time + ":00Z\",\"asset_id\":\"" + asset + "\"" + rest + "}";
    }

    final TestDatabase database;
    final Storage storage;
    final Dlt dlt;
    Workspace north;

    PumpGrounds(Backend backend) {
        this(backend, storage -> storage);
    }

    PumpGrounds(Backend backend, UnaryOperator<Storage> wrapped) {
        database = TestDatabase.create(backend);
        storage = wrapped.apply(PostgresStorage.builder()
                .appDatabase(database.dataSource())
                .clock(InstantSource.fixed(TestStorage.NOW))
                .build());
        dlt = Dlt.builder()
                .storage(storage)
                .clock(InstantSource.fixed(TestStorage.NOW))
                .notifier(new SilentNotifier())
                .build();
        dlt.templates().publish(V1);
        north = dlt.workspaces().provision("north", "pumps", "1.0.0", w -> {});
    }

    void asSuperuser(String sql) throws SQLException {
        try (Connection connection = database.superuser().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    void ingest(String... rows) {
        assertThat(north.datastore("sensor_data")
                        .ingest(Rows.ndjson(
                                new ByteArrayInputStream(String.join("\n", rows).getBytes(StandardCharsets.UTF_8))))
                        .rejected())
                .isZero();
    }

    /** The workspace as storage sees it, without overlay. */
    WorkspaceContext context() {
        var entry = storage.workspaces().find(north.id()).orElseThrow();
        return new WorkspaceContext(
                north.id(),
                north.key(),
                north.templateId(),
                north.template(),
                north.parameters(),
                north.zone(),
                entry.placement(),
                entry.revision(),
                Set.of());
    }

    void refresh() {
        north.featurestore("hourly").refresh();
        north.featurestore("daily").refresh();
    }

    List<List<Object>> table(String metric) {
        return ((MetricResult.Table) north.metric(metric).evaluate()).rows();
    }

    List<String> columns(String metric) {
        return ((MetricResult.Table) north.metric(metric).evaluate())
                .columns().stream().map(Object::toString).toList();
    }

    @Override
    public void close() {
        dlt.close();
        database.close();
    }
}
