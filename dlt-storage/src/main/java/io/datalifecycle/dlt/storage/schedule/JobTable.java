package io.datalifecycle.dlt.storage.schedule;

import io.datalifecycle.dlt.spi.JobControl;
import io.datalifecycle.dlt.spi.JobQueue.Job;
import io.datalifecycle.dlt.spi.JobQueue.Planned;
import io.datalifecycle.dlt.storage.sql.Database;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The plan of jobs in {@code dlt.job}: what is planned, and what operators do to it. Thread-safe. */
final class JobTable implements JobControl {

    /** The jobs of a workspace that is being made wait for no disk: whoever makes it active commits after them, and that does. */
    private static final String PUT = """
            WITH wanted AS (
                SELECT * FROM unnest(:roles, :names, :data, :scheduledFor, :begins, :priorities) AS w(role, name, data, scheduled_for, begins, priority)),
            gone AS (
                DELETE FROM dlt.job WHERE workspace = :workspace
                    AND NOT EXISTS (SELECT FROM wanted w WHERE w.role = task_name AND w.name = task_instance)),
            lazily AS (
                SELECT set_config('synchronous_commit', 'off', true) FROM dlt.workspace WHERE id = :workspace AND state = 'PROVISIONING')
            INSERT INTO dlt.job (task_name, task_instance, task_data, scheduled_for, execution_time, priority, picked, version)
            SELECT role, name, convert_to(data, 'UTF8'), CAST(scheduled_for AS timestamptz), CAST(begins AS timestamptz), priority, false,
                   nextval('dlt.job_version')
              FROM wanted LEFT JOIN lazily ON true
            ON CONFLICT (task_name, task_instance) DO UPDATE SET
                task_data = excluded.task_data, scheduled_for = excluded.scheduled_for,
                execution_time = excluded.execution_time, priority = excluded.priority, version = excluded.version,
                picked = false, picked_by = NULL, last_heartbeat = NULL, run_now = false, skip_next = false
            WHERE job.task_data IS DISTINCT FROM excluded.task_data""";

    private final Database app;
    private final InstantSource clock;

    JobTable(Database app, InstantSource clock) {
        this.app = app;
        this.clock = clock;
    }

    /**
     * A job that is planned anew takes a new version, so that the end of a run under way finds nothing to plan. One statement for all jobs, so one
     * round trip.
     */
    void put(WorkspaceId workspace, List<Job> jobs) {
        Instant now = clock.instant();
        List<JobName> names = jobs.stream()
                .map(job -> new JobName(workspace, job.kind(), job.item()))
                .toList();
        List<JobData> data = jobs.stream().map(JobData::of).toList();
        List<JobData.Slot> slots = data.stream().map(d -> d.after(now)).toList();
        app.inTransaction(
                "jobs of workspace " + workspace,
                handle -> handle.createUpdate(PUT)
                        .bind("workspace", workspace.value())
                        .bindArray(
                                "roles",
                                String.class,
                                texts(names, name -> name.role().label()))
                        .bindArray("names", String.class, texts(names, JobName::toString))
                        .bindArray("data", String.class, texts(data, JobData::json))
                        .bindArray(
                                "scheduledFor",
                                String.class,
                                texts(slots, slot -> slot.scheduledFor().toString()))
                        .bindArray(
                                "begins",
                                String.class,
                                texts(slots, slot -> slot.begins().toString()))
                        .bindArray(
                                "priorities",
                                Integer.class,
                                names.stream().map(JobName::priority).toList())
                        .execute());
    }

    private static <T> List<String> texts(List<T> all, Function<T, String> text) {
        return all.stream().map(text).toList();
    }

    void remove(WorkspaceId workspace) {
        app.inTransaction(
                "jobs of workspace " + workspace,
                handle -> handle.createUpdate("DELETE FROM dlt.job WHERE workspace = :workspace")
                        .bind("workspace", workspace.value())
                        .execute());
    }

    List<Planned> planned(WorkspaceId workspace) {
        return app.inTransaction(
                "jobs of workspace " + workspace,
                handle -> handle.createQuery("""
                                SELECT task_instance, task_data, scheduled_for, consecutive_failures, paused, last_success, last_failure
                                FROM dlt.job WHERE workspace = :workspace ORDER BY scheduled_for, task_instance""")
                        .bind("workspace", workspace.value())
                        .map((row, context) -> planned(row))
                        .list());
    }

    private static Planned planned(ResultSet row) throws SQLException {
        JobName name = JobName.of(row.getString("task_instance"));
        JobData data = JobData.read(row.getBytes("task_data"));
        return new Planned(
                new Job(name.kind(), name.item(), data.trigger(), data.offset()),
                instant(row, "scheduled_for").filter(next -> next.isBefore(JobData.NEVER)),
                row.getInt("consecutive_failures"), // null, before the first run, reads as 0
                row.getBoolean("paused"),
                instant(row, "last_success"),
                instant(row, "last_failure"));
    }

    static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    @Override
    public boolean pause(WorkspaceId workspace, String kind, String item, boolean paused) {
        JobName name = new JobName(workspace, kind, item);
        return app.inTransaction(
                "job " + name,
                handle -> handle.createUpdate(
                                        "UPDATE dlt.job SET paused = :paused WHERE task_name = :role AND task_instance = :name")
                                .bind("role", name.role().label())
                                .bind("name", name.toString())
                                .bind("paused", paused)
                                .execute()
                        == 1);
    }

    @Override
    public boolean runNow(WorkspaceId workspace, String kind, String item) {
        JobName name = new JobName(workspace, kind, item);
        return app.inTransaction(
                "job " + name,
                handle -> handle.createUpdate("""
                        UPDATE dlt.job SET run_now = true,
                            scheduled_for = CASE WHEN picked THEN scheduled_for ELSE least(scheduled_for, :now) END,
                            execution_time = CASE WHEN picked THEN execution_time ELSE least(execution_time, :now) END
                        WHERE task_name = :role AND task_instance = :name""")
                                .bind("role", name.role().label())
                                .bind("name", name.toString())
                                .bind("now", clock.instant())
                                .execute()
                        == 1);
    }

    @Override
    public boolean skip(WorkspaceId workspace, String kind, String item) {
        JobName name = new JobName(workspace, kind, item);
        return app.inTransaction("job " + name, handle -> {
            Optional<JobData.Slot> after = handle.createQuery(
                            "SELECT task_data, scheduled_for FROM dlt.job WHERE task_name = :role AND task_instance = :name FOR UPDATE")
                    .bind("role", name.role().label())
                    .bind("name", name.toString())
                    .map((row, context) -> JobData.read(row.getBytes(1))
                            .after(later(instant(row, "scheduled_for").orElseThrow(), clock.instant())))
                    .findOne();
            return after.isPresent()
                    && handle.createUpdate("""
                            UPDATE dlt.job SET run_now = false, skip_next = picked,
                                scheduled_for = CASE WHEN picked THEN scheduled_for ELSE :scheduledFor END,
                                execution_time = CASE WHEN picked THEN execution_time ELSE :begins END
                            WHERE task_name = :role AND task_instance = :name""")
                                    .bind("role", name.role().label())
                                    .bind("name", name.toString())
                                    .bind("scheduledFor", after.get().scheduledFor())
                                    .bind("begins", after.get().begins())
                                    .execute()
                            == 1;
        });
    }

    static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
