package io.datalifecycle.dlt.benchmarks;

import io.datalifecycle.dlt.spi.JobQueue;
import io.datalifecycle.dlt.spi.JobQueue.Job;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.time.Trigger;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * A thousand workspaces with three jobs each that do nothing: what the scheduler itself costs. First all are due in one instant, then they
 * are spread over half a minute, as the library spreads them.
 */
final class Schedules {

    private static final Instant TICK = Instant.parse("2026-03-01T00:10:00Z");
    private static final Duration BEFORE_TICK = Duration.ofMillis(1_500);
    private static final Trigger TEN = Trigger.cron("*/10 * * * *", ZoneOffset.UTC);
    private static final List<String> KINDS = List.of("refresh", "score", "alert");

    private final BenchDatabase database;
    private final int workspaces;
    private final int threads;

    private Schedules(BenchDatabase database, Settings settings) {
        this.database = database;
        this.workspaces = settings.size("workspaces", 1_000);
        this.threads = settings.size("threads", 2);
    }

    static Figures run(Settings settings) throws Exception {
        try (BenchDatabase database = BenchDatabase.open()) {
            Schedules schedules = new Schedules(database, settings);
            schedules.measure(Duration.ZERO, 1); // warms up
            return new Figures("schedules")
                    .put("server", database.describe())
                    .put("workspaces", schedules.workspaces)
                    .put("jobs", schedules.jobs())
                    .put("threads_per_role", schedules.threads)
                    .put("at_once", schedules.measure(Duration.ZERO, 1))
                    .put("at_once_two_nodes", schedules.measure(Duration.ZERO, 2))
                    .put("spread", schedules.measure(Duration.ofSeconds(30), 1));
        }
    }

    private int jobs() {
        return workspaces * KINDS.size();
    }

    /** A run that began, so many milliseconds after it was due. */
    private record Began(long lagMillis, long nanos) {}

    /** Stands still before the tick, and when it is let go runs as the real one does. */
    private static final class TickClock implements InstantSource {

        private final InstantSource real = Clock.systemUTC();
        private volatile Duration shift = Duration.ZERO;

        @Override
        public Instant instant() {
            return shift.isZero() ? TICK.minus(BEFORE_TICK) : real.instant().plus(shift);
        }

        void go() {
            shift = Duration.between(real.instant(), TICK.minus(BEFORE_TICK));
        }
    }

    private Map<String, Object> measure(Duration spread, int nodes) throws SQLException, InterruptedException {
        TickClock clock = new TickClock();
        List<PostgresStorage> storages = new ArrayList<>();
        try {
            for (int i = 0; i < nodes; i++) {
                storages.add(PostgresStorage.builder()
                        .appDatabase(database.pool())
                        .clock(clock)
                        .build());
                storages.get(i).open();
            }
            long planning = System.nanoTime();
            for (long id = 1; id <= workspaces; id++) {
                storages.get(0).jobs().put(new WorkspaceId(id), plan(id, spread));
            }
            double planned = rate(workspaces, System.nanoTime() - planning);
            Map<String, Object> figures = runAll(storages, clock, spread);
            figures.put("plans_of_workspaces_per_second", Math.round(planned));
            return figures;
        } finally {
            database.execute("DELETE FROM dlt.job");
            storages.forEach(PostgresStorage::close);
        }
    }

    private List<Job> plan(long id, Duration spread) {
        return KINDS.stream()
                .map(kind -> new Job(kind, "item", TEN, offset(id, spread)))
                .toList();
    }

    private Duration offset(long id, Duration spread) {
        return spread.multipliedBy(id - 1).dividedBy(workspaces);
    }

    private Map<String, Object> runAll(List<PostgresStorage> nodes, TickClock clock, Duration spread)
            throws SQLException, InterruptedException {
        ConcurrentLinkedQueue<Began> began = new ConcurrentLinkedQueue<>();
        CountDownLatch left = new CountDownLatch(jobs());
        long before = commits();
        for (PostgresStorage node : nodes) {
            node.jobs()
                    .start(
                            run -> {
                                Instant due = run.scheduledFor()
                                        .plus(offset(run.workspace().value(), spread));
                                began.add(new Began(
                                        Duration.between(due, clock.instant()).toMillis(), System.nanoTime()));
                                left.countDown();
                            },
                            new JobQueue.Settings(
                                    Set.of("features", "models", "alerts"),
                                    threads,
                                    2,
                                    threads,
                                    Duration.ofSeconds(10)));
        }
        clock.go();
        if (!left.await(10, TimeUnit.MINUTES)) {
            throw new IllegalStateException(left.getCount() + " jobs were not run within ten minutes");
        }
        nodes.forEach(node -> node.jobs().stop());
        return figures(began, commits() - before);
    }

    private Map<String, Object> figures(ConcurrentLinkedQueue<Began> began, long commits) {
        long[] lags = began.stream().mapToLong(Began::lagMillis).sorted().toArray();
        LongStream times = began.stream().mapToLong(Began::nanos);
        var span = times.summaryStatistics();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("runs", lags.length);
        figures.put("jobs_per_second", Math.round(rate(lags.length, span.getMax() - span.getMin())));
        figures.put("lag_p50_millis", lags[lags.length / 2]);
        figures.put("lag_p99_millis", lags[lags.length * 99 / 100]);
        figures.put("lag_max_millis", lags[lags.length - 1]);
        figures.put("transactions_per_job", Figures.rounded((double) commits / lags.length));
        return figures;
    }

    private static double rate(int count, long nanos) {
        return count * 1e9 / nanos;
    }

    /** Transactions of this database. Connections tell the server when they end. */
    private long commits() throws SQLException {
        database.pool().getHikariPoolMXBean().softEvictConnections();
        try (Connection connection = database.pool().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()")) {
            row.next();
            return row.getLong(1);
        }
    }
}
