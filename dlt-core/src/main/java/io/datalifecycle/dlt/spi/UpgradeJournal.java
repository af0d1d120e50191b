package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Upgrades of workspaces, step by step, so that one that was interrupted can be taken up or taken back. Thread-safe. */
public interface UpgradeJournal {

    /**
     * Runs work that nobody else does for the same workspace meanwhile, on no node; a node that dies lets go.
     *
     * @throws io.datalifecycle.dlt.problem.ConflictException with {@code UPGRADE_RUNNING} when somebody does
     */
    <T> T exclusively(WorkspaceId workspace, Supplier<T> work);

    /** Notes a new upgrade and where it begins; gives its number. */
    long begin(WorkspaceId workspace, Entry.Way way, Stage stage);

    /** Notes how far an upgrade is, and what went wrong if something did. */
    void stage(long upgrade, Stage stage, Optional<String> error);

    /**
     * Pins the workspace to where the upgrade leads, renames what belongs to renamed items and forgets the states of removed alerts, in one
     * transaction with the note that this was done. Doing it again changes nothing.
     *
     * @param next {@code FINISHING}, or {@code DONE} when nothing is left to do
     */
    void pin(long upgrade, WorkspaceCatalog.Pin pin, Items items, Stage next);

    /** How far an upgrade is. */
    Optional<Stage> stageOf(long upgrade);

    /** Upgrades of a workspace, the newest first. */
    List<Entry> of(WorkspaceId workspace);

    /** How far an upgrade is. */
    enum Stage {
        /** Tables are built beside those in use. */
        BUILDING,
        /** Tables are about to change; whether they have is for them to say. */
        CHANGING,
        /** The workspace is pinned; jobs, backfills and training follow. */
        FINISHING,
        DONE,
        /** Taken back before anything in use was changed. */
        ABANDONED;

        /** Whether something is still to be done. */
        public boolean isOpen() {
            return this != DONE && this != ABANDONED;
        }
    }

    /**
     * What becomes of items that have states in the app database.
     *
     * @param renamed later by earlier name, as {@code kind:key}: models, alerts, connectors
     * @param removed alerts that are no more, as {@code alert:key}
     */
    record Items(Map<String, String> renamed, List<String> removed) {
        public Items {
            renamed = Map.copyOf(renamed);
            removed = List.copyOf(removed);
        }
    }

    /**
     * An upgrade. Immutable.
     *
     * @param id its number
     * @param way from where to where
     * @param stage how far it is
     * @param error what went wrong last
     */
    record Entry(
            long id,
            WorkspaceId workspace,
            Way way,
            Stage stage,
            Optional<String> error,
            Instant startedAt,
            Optional<Instant> endedAt) {

        /**
         * From where to where. Immutable.
         *
         * @param fromVersion version that was pinned
         * @param fromRevision revision that was pinned
         * @param toVersion version it leads to
         * @param toOverlay overlay it leads to, canonical text
         * @param toParameters parameter values given that it leads to
         * @param allowDestructive whether the caller allowed it
         * @param plan the plan as JSON
         */
        public record Way(
                String fromVersion,
                long fromRevision,
                String toVersion,
                Optional<String> toOverlay,
                Map<String, Object> toParameters,
                boolean allowDestructive,
                String plan) {}
    }
}
