package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Upgrades of fleets, and how far each workspace is, so that any node can go on with one. Thread-safe. */
public interface FleetStore {

    /**
     * Notes a new run; gives its number.
     *
     * @throws io.datalifecycle.dlt.problem.ConflictException with {@code UPGRADE_RUNNING} when another run of the template has not ended
     */
    long begin(Run draft, List<Member> members);

    /** Runs, the newest first: of a template, or of all. */
    List<Run> runs(Optional<String> template);

    /** The workspaces of a run, in the order they were given. */
    List<Member> members(long run);

    /**
     * Notes how a run stands and how far workspaces are, in one transaction. Nothing is noted when the run is in another phase than expected:
     * somebody else has decided.
     *
     * @return whether it was noted
     * @throws io.datalifecycle.dlt.problem.ConflictException with {@code UPGRADE_RUNNING} when it would run again beside another run of the
     *     template
     */
    boolean note(long run, Note note);

    /**
     * Runs work that nobody else does for the same run meanwhile, on no node; a node that dies lets go.
     *
     * @throws io.datalifecycle.dlt.problem.ConflictException with {@code UPGRADE_RUNNING} when somebody does
     */
    <T> T exclusively(long run, Supplier<T> work);

    /** How a run stands. */
    enum Phase {
        RUNNING,
        STOPPED,
        ROLLING_BACK,
        DONE,
        ROLLED_BACK
    }

    /**
     * A run. Immutable.
     *
     * @param id its number; of a draft 0
     * @param template key of the template
     * @param toVersion the version it leads to
     * @param settings how, as JSON
     * @param standing how it stands
     */
    record Run(long id, String template, String toVersion, String settings, Standing standing, Instant startedAt) {}

    /**
     * How a run stands. Immutable.
     *
     * @param phase what is done
     * @param reason why it stopped; may be empty
     * @param dueAt when the next wave is due
     * @param tried whether nothing of a canary is left to be tried
     * @param back whether it leads back
     * @param findings what the canary found, as JSON
     * @param endedAt when it ended
     */
    record Standing(
            Phase phase,
            String reason,
            Instant dueAt,
            boolean tried,
            boolean back,
            String findings,
            Optional<Instant> endedAt) {}

    /** How far a workspace is. */
    enum MemberState {
        PENDING,
        RUNNING,
        DONE,
        FAILED,
        SKIPPED,
        REFUSED,
        ROLLED_BACK
    }

    /**
     * A workspace of a run. Immutable.
     *
     * @param workspace its id
     * @param key its key
     * @param wave its wave, from 1; 0 when it is in none
     * @param state how far it is
     * @param from what it was pinned to
     * @param error why it failed or was left out
     */
    record Member(
            WorkspaceId workspace,
            String key,
            int wave,
            MemberState state,
            From from,
            Optional<String> error,
            Optional<Instant> startedAt,
            Optional<Instant> endedAt) {}

    /**
     * What a workspace was pinned to. Immutable.
     *
     * @param version version of its template
     * @param revision revision of its pin
     */
    record From(String version, long revision) {}

    /**
     * What is noted. Immutable.
     *
     * @param expected the phase that the run must be in; empty for whichever
     * @param standing how it stands now; empty when that is as it was
     * @param members workspaces that are further
     */
    record Note(Optional<Phase> expected, Optional<Standing> standing, List<Member> members) {

        public Note {
            members = List.copyOf(members);
        }
    }
}
