package io.datalifecycle.dlt.benchmarks;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ml.MlPlugin;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.template.Template;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What more and more workspaces in one database do to everything that is asked of it. The tables are empty: what grows is the catalogue. */
final class Crowd {

    private static final int SAMPLES = 40;

    private final BenchDatabase database;
    private final Dlt dlt;
    private final Template template;

    private Crowd(BenchDatabase database, Dlt dlt) throws Exception {
        this.database = database;
        this.dlt = dlt;
        this.template = dlt.templates().publish(Sites.yaml());
    }

    static Figures run(Settings settings) throws Exception {
        int workspaces = settings.size("workspaces", 3_000);
        int step = settings.size("step", 1_000);
        try (BenchDatabase database = BenchDatabase.open();
                Dlt dlt = Dlt.builder()
                        .storage(PostgresStorage.builder()
                                .appDatabase(database.pool())
                                .build())
                        .plugin(new MlPlugin())
                        .build()) {
            Crowd crowd = new Crowd(database, dlt);
            Figures figures = new Figures("crowd").put("server", database.describe());
            int made = 0;
            for (int size = SAMPLES; size <= workspaces; size = size == SAMPLES ? step : size + step) {
                crowd.provision(made, size);
                made = size;
                Map<String, Object> measured = crowd.measure(size);
                System.out.println(size + " " + measured);
                figures.put("with_" + size, measured);
            }
            return figures;
        }
    }

    private void provision(int from, int to) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int number = from; number < to; number++) {
                String key = "site-" + number;
                all.add(threads.submit(() -> dlt.workspaces().provision(key, template)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private Map<String, Object> measure(int size) throws Exception {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("relations", number("SELECT count(*) FROM pg_class"));
        figures.put(
                "catalogue_mib",
                number("SELECT sum(pg_total_relation_size(oid))::bigint >> 20 FROM pg_class"
                        + " WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'r'"));
        figures.put("jobs", number("SELECT count(*) FROM dlt.job"));
        figures.put("provision_ms_p50", p50(i -> dlt.workspaces().provision("sample-" + size + "-" + i, template)));
        figures.put("list_ms_p50", p50(i -> dlt.workspaces().list()));
        Workspace first = dlt.workspaces().workspace("site-0");
        figures.put("metric_again_ms_p50", p50(i -> metric(first)));
        figures.put(
                "metric_of_others_ms_p50",
                p50(i -> metric(dlt.workspaces().workspace("site-" + i * (size / SAMPLES)))));
        figures.put(
                "due_jobs_ms_p50",
                p50(i -> number("SELECT count(*) FROM (SELECT * FROM dlt.job_features WHERE picked = false"
                        + " AND execution_time <= now() ORDER BY priority DESC, execution_time LIMIT 20) d")));
        figures.put("new_connection_ms_p50", p50(i -> connect()));
        figures.put("backend_kib_idle_and_after_all_tables", memory());
        return figures;
    }

    private interface Sample {
        void run(int number) throws Exception;
    }

    private static double p50(Sample sample) throws Exception {
        double[] millis = new double[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            long start = System.nanoTime();
            sample.run(i);
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        return Figures.rounded(Figures.median(millis));
    }

    private static void metric(Workspace workspace) {
        workspace
                .metric("pressure_by_asset")
                .with("from", Instant.parse("2026-03-01T00:00:00Z"))
                .with("to", Instant.parse("2026-03-02T00:00:00Z"))
                .rows();
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = database.pool().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void connect() throws SQLException {
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT count(*) FROM dlt.template_version");
        }
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection(database.pool().getJdbcUrl());
    }

    /** Memory of one server process, before and after it looked at the first datastore of every workspace. */
    private String memory() throws SQLException {
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            long before = backend(statement);
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(
                    "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'p' AND relname ~ '^sensor_data_wid'")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            for (String table : tables) {
                statement.execute("SELECT FROM " + table + " LIMIT 0");
            }
            return before + ", " + backend(statement);
        }
    }

    private static long backend(Statement statement) throws SQLException {
        try (ResultSet row =
                statement.executeQuery("SELECT sum(total_bytes)::bigint >> 10 FROM pg_backend_memory_contexts")) {
            row.next();
            return row.getLong(1);
        }
    }
}
