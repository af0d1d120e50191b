package io.datalifecycle.dlt.storage.fleet;

import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.FleetStore;
import io.datalifecycle.dlt.storage.sql.Database;
import io.datalifecycle.dlt.storage.sql.SessionLock;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/** Runs in {@code dlt.fleet_run}, their workspaces in {@code dlt.fleet_member}. Thread-safe. */
public final class FleetTable implements FleetStore {

    private static final String TAKEN = "23505";

    private final Database app;

    public FleetTable(Database app) {
        this.app = app;
    }

    @Override
    public long begin(Run draft, List<Member> members) {
        return app.inTransaction("begin run of fleet " + draft.template(), handle -> {
            long id = alone(draft.template(), () -> insert(handle, draft));
            PreparedBatch batch = handle.prepareBatch("""
                    INSERT INTO dlt.fleet_member (run, position, workspace, key, wave, state, from_version, from_revision, error)
                    VALUES (:run, :position, :workspace, :key, :wave, :state, :version, :revision, :error)
                    """);
            int position = 0;
            for (Member member : members) {
                batch.bind("run", id)
                        .bind("position", position++)
                        .bind("workspace", member.workspace().value())
                        .bind("key", member.key())
                        .bind("wave", member.wave())
                        .bind("state", member.state().name())
                        .bind("version", member.from().version())
                        .bind("revision", member.from().revision())
                        .bind("error", member.error().orElse(null))
                        .add();
            }
            batch.execute();
            return id;
        });
    }

    private static long insert(Handle handle, Run draft) {
        Standing standing = draft.standing();
        return handle.createQuery("""
                        INSERT INTO dlt.fleet_run (template, to_version, settings, phase, reason, due_at, tried, back, findings, started_at)
                        VALUES (:template, :to, CAST(:settings AS jsonb), :phase, :reason, :due, :tried, :back, CAST(:findings AS jsonb), :at)
                        RETURNING id
                        """)
                .bind("template", draft.template())
                .bind("to", draft.toVersion())
                .bind("settings", draft.settings())
                .bind("phase", standing.phase().name())
                .bind("reason", standing.reason())
                .bind("due", at(standing.dueAt()))
                .bind("tried", standing.tried())
                .bind("back", standing.back())
                .bind("findings", standing.findings())
                .bind("at", at(draft.startedAt()))
                .mapTo(Long.class)
                .one();
    }

    /** One run of a template that has not ended, which an index sees to. */
    private static <T> T alone(String template, Supplier<T> work) {
        try {
            return work.get();
        } catch (UnableToExecuteStatementException e) {
            if (e.getCause() instanceof SQLException cause && TAKEN.equals(cause.getSQLState())) {
                throw new ConflictException(
                        ProblemCode.UPGRADE_RUNNING,
                        "fleet " + template
                                + ": another run has not ended; current() gives it: run, resume, roll back or end that first");
            }
            throw e;
        }
    }

    @Override
    public List<Run> runs(Optional<String> template) {
        return app.inTransaction(
                "runs of fleets",
                handle -> handle.createQuery(
                                "SELECT * FROM dlt.fleet_run WHERE CAST(:template AS text) IS NULL OR template = :template ORDER BY id DESC")
                        .bind("template", template.orElse(null))
                        .map((row, context) -> run(row))
                        .list());
    }

    private static Run run(ResultSet row) throws SQLException {
        Standing standing = new Standing(
                Phase.valueOf(row.getString("phase")),
                row.getString("reason"),
                row.getObject("due_at", OffsetDateTime.class).toInstant(),
                row.getBoolean("tried"),
                row.getBoolean("back"),
                row.getString("findings"),
                instant(row, "ended_at"));
        return new Run(
                row.getLong("id"),
                row.getString("template"),
                row.getString("to_version"),
                row.getString("settings"),
                standing,
                row.getObject("started_at", OffsetDateTime.class).toInstant());
    }

    @Override
    public List<Member> members(long run) {
        return app.inTransaction(
                "workspaces of run " + run,
                handle -> handle.createQuery("SELECT * FROM dlt.fleet_member WHERE run = :run ORDER BY position")
                        .bind("run", run)
                        .map((row, context) -> member(row))
                        .list());
    }

    private static Member member(ResultSet row) throws SQLException {
        return new Member(
                new WorkspaceId(row.getLong("workspace")),
                row.getString("key"),
                row.getInt("wave"),
                MemberState.valueOf(row.getString("state")),
                new From(row.getString("from_version"), row.getLong("from_revision")),
                Optional.ofNullable(row.getString("error")),
                instant(row, "started_at"),
                instant(row, "ended_at"));
    }

    @Override
    public boolean note(long run, Note note) {
        return app.inTransaction("run " + run + " of a fleet", handle -> {
            Optional<Run> now = handle.createQuery("SELECT * FROM dlt.fleet_run WHERE id = :id FOR UPDATE")
                    .bind("id", run)
                    .map((row, context) -> run(row))
                    .findOne();
            if (now.isEmpty()
                    || note.expected()
                            .filter(phase -> phase != now.get().standing().phase())
                            .isPresent()) {
                return false;
            }
            note.standing().ifPresent(standing -> alone(now.get().template(), () -> update(handle, run, standing)));
            note.members().forEach(member -> update(handle, run, member));
            return true;
        });
    }

    private static int update(Handle handle, long run, Standing standing) {
        return handle.createUpdate("""
                        UPDATE dlt.fleet_run SET phase = :phase, reason = :reason, due_at = :due, tried = :tried, back = :back,
                               findings = CAST(:findings AS jsonb), ended_at = :ended WHERE id = :id
                        """)
                .bind("phase", standing.phase().name())
                .bind("reason", standing.reason())
                .bind("due", at(standing.dueAt()))
                .bind("tried", standing.tried())
                .bind("back", standing.back())
                .bind("findings", standing.findings())
                .bind("ended", atOrNull(standing.endedAt()))
                .bind("id", run)
                .execute();
    }

    private static void update(Handle handle, long run, Member member) {
        handle.createUpdate("""
                        UPDATE dlt.fleet_member SET wave = :wave, state = :state, from_version = :version, from_revision = :revision,
                               error = :error, started_at = :started, ended_at = :ended WHERE run = :run AND workspace = :workspace
                        """)
                .bind("wave", member.wave())
                .bind("state", member.state().name())
                .bind("version", member.from().version())
                .bind("revision", member.from().revision())
                .bind("error", member.error().orElse(null))
                .bind("started", atOrNull(member.startedAt()))
                .bind("ended", atOrNull(member.endedAt()))
                .bind("run", run)
                .bind("workspace", member.workspace().value())
                .execute();
    }

    @Override
    public <T> T exclusively(long run, Supplier<T> work) {
        return SessionLock.hold(
                app,
                "dlt fleet " + run,
                () -> new ConflictException(
                        ProblemCode.UPGRADE_RUNNING,
                        "run " + run + " of a fleet is worked on by somebody else; wait until that ends"),
                work);
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable OffsetDateTime atOrNull(Optional<Instant> instant) {
        return instant.map(FleetTable::at).orElse(null);
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
