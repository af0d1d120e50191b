package io.datalifecycle.dlt.benchmarks;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.ml.MlPlugin;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.template.Template;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Workspaces of six stores in one database, one after the other, each followed by the same objects made by hand. Both sides share the catalogue, so with a
 * thousand workspaces it holds two thousand of them. Then some more by several threads.
 */
final class Provision {

    private final BenchDatabase database;
    private final Dlt dlt;
    private final Template template;
    private final int workspaces;
    private final int together;

    private Provision(BenchDatabase database, Dlt dlt, Settings settings) throws Exception {
        this.database = database;
        this.dlt = dlt;
        this.workspaces = settings.size("workspaces", 1_000);
        this.together = settings.size("together", 100);
        this.template = dlt.templates().publish(Sites.yaml());
    }

    static Figures run(Settings settings, boolean timescale) throws Exception {
        try (BenchDatabase database = timescale ? BenchDatabase.openTimescale().orElseThrow() : BenchDatabase.open();
                Dlt dlt = Dlt.builder()
                        .storage(PostgresStorage.builder()
                                .appDatabase(database.pool())
                                .build())
                        .plugin(new MlPlugin())
                        .build()) {
            return new Provision(database, dlt, settings).measure(timescale);
        }
    }

    private Figures measure(boolean timescale) throws Exception {
        int part = Math.min(100, workspaces / 2);
        Effort ours = new Effort(workspaces, part);
        Effort theirs = new Effort(workspaces, part);
        try (Connection connection = database.pool().getConnection()) {
            ByHand hand = new ByHand(connection, timescale);
            long handProcess = Effort.process(connection);
            for (int i = -10; i < workspaces; i++) { // the first warm up
                mark(i, connection, handProcess, ours, theirs);
                int number = i + 10;
                Effort.Work one = () -> provision("site-" + number);
                if (i % 2 == 0) {
                    ours.time(i, one);
                }
                theirs.time(i, () -> hand.make(number));
                if (i % 2 != 0) {
                    ours.time(i, one);
                }
            }
            mark(workspaces, connection, handProcess, ours, theirs);
        }
        Figures figures = new Figures(timescale ? "provision-timescale" : "provision")
                .put("server", database.describe())
                .put("workspaces", workspaces)
                .put("stores", Sites.STORES)
                .put("relations", objects())
                .put("provision", ours.figures())
                .put("by_hand", theirs.figures())
                .put("ratio", Effort.ratios(ours, theirs))
                .put("goal", 1.5)
                .put("goal_last_to_first", 1.3);
        for (int threads : together == 0 ? new int[0] : new int[] {1, 2, 4}) {
            figures.put("workspaces_per_second_" + threads + "_threads", Figures.rounded(together(threads)));
        }
        return figures.put("again_ms_p50", Figures.rounded(again()));
    }

    private void provision(String key) {
        dlt.workspaces().provision(key, template);
    }

    private static void mark(int number, Connection connection, long handProcess, Effort ours, Effort theirs)
            throws Exception {
        if (!ours.isEdge(number)) {
            return;
        }
        List<Long> others = Effort.processesWithout(connection, handProcess);
        connection.commit();
        ours.mark(number, others);
        theirs.mark(number, List.of(handProcess));
    }

    /** Relations and their columns of both sides, which must be as many. */
    private Map<String, Object> objects() throws SQLException {
        Map<String, Object> counts = new LinkedHashMap<>();
        String sql = "SELECT count(DISTINCT c.oid) || ' relations, ' || count(*) || ' columns' FROM pg_class c"
                + " JOIN pg_attribute a ON a.attrelid = c.oid WHERE a.attnum > 0 AND c.relname ";
        try (Connection connection = database.pool().getConnection();
                Statement statement = connection.createStatement()) {
            for (String like : List.of("~ '_wid\\d+(_|$)'", "~ '^hand_'")) {
                try (ResultSet row = statement.executeQuery(sql + like)) {
                    row.next();
                    counts.put(counts.isEmpty() ? "provision" : "by_hand", row.getString(1));
                }
            }
            try (ResultSet row = statement.executeQuery("SELECT count(*) FROM pg_class")) {
                row.next();
                counts.put("all_in_pg_class", row.getLong(1));
            }
        }
        if (!Objects.equals(counts.get("provision"), counts.get("by_hand"))) {
            throw new IllegalStateException("the two sides make different objects: " + counts);
        }
        return counts;
    }

    /** Workspaces a second when so many threads make a hundred. */
    private double together(int threads) throws Exception {
        int count = together;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            long start = System.nanoTime();
            List<Future<?>> all = new ArrayList<>();
            IntStream.range(0, count)
                    .forEach(i -> all.add(pool.submit(() -> provision("together-" + threads + "-" + i))));
            for (Future<?> one : all) {
                one.get();
            }
            return count * 1e9 / (System.nanoTime() - start);
        } finally {
            pool.shutdownNow();
        }
    }

    private double again() throws Exception {
        int count = Math.min(100, workspaces);
        Effort again = new Effort(count, count);
        for (int i = 0; i < count; i++) {
            String key = "site-" + i;
            again.time(i, () -> provision(key));
        }
        return again.millis();
    }
}
