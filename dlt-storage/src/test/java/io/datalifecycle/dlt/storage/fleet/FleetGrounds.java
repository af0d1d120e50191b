package io.datalifecycle.dlt.storage.fleet;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.metric.MetricResult;
import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.testdb.TestDatabase;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A database for many fleets, with a clock that is moved and a way to let the process die in a refresh. */
final class FleetGrounds implements AutoCloseable {

    private static final String V1 = """
            dlt: 1
            key: KEY
            version: 1.0.0
            parameters:
              limit: { type: number, default: 8 }
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
                    starts: { type: [number, "null"] }
            featurestores:
              hourly:
                rollup: { from: datastore:sensor_data, every: PT1H, by: [asset_id], columns: { pressure_avg: avg(pressure), n: count() } }
            metrics:
              pressure:
                sql: SELECT bucket, asset_id, pressure_avg FROM featurestore:hourly ORDER BY bucket, asset_id
                result: { table: {} }
              samples:
                sql: "SELECT count(*) AS n FROM datastore:sensor_data WHERE ts >= :from"
                inputs: { from: { type: timestamp, required: true } }
                result: { table: {} }
              raw:
                sql: SELECT * FROM datastore:sensor_data ORDER BY ts, asset_id
                result: { table: {} }
              pressure_now:
                latest: { from: datastore:sensor_data, column: pressure, by: [asset_id] }
            alerts:
              high: { metric: pressure_now, by: [asset_id], raise: "value > param.limit" }
            """;

    final TestDatabase database;
    final Dlt dlt;
    volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");

    /** Called when a featurestore of a workspace was refreshed. */
    volatile Consumer<String> refreshed = key -> {};

    FleetGrounds(Backend backend) {
        database = TestDatabase.create(backend);
        dlt = node();
    }

    /** Another process on the same databases. */
    Dlt node() {
        return Dlt.builder()
                .storage(PostgresStorage.builder()
                        .appDatabase(database.dataSource())
                        .clock(() -> now)
                        .build())
                .clock(() -> now)
                .listener(new DltListener() {
                    @Override
                    public void onRefresh(
                            WorkspaceContext workspace, String store, long written, long removed, Duration took) {
                        refreshed.accept(workspace.key());
                    }
                })
                .build();
    }

    /** Publishes a version of a template; replacements are pairs of what is there and what takes its place. */
    void publish(String key, String version, String... replacements) {
        String text = V1.replace("KEY", key).replace("version: 1.0.0", "version: " + version);
        for (int i = 0; i < replacements.length; i += 2) {
            if (!text.contains(replacements[i])) {
                throw new IllegalArgumentException(replacements[i]);
            }
            text = text.replace(replacements[i], replacements[i + 1]);
        }
        dlt.templates().publish(text);
    }

    /** Workspaces {@code <key>-01} and so on, without rows. */
    List<Workspace> empty(String key, int number) {
        publish(key, "1.0.0");
        List<Workspace> made = new ArrayList<>();
        for (int i = 1; i <= number; i++) {
            made.add(dlt.workspaces().provision(key(key, i), key, "1.0.0", w -> {}));
        }
        return made;
    }

    /** The same, each with two rows, its featurestores up to date. */
    List<Workspace> provision(String key, int number) {
        List<Workspace> made = empty(key, number);
        for (Workspace workspace : made) {
            ingest(workspace, "p1", 2, 1);
            ingest(workspace, "p2", 4, 1);
            workspace.featurestore("hourly").refresh();
        }
        return made;
    }

    static String key(String template, int number) {
        return template + "-" + (number < 10 ? "0" : "") + number;
    }

    void ingest(Workspace workspace, String asset, double pressure, double starts) {
        workspace
                .datastore("sensor_data")
                .ingest(Rows.of(List.of(Map.<String, Object>of(
                        "ts",
                        Instant.parse("2026-03-01T10:00:00Z").plusSeconds((long) (pressure * 60)),
                        "asset_id",
                        asset,
                        "pressure",
                        pressure,
                        "starts",
                        starts))));
    }

    Workspace workspace(String key) {
        return dlt.workspaces().workspace(key);
    }

    String version(String key) {
        return workspace(key).templateId().version();
    }

    List<List<Object>> table(String key, String metric) {
        return ((MetricResult.Table) workspace(key).metric(metric).evaluate()).rows();
    }

    void advance(Duration by) {
        now = now.plus(by);
    }

    @Override
    public void close() {
        dlt.close();
        database.close();
    }
}
