package io.datalifecycle.dlt.storage.schedule;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.datalifecycle.dlt.spi.JobQueue;
import io.datalifecycle.dlt.spi.JobQueue.Job;
import io.datalifecycle.dlt.spi.JobQueue.Planned;
import io.datalifecycle.dlt.spi.JobQueue.Settings;
import io.datalifecycle.dlt.storage.AppGrounds;
import io.datalifecycle.dlt.storage.sql.Database;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A database with a clock that is moved, and nodes that share it. */
final class ScheduleGrounds implements AutoCloseable {

    static final Instant T0 = Instant.parse("2026-03-01T00:03:00Z");
    static final Duration LONG = Duration.ofSeconds(20);
    static final Set<String> ALL = Set.of("scheduler", "features", "models", "alerts");
    static final Timing QUICK = new Timing(Duration.ofMillis(50), Duration.ofSeconds(10), 6);

    final AtomicReference<Instant> now = new AtomicReference<>(T0);
    final AppGrounds grounds = new AppGrounds(now::get);
    private final HikariDataSource pool = pool();
    final Database app = new Database("app", pool);
    private final List<DbSchedulerJobQueue> nodes = new ArrayList<>();

    /** As hosts have one; a connection for each statement would be the better part of the time. */
    private HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setDataSource(grounds.database.dataSource());
        config.setMaximumPoolSize(12);
        return new HikariDataSource(config);
    }

    DbSchedulerJobQueue node() {
        return node(QUICK);
    }

    DbSchedulerJobQueue node(Timing timing) {
        DbSchedulerJobQueue node = new DbSchedulerJobQueue(app, now::get, timing);
        nodes.add(node);
        return node;
    }

    static Settings settings(Set<String> roles, int threads) {
        return new Settings(roles, threads, 2, threads, Duration.ofSeconds(5));
    }

    static Planned planned(JobQueue queue, WorkspaceId workspace, Job job) {
        return queue.planned(workspace).stream()
                .filter(p -> p.job().kind().equals(job.kind()) && p.job().item().equals(job.item()))
                .findFirst()
                .orElseThrow();
    }

    static Instant next(JobQueue queue, WorkspaceId workspace, Job job) {
        return planned(queue, workspace, job).next().orElseThrow();
    }

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(LONG.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody came");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        nodes.forEach(DbSchedulerJobQueue::stop);
        pool.close();
        grounds.close();
    }
}
