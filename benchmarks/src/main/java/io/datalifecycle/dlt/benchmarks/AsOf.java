package io.datalifecycle.dlt.benchmarks;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.TrainingSet;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.PhysicalName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * As-of joins of entities with three stores: a training set, and a featurestore of the kind {@code join}, against SQL by hand on the same pool: a
 * {@code LATERAL … LIMIT 1} for each store with an index that fits, and window functions that carry the latest row forward. All sides read
 * the entities from their table and give rows that are looked at cell by cell, or write them.
 */
final class AsOf {

    private static final int ASSETS = 500;
    private static final int STORES = 3;
    private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

    /** Seconds between rows of an asset: of the entities, then of the three stores. */
    private static final int[] EVERY = {60, 97, 241, 613};

    private static final Template TEMPLATE = Template.define("asof", "1.0.0", t -> {
        for (String key : List.of("entity", "one", "two", "three")) {
            t.datastore(
                    key,
                    d -> d.time("ts")
                            .naturalKey("asset_id", "ts")
                            .field("ts", Field.timestamp().required())
                            .field("asset_id", Field.text(64).required())
                            .field("v", Field.number())
                            .chunk(Duration.ofDays(7)));
        }
        t.featurestore(
                "joined",
                f -> f.join(
                        "datastore:entity",
                        j -> j.time("ts")
                                .by("asset_id")
                                .columns("v")
                                .join("datastore:one", a -> a.columns("v").prefix("one_"))
                                .join("datastore:two", a -> a.columns("v").prefix("two_"))
                                .join("datastore:three", a -> a.columns("v").prefix("three_"))));
    });

    private final BenchDatabase database;
    private final Workspace workspace;
    private final int runs;

    private AsOf(BenchDatabase database, Workspace workspace, int runs) {
        this.database = database;
        this.workspace = workspace;
        this.runs = runs;
    }

    static Figures run(Settings settings) throws Exception {
        int entities = settings.size("rows", 1_000_000);
        try (BenchDatabase database = BenchDatabase.open();
                Dlt dlt = Dlt.builder()
                        .storage(PostgresStorage.builder()
                                .appDatabase(database.pool())
                                .build())
                        .build()) {
            dlt.templates().publish(TEMPLATE);
            Workspace workspace = dlt.workspaces().provision("bench", TEMPLATE);
            return new AsOf(database, workspace, settings.size("runs", 3)).measure(entities);
        }
    }

    private Figures measure(int entities) throws Exception {
        Map<String, Object> stored = fill(entities);
        TimeRange all = TimeRange.of(START, START.plus(Duration.ofDays(400)));
        TrainingSet set = workspace.trainingSet(t -> t.entities("datastore:entity", all)
                .feature("datastore:one", f -> f.by("asset_id").columns("v").prefix("one_"))
                .feature("datastore:two", f -> f.by("asset_id").columns("v").prefix("two_"))
                .feature("datastore:three", f -> f.by("asset_id").columns("v").prefix("three_")));
        Map<String, double[]> times = new LinkedHashMap<>();
        for (int run = -1; run < runs; run++) { // the first warms up
            time(times, run, "training_set", () -> sum(set));
            time(times, run, "window_by_hand", () -> sum(window() + " ORDER BY 1, 2"));
            time(times, run, "join_refresh", this::refreshed);
            time(times, run, "window_insert_by_hand", () -> inserted(window()));
        }
        for (String store : List.of("one", "two", "three")) {
            database.execute("CREATE INDEX ON " + table(store) + " (asset_id, ts DESC)");
            database.execute("VACUUM ANALYZE " + table(store));
        }
        for (int run = -1; run < runs; run++) {
            time(times, run, "lateral_by_hand", () -> sum(lateral() + " ORDER BY 1, 2"));
            time(times, run, "lateral_insert_by_hand", () -> inserted(lateral()));
        }
        Figures figures =
                new Figures("asof").put("database", database.describe()).put("rows", stored);
        Map<String, Double> medians = new LinkedHashMap<>();
        times.forEach((name, values) -> medians.put(name, Figures.median(values)));
        medians.forEach((name, median) -> figures.put(name + "_ms", Figures.rounded(median)));
        double read = Math.min(
                medians.getOrDefault("window_by_hand", Double.NaN),
                medians.getOrDefault("lateral_by_hand", Double.NaN));
        double write = Math.min(
                medians.getOrDefault("window_insert_by_hand", Double.NaN),
                medians.getOrDefault("lateral_insert_by_hand", Double.NaN));
        return figures.put(
                        "training_set_to_faster_by_hand",
                        Figures.rounded(medians.getOrDefault("training_set", Double.NaN) / read))
                .put(
                        "training_set_to_lateral",
                        Figures.rounded(medians.getOrDefault("training_set", Double.NaN)
                                / medians.getOrDefault("lateral_by_hand", Double.NaN)))
                .put(
                        "join_refresh_to_faster_by_hand",
                        Figures.rounded(medians.getOrDefault("join_refresh", Double.NaN) / write))
                .put(
                        "join_refresh_to_lateral",
                        Figures.rounded(medians.getOrDefault("join_refresh", Double.NaN)
                                / medians.getOrDefault("lateral_insert_by_hand", Double.NaN)));
    }

    private Map<String, Object> fill(int entities) throws SQLException {
        Map<String, Object> stored = new LinkedHashMap<>();
        List<String> stores = List.of("entity", "one", "two", "three");
        long seconds = (long) entities / ASSETS * EVERY[0];
        for (int i = 0; i <= STORES; i++) {
            List<Map<String, Object>> room = new ArrayList<>();
            for (long at = 0; at < seconds + 86_400; at += 86_400) {
                room.add(Map.of("ts", START.plusSeconds(at).plusNanos(1_000), "asset_id", "room"));
            }
            workspace.datastore(stores.get(i)).ingest(Rows.of(room));
            database.execute("INSERT INTO " + table(stores.get(i)) + " (ts, asset_id, v) SELECT timestamptz '" + START
                    + "' + (n * " + EVERY[i] + " + a % " + EVERY[i]
                    + ") * interval '1 second', 'asset-' || a, n % 1000 + a / 8.0 "
                    + "FROM generate_series(0, " + (seconds / EVERY[i] - 1) + ") n, generate_series(1, " + ASSETS
                    + ") a");
            database.execute("VACUUM ANALYZE " + table(stores.get(i)));
            stored.put(stores.get(i), database.count(table(stores.get(i))));
        }
        workspace.featurestore("joined").refresh(); // makes its partitions
        database.execute("CREATE TABLE by_hand (LIKE " + table("joined") + " INCLUDING ALL)");
        return stored;
    }

    /** Rows of all in one order; each row of a store begins a group, whose first value is carried to the entities in it. */
    private String window() {
        String empty = "NULL::float8, NULL::int, ";
        List<String> stores = List.of("one", "two", "three");
        StringBuilder union = new StringBuilder("SELECT ts, asset_id, v, ");
        union.append(
                "NULL::float8 AS v0, NULL::int AS s0, NULL::float8 AS v1, NULL::int AS s1, NULL::float8 AS v2, NULL::int AS s2, ");
        union.append("1 AS r FROM ").append(table("entity"));
        StringBuilder counts = new StringBuilder();
        StringBuilder carried = new StringBuilder();
        for (int i = 0; i < STORES; i++) {
            union.append(" UNION ALL SELECT ts, asset_id, NULL, ")
                    .append(empty.repeat(i))
                    .append("v, 1, ")
                    .append(empty.repeat(STORES - 1 - i))
                    .append("0 FROM ")
                    .append(table(stores.get(i)));
            counts.append(", count(s" + i + ") OVER w AS g" + i);
            carried.append(", first_value(v" + i + ") OVER (PARTITION BY asset_id, g" + i + " ORDER BY ts, r, s" + i
                    + " NULLS LAST) AS " + stores.get(i) + "_v");
        }
        return "SELECT ts, asset_id, v, one_v, two_v, three_v FROM (SELECT ts, asset_id, v, r" + carried
                + " FROM (SELECT *" + counts + " FROM (" + union
                + ") AS u WINDOW w AS (PARTITION BY asset_id ORDER BY ts, r)) AS c) AS f WHERE r = 1";
    }

    private String lateral() {
        StringBuilder sql =
                new StringBuilder("SELECT e.ts, e.asset_id, e.v, l0.v AS one_v, l1.v AS two_v, l2.v AS three_v FROM ");
        sql.append(table("entity")).append(" AS e");
        List<String> stores = List.of("one", "two", "three");
        for (int i = 0; i < STORES; i++) {
            sql.append(" LEFT JOIN LATERAL (SELECT v FROM ")
                    .append(table(stores.get(i)))
                    .append(" AS s WHERE s.asset_id = e.asset_id AND s.ts <= e.ts ORDER BY s.ts DESC LIMIT 1) AS l")
                    .append(i)
                    .append(" ON true");
        }
        return sql.toString();
    }

    private interface Work {
        double run() throws SQLException;
    }

    private final Map<String, Double> sums = new LinkedHashMap<>();

    /** All sides that read must come to one sum, all that write to one number of rows. */
    private void time(Map<String, double[]> times, int run, String name, Work work) throws SQLException {
        long started = System.nanoTime();
        double sum = work.run();
        double millis = (System.nanoTime() - started) / 1e6;
        String side = name.contains("insert") || name.contains("refresh") ? "written" : "read";
        Double before = sums.putIfAbsent(side, sum);
        if (before != null && Math.abs(before - sum) > 1e-6 * Math.abs(before)) {
            throw new IllegalStateException(name + " gives " + sum + ", others " + before);
        }
        if (run >= 0) {
            times.computeIfAbsent(name, n -> new double[runs])[run] = millis;
        }
    }

    private static double sum(TrainingSet set) {
        double[] sum = new double[1];
        set.rows(batch -> {
            for (int row = 0; row < batch.size(); row++) {
                for (int column = 2; column < 3 + STORES; column++) {
                    sum[0] += batch.isNull(row, column) ? 0 : batch.doubleAt(row, column);
                }
            }
        });
        return sum[0];
    }

    private double sum(String sql) throws SQLException {
        double sum = 0;
        try (Connection connection = database.pool().getConnection()) {
            connection.setAutoCommit(false);
            memory(connection);
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setFetchSize(10_000);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        row.getTimestamp(1);
                        row.getString(2);
                        for (int column = 3; column <= 3 + STORES; column++) {
                            sum += row.getDouble(column);
                        }
                    }
                }
            }
            connection.commit();
        }
        return sum;
    }

    private double refreshed() throws SQLException {
        database.clean(table("joined"));
        return workspace.featurestore("joined").recompute().written();
    }

    private double inserted(String select) throws SQLException {
        database.clean("by_hand");
        try (Connection connection = database.pool().getConnection()) {
            connection.setAutoCommit(false);
            memory(connection);
            double rows;
            try (Statement statement = connection.createStatement()) {
                rows = statement.executeUpdate(
                        "INSERT INTO by_hand (ts, asset_id, v, one_v, two_v, three_v) " + select);
            }
            connection.commit();
            return rows;
        }
    }

    /** As much as ours sorts in. */
    private static void memory(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL work_mem = '32MB'");
        }
    }

    private String table(String store) {
        return "\"" + PhysicalName.table(store, workspace.id()) + "\"";
    }
}
