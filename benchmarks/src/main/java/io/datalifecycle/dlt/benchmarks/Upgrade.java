package io.datalifecycle.dlt.benchmarks;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ml.MlPlugin;
import io.datalifecycle.dlt.plan.Plan;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.template.Template;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Workspaces of six stores go to a version with a column and a metric more, one after the other, each followed by what is the least by hand: the
 * column added to a table made alike, and the version written into a row, in one transaction.
 */
final class Upgrade {

    private static final int WARM_UP = 10;

    private final BenchDatabase database;
    private final Dlt dlt;
    private final int workspaces;
    private final Effort planning;
    private final Effort applying;
    private final Effort byHand;

    private Upgrade(BenchDatabase database, Dlt dlt, int workspaces) {
        this.database = database;
        this.dlt = dlt;
        this.workspaces = workspaces;
        int part = Math.min(100, workspaces / 2);
        this.planning = new Effort(workspaces, part);
        this.applying = new Effort(workspaces, part);
        this.byHand = new Effort(workspaces, part);
    }

    static Figures run(Settings settings, boolean timescale) throws Exception {
        try (BenchDatabase database = timescale ? BenchDatabase.openTimescale().orElseThrow() : BenchDatabase.open();
                Dlt dlt = Dlt.builder()
                        .storage(PostgresStorage.builder()
                                .appDatabase(database.pool())
                                .build())
                        .plugin(new MlPlugin())
                        .build()) {
            return new Upgrade(database, dlt, settings.size("workspaces", 1_000)).measure(timescale);
        }
    }

    private Figures measure(boolean timescale) throws Exception {
        Template first = dlt.templates().publish(Sites.yaml());
        provision(first);
        dlt.templates().publish(Sites.grown());
        database.execute("CREATE TABLE hand_pin (id int PRIMARY KEY, version text NOT NULL)");
        database.execute(
                "INSERT INTO hand_pin SELECT i, '1.0.0' FROM generate_series(1, " + (workspaces + WARM_UP) + ") i");
        try (Connection connection = database.pool().getConnection()) {
            ByHand hand = new ByHand(connection, timescale);
            for (int number = 1; number <= workspaces + WARM_UP; number++) {
                hand.make(number);
            }
            long handProcess = Effort.process(connection);
            for (int i = -WARM_UP; i < workspaces; i++) {
                mark(i, connection, handProcess);
                int number = i + WARM_UP + 1;
                upgrade(i, "site-" + number);
                byHand.time(i, () -> byHand(connection, number));
            }
            mark(workspaces, connection, handProcess);
        }
        return new Figures(timescale ? "upgrade-timescale" : "upgrade")
                .put("server", database.describe())
                .put("workspaces", workspaces)
                .put("stores", Sites.STORES)
                .put("plan_ms_p50", Figures.rounded(planning.millis()))
                .put("apply", applying.figures())
                .put("by_hand", byHand.figures())
                .put("ratio", Effort.ratios(applying, byHand))
                .put("goal", 1.5)
                .put("goal_last_to_first", 1.3);
    }

    private void provision(Template template) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Workspace>> all = new ArrayList<>();
            for (int number = 1; number <= workspaces + WARM_UP; number++) {
                String key = "site-" + number;
                all.add(threads.submit(() -> dlt.workspaces().provision(key, template)));
            }
            for (Future<Workspace> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void upgrade(int number, String key) throws Exception {
        Workspace workspace = dlt.workspaces().workspace(key);
        planning.time(number, () -> workspace.plan("1.1.0"));
        Plan plan = workspace.plan("1.1.0");
        applying.time(number, () -> workspace.apply(plan));
    }

    private static void byHand(Connection connection, int number) throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE hand_sensor_data_" + number + " ADD COLUMN humidity double precision");
        }
        try (PreparedStatement pin =
                connection.prepareStatement("UPDATE hand_pin SET version = '1.1.0' WHERE id = ?")) {
            pin.setInt(1, number);
            pin.executeUpdate();
        }
        connection.commit();
    }

    private void mark(int number, Connection connection, long handProcess) throws Exception {
        if (applying.isEdge(number)) {
            List<Long> others = Effort.processesWithout(connection, handProcess);
            connection.commit();
            applying.mark(number, others);
            byHand.mark(number, List.of(handProcess));
        }
    }
}
