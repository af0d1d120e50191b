package io.datalifecycle.dlt.storage.schedule;

import static io.datalifecycle.dlt.storage.schedule.ScheduleGrounds.ALL;
import static io.datalifecycle.dlt.storage.schedule.ScheduleGrounds.LONG;
import static io.datalifecycle.dlt.storage.schedule.ScheduleGrounds.QUICK;
import static io.datalifecycle.dlt.storage.schedule.ScheduleGrounds.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.datalifecycle.dlt.spi.JobQueue.Job;
import io.datalifecycle.dlt.spi.JobQueue.Planned;
import io.datalifecycle.dlt.storage.schema.AppSchema;
import io.datalifecycle.dlt.storage.schema.SchemaMode;
import io.datalifecycle.dlt.storage.sql.Database;
import io.datalifecycle.dlt.testdb.TestDatabase;
import io.datalifecycle.dlt.time.Trigger;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** Jobs that were planned before there were roles keep their next run and find their role. */
final class JobRolesMigrationIT {

    private static final WorkspaceId SEVEN = new WorkspaceId(7);
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant TICK = Instant.parse("2026-03-01T00:10:00Z");

    @Test
    void jobsKeepTheirNextRunAndFindTheirRole() {
        try (TestDatabase database = TestDatabase.create()) {
            Database app = new Database("app", database.dataSource());
            beforeRoles(database);
            plan(app, "7/refresh/pump_10min", "{\"cron\":\"*/10 * * * *\",\"zone\":\"Europe/Berlin\"}", false);
            plan(app, "7/train/m", "{\"cron\":\"0 3 * * *\",\"zone\":\"Europe/Berlin\"}", false);
            plan(app, "7/alert/level", "{\"every\":\"PT1M\",\"zone\":\"Z\"}", true);
            plan(app, "7/maintain/", "{\"every\":\"PT1H\",\"zone\":\"Z\"}", false);

            AppSchema.openApp(app, SchemaMode.MIGRATE);

            assertThat(roles(app)).containsExactly("alerts/90", "features/50", "models/20", "scheduler/10");
            AtomicReference<Instant> now = new AtomicReference<>(TICK.minusSeconds(60));
            DbSchedulerJobQueue queue = new DbSchedulerJobQueue(app, now::get, QUICK);
            Job refresh = new Job("refresh", "pump_10min", Trigger.cron("*/10 * * * *", BERLIN));
            assertThat(queue.planned(SEVEN))
                    .hasSize(4)
                    .contains(new Planned(refresh, Optional.of(TICK), 2, false, Optional.empty(), Optional.of(TICK)));
            queue.put(SEVEN, List.of(refresh));
            assertThat(queue.planned(SEVEN)).extracting(Planned::next).containsExactly(Optional.of(TICK));
        }
    }

    @Test
    void aRunThatWasUnderWayWhenItWasMigratedIsTakenOver() {
        try (TestDatabase database = TestDatabase.create()) {
            Database app = new Database("app", database.dataSource());
            beforeRoles(database);
            plan(app, "7/alert/level", "{\"every\":\"PT1M\",\"zone\":\"Z\"}", true);
            AppSchema.openApp(app, SchemaMode.MIGRATE);
            Queue<String> runs = new ConcurrentLinkedQueue<>();
            DbSchedulerJobQueue queue = new DbSchedulerJobQueue(
                    app, () -> TICK.plusSeconds(50), new Timing(Duration.ofMillis(50), Duration.ofMillis(100), 4));

            queue.start(run -> runs.add(run.lease().job()), settings(ALL, 1));
            try {
                await().atMost(LONG).until(() -> runs.contains("7/alert/level"));
            } finally {
                queue.stop();
            }
        }
    }

    private static void beforeRoles(TestDatabase database) {
        Flyway.configure(JobRolesMigrationIT.class.getClassLoader())
                .dataSource(database.dataSource())
                .locations("classpath:io/datalifecycle/dlt/storage/schema/app")
                .schemas("dlt")
                .defaultSchema("dlt")
                .table("schema_history")
                .target("13")
                .load()
                .migrate();
    }

    private static void plan(Database app, String name, String data, boolean picked) {
        app.inTransaction(
                "job",
                handle -> handle.createUpdate("""
                        INSERT INTO dlt.job (task_name, task_instance, task_data, execution_time, picked, picked_by, last_heartbeat,
                            consecutive_failures, last_failure, version)
                        VALUES ('dlt', :name, convert_to(:data, 'UTF8'), :tick, :picked, 'old node', :tick, 2, :tick, 5)""")
                        .bind("name", name)
                        .bind("data", data)
                        .bind("tick", TICK)
                        .bind("picked", picked)
                        .execute());
    }

    private static List<String> roles(Database app) {
        return app.inTransaction(
                "roles",
                handle -> handle.createQuery("SELECT task_name || '/' || priority FROM dlt.job ORDER BY task_name")
                        .mapTo(String.class)
                        .list());
    }
}
