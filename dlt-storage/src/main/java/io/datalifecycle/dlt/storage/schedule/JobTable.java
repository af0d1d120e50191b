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
import org.jdbi.v3.core.statement.PreparedBatch;

/** The plan of jobs in {@code dlt.job}: what is planned, and what operators do to it. Thread-safe. */
final class JobTable implements JobControl {

    private final Database app;
    private final InstantSource clock;

    JobTable(Database app, InstantSource clock) {
        this.app = app;
        this.clock = clock;
    }

    /** A job that is planned anew takes a new version, so that the end of a run under way finds nothing to plan. */
    void put(WorkspaceId workspace, List<Job> jobs) {
        Instant now = clock.instant();
        List<JobName> names = jobs.stream()
                .map(job -> new JobName(workspace, job.kind(), job.item()))
                .toList();
        app.inTransaction("jobs of workspace " + workspace, handle -> {
            handle.createUpdate(
                            "DELETE FROM dlt.job WHERE workspace = :workspace AND (task_name || ' ' || task_instance) <> ALL(:wanted)")
                    .bind("workspace", workspace.value())
                    .bindArray(
                            "wanted",
                            String.class,
                            names.stream()
                                    .map(name -> name.role().label() + " " + name)
                                    .toList())
                    .execute();
            PreparedBatch batch = handle.prepareBatch("""
                    INSERT INTO dlt.job (task_name, task_instance, task_data, scheduled_for, execution_time, priority, picked, version)
                    VALUES (:role, :name, :data, :scheduledFor, :begins, :priority, false, nextval('dlt.job_version'))
                    ON CONFLICT (task_name, task_instance) DO UPDATE SET
                        task_data = excluded.task_data, scheduled_for = excluded.scheduled_for,
                        execution_time = excluded.execution_time, priority = excluded.priority, version = excluded.version,
                        picked = false, picked_by = NULL, last_heartbeat = NULL, run_now = false, skip_next = false
                    WHERE job.task_data IS DISTINCT FROM excluded.task_data""");
            for (int i = 0; i < jobs.size(); i++) {
                add(batch, names.get(i), JobData.of(jobs.get(i)), now);
            }
            return jobs.isEmpty() ? new int[0] : batch.execute();
        });
    }

    private static void add(PreparedBatch batch, JobName name, JobData data, Instant now) {
        JobData.Slot slot = data.after(now);
        batch.bind("role", name.role().label())
                .bind("name", name.toString())
                .bind("data", data.bytes())
                .bind("scheduledFor", slot.scheduledFor())
                .bind("begins", slot.begins())
                .bind("priority", name.priority())
                .add();
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
