package io.datalifecycle.dlt.storage.schedule;

import io.datalifecycle.dlt.schedule.Gate;
import io.datalifecycle.dlt.schedule.NodeRole;
import io.datalifecycle.dlt.storage.sql.Database;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Runs of the jobs of one role: due ones are picked, and planned again when they have ended. Whoever picks a job takes a new version of it;
 * that is the token of the run, and every later change asks for it. Thread-safe.
 */
final class JobRuns {

    /** Enough that turns can be taken, few enough that two nodes do not hold each other up. */
    private static final int OFFERED_AT_LEAST = 16;

    private static final int OFFERED_A_PLACE = 4;

    private final Database app;
    private final String role;
    private final String node;

    /** @param node name of this node, at most 50 characters, unique */
    JobRuns(Database app, NodeRole role, String node) {
        this.app = app;
        this.role = role.label();
        this.node = node;
    }

    /** A job that this node has picked. */
    record Picked(Gate.Candidate place, JobName name, JobData data, Instant scheduledFor, long token, Instant begins) {}

    /**
     * Picks due jobs for free places, as the gate chooses. Rows that were looked at are locked until those chosen are marked, so that another
     * node looks at others meanwhile; nothing is written to those that are not chosen.
     */
    List<Picked> pick(Gate gate, int places, Instant now) {
        List<Gate.Candidate> chosen = new ArrayList<>();
        boolean done = false;
        try {
            List<Picked> picked = app.inTransaction("due jobs of role " + role, handle -> {
                int limit = Math.max(OFFERED_AT_LEAST, places * OFFERED_A_PLACE);
                chosen.addAll(gate.fill(places, closed -> due(handle, closed, now, limit)));
                return chosen.isEmpty() ? List.<Picked>of() : mark(handle, chosen, now);
            });
            done = true;
            return picked;
        } finally {
            if (!done) {
                chosen.forEach(gate::leave);
            }
        }
    }

    private List<Gate.Candidate> due(Handle handle, Gate.Closed closed, Instant now, int limit) {
        return handle.createQuery("""
                        SELECT j.task_instance, j.workspace, coalesce(w.placement, '') AS placement
                        FROM dlt.job j LEFT JOIN dlt.workspace w ON w.id = j.workspace
                        WHERE j.task_name = :role AND j.execution_time <= :now AND NOT j.picked AND (NOT j.paused OR j.run_now)
                          AND NOT EXISTS (SELECT FROM unnest(:workspaces) AS c(id) WHERE c.id = j.workspace)
                          AND coalesce(w.placement, '') <> ALL(:databases)
                          AND j.task_instance <> ALL(:jobs)
                        ORDER BY j.priority DESC, j.execution_time, j.task_instance LIMIT :limit
                        FOR UPDATE OF j SKIP LOCKED""")
                .bind("role", role)
                .bind("now", now)
                .bindArray(
                        "workspaces",
                        Long.class,
                        closed.workspaces().stream().map(WorkspaceId::value).toList())
                .bindArray("databases", String.class, List.copyOf(closed.databases()))
                .bindArray("jobs", String.class, List.copyOf(closed.jobs()))
                .bind("limit", limit)
                .map((row, context) ->
                        new Gate.Candidate(row.getString(1), new WorkspaceId(row.getLong(2)), row.getString(3)))
                .list();
    }

    private List<Picked> mark(Handle handle, List<Gate.Candidate> chosen, Instant now) {
        return handle.createQuery("""
                        UPDATE dlt.job SET picked = true, picked_by = :node, last_heartbeat = :now, run_now = false,
                            version = nextval('dlt.job_version')
                        WHERE task_name = :role AND task_instance = ANY(:chosen)
                        RETURNING task_instance, task_data, scheduled_for, version, execution_time""")
                .bind("node", node)
                .bind("now", now)
                .bind("role", role)
                .bindArray(
                        "chosen",
                        String.class,
                        chosen.stream().map(Gate.Candidate::job).toList())
                .map((row, context) -> picked(row, chosen))
                .list();
    }

    private static Picked picked(ResultSet row, List<Gate.Candidate> chosen) throws SQLException {
        String name = row.getString("task_instance");
        Gate.Candidate place = chosen.stream()
                .filter(candidate -> candidate.job().equals(name))
                .findFirst()
                .orElseThrow();
        return new Picked(
                place,
                JobName.of(name),
                JobData.read(row.getBytes("task_data")),
                JobTable.instant(row, "scheduled_for").orElseThrow(),
                row.getLong("version"),
                JobTable.instant(row, "execution_time").orElseThrow());
    }

    /** Plans the next run; a job that was removed, planned anew or taken over while it ran is not ours any more. */
    void ended(Picked run, boolean ok, Instant now) {
        JobData.Slot next = run.data().after(JobTable.later(run.scheduledFor(), now));
        JobData.Slot afterNext = run.data().after(next.scheduledFor());
        app.inTransaction(
                "job " + run.name(),
                handle -> handle.createUpdate("""
                        UPDATE dlt.job SET picked = false, picked_by = NULL, last_heartbeat = NULL, version = nextval('dlt.job_version'),
                            last_success = CASE WHEN :ok THEN :now ELSE last_success END,
                            last_failure = CASE WHEN :ok THEN last_failure ELSE :now END,
                            consecutive_failures = CASE WHEN :ok THEN 0 ELSE coalesce(consecutive_failures, 0) + 1 END,
                            scheduled_for = CASE WHEN run_now THEN CAST(:now AS timestamptz) WHEN skip_next THEN :afterNext ELSE :next END,
                            execution_time = CASE WHEN run_now THEN CAST(:now AS timestamptz) WHEN skip_next THEN :afterNextBegins ELSE :nextBegins END,
                            skip_next = false
                        WHERE task_name = :role AND task_instance = :name AND picked AND version = :token""")
                        .bind("role", role)
                        .bind("name", run.name().toString())
                        .bind("token", run.token())
                        .bind("ok", ok)
                        .bind("now", now)
                        .bind("next", next.scheduledFor())
                        .bind("nextBegins", next.begins())
                        .bind("afterNext", afterNext.scheduledFor())
                        .bind("afterNextBegins", afterNext.begins())
                        .execute());
    }

    /** Lets a job whose node is gone be picked again, for the instant that it was to run for. Counts as a failure: it may be what killed the node. */
    void revive(String name, long token, Instant now) {
        app.inTransaction(
                "job " + name,
                handle -> handle.createUpdate("""
                        UPDATE dlt.job SET picked = false, picked_by = NULL, last_heartbeat = NULL, version = nextval('dlt.job_version'),
                            last_failure = :now, consecutive_failures = coalesce(consecutive_failures, 0) + 1, execution_time = :now
                        WHERE task_name = :role AND task_instance = :name AND picked AND version = :token""")
                        .bind("role", role)
                        .bind("name", name)
                        .bind("token", token)
                        .bind("now", now)
                        .execute());
    }

    /** Whether a run still owns its job. */
    boolean isHeld(JobName name, long token) {
        return app.inTransaction(
                "job " + name,
                handle -> handle.createQuery(
                                "SELECT true FROM dlt.job WHERE task_name = :role AND task_instance = :name AND picked AND version = :token")
                        .bind("role", role)
                        .bind("name", name.toString())
                        .bind("token", token)
                        .mapTo(Boolean.class)
                        .findOne()
                        .isPresent());
    }
}
