package io.datalifecycle.dlt.benchmarks;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.workspace.PhysicalName;
import java.io.ByteArrayInputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A metric under isolation against the same SQL by plain JDBC on the same pool, one call each in turn; medians are compared. */
final class MetricQuery {

    private static final Instant FROM = Instant.parse("2026-03-01T00:10:00Z");
    private static final Duration SPAN = Duration.ofSeconds(60);

    private final BenchDatabase database;
    private final Workspace workspace;
    private final String sql;

    private MetricQuery(BenchDatabase database, Workspace workspace) {
        this.database = database;
        this.workspace = workspace;
        this.sql = SensorRows.METRIC_SQL
                .replace(
                        "datastore:" + SensorRows.STORE,
                        "\"" + PhysicalName.table(SensorRows.STORE, workspace.id()) + "\"")
                .replace(":from", "?")
                .replace(":to", "?");
    }

    static Figures run(Settings settings) throws Exception {
        int rows = settings.size("rows", 200_000);
        int calls = settings.size("calls", 3_000);
        Template template = SensorRows.template(true);
        try (BenchDatabase database = BenchDatabase.open();
                Dlt dlt = Dlt.builder()
                        .storage(PostgresStorage.builder()
                                .appDatabase(database.pool())
                                .build())
                        .build()) {
            dlt.templates().publish(template);
            Workspace workspace = dlt.workspaces().provision("bench", template);
            workspace
                    .datastore(SensorRows.STORE)
                    .ingest(Rows.ndjson(new ByteArrayInputStream(SensorRows.ndjson(rows, 0))));
            database.execute("VACUUM ANALYZE");
            return new MetricQuery(database, workspace).measure(rows, calls);
        }
    }

    private Figures measure(int rows, int calls) throws SQLException {
        double[] metric = new double[calls];
        double[] raw = new double[calls];
        double[] trip = new double[calls];
        for (int i = -calls; i < calls; i++) { // as many to warm up as are measured
            int at = Math.max(i, 0);
            Instant from = FROM.plusSeconds(Math.floorMod(i, 600));
            trip[at] = timed(this::roundTrip);
            raw[at] = timed(() -> plain(from));
            metric[at] = timed(() -> isolated(from));
        }
        double ours = Figures.median(metric);
        double plain = Figures.median(raw);
        double one = Figures.median(trip);
        return new Figures("metric")
                .put("database", database.describe())
                .put("stored_rows", rows)
                .put("calls", calls)
                .put("metric_ms_p50", Figures.rounded(ours))
                .put("jdbc_ms_p50", Figures.rounded(plain))
                .put("round_trip_ms_p50", Figures.rounded(one))
                .put("metric_ms_p99", Figures.rounded(percentile(metric, 0.99)))
                .put("jdbc_ms_p99", Figures.rounded(percentile(raw, 0.99)))
                .put("ratio", Figures.rounded(ours / plain))
                .put("ratio_without_one_round_trip", Figures.rounded((ours - one) / plain))
                .put("goal_without_one_round_trip", 1.2);
    }

    private static double percentile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(sorted.length * share))];
    }

    private interface Call {
        int run() throws SQLException;
    }

    private static double timed(Call call) throws SQLException {
        long start = System.nanoTime();
        if (call.run() == 0) {
            throw new IllegalStateException("no rows");
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private int isolated(Instant from) {
        return workspace
                .metric("pressure_by_asset")
                .with("from", from)
                .with("to", from.plus(SPAN))
                .rows()
                .rows()
                .size();
    }

    private int plain(Instant from) throws SQLException {
        List<Object> cells = new ArrayList<>();
        try (Connection connection = database.pool().getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            query.setObject(1, OffsetDateTime.ofInstant(from, ZoneOffset.UTC));
            query.setObject(2, OffsetDateTime.ofInstant(from.plus(SPAN), ZoneOffset.UTC));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    cells.add(rows.getObject(1, OffsetDateTime.class).toInstant());
                    cells.add(rows.getString(2));
                    cells.add(rows.getDouble(3));
                }
            }
        }
        return cells.size() / 3;
    }

    private int roundTrip() throws SQLException {
        try (Connection connection = database.pool().getConnection();
                PreparedStatement query = connection.prepareStatement("SELECT 1");
                ResultSet rows = query.executeQuery()) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
