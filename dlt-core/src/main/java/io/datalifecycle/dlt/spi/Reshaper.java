package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes the tables of a workspace from one version of its template to another while rows come in. Thread-safe. */
public interface Reshaper {

    /** The revision that the tables of a workspace are of; -1 when it has none. */
    long revision(WorkspaceContext workspace);

    /** Tells the tables that the workspace has a later revision which asks no change of them. */
    void raise(WorkspaceContext workspace);

    /** What there is now: rows and hidden things. */
    Standing standing(WorkspaceContext workspace);

    /**
     * Makes tables beside those in use, in one transaction: those of the given featurestores, with all that they read, registered for what
     * writers touch from now on. Doing it again changes nothing.
     *
     * @param building the workspace with a template that has the featurestores under the keys they are built under
     * @param upgrade number of the upgrade
     */
    void prepare(WorkspaceContext building, List<Featurestore> stores, List<TableChange> first, long upgrade);

    /** Removes what {@link #prepare} made, in one transaction. Doing it again changes nothing. */
    void abandon(
            WorkspaceContext pinned, WorkspaceContext building, List<Featurestore> stores, List<TableChange> first);

    /**
     * Does all changes in one transaction, and raises the revision of the tables to that of {@code to}. Writers wait shortly; while it waits
     * for them it lets others pass. When the tables are of that revision already, nothing is changed.
     *
     * @return stores that metrics have to read through a view from now on
     * @throws io.datalifecycle.dlt.problem.ConflictException with {@code PLAN_REFUSED} when rows that are there do not fit the change
     */
    Set<Ref> reshape(Reshape reshape);

    /** Drops what has been hidden since before an instant; gives names of what was dropped. With {@code onlyReplaced} only tables whose place others took. */
    List<String> purge(WorkspaceContext workspace, Instant hiddenBefore, boolean onlyReplaced);

    /**
     * The whole way from one version to another. Immutable.
     *
     * @param from the workspace as it is pinned
     * @param to the workspace as it will be, with the next revision
     * @param changes in the order of doing
     * @param same featurestores, by their later key, whose rows stay right although their definition may be worded otherwise
     * @param renamed connectors and models, earlier by later name as {@code kind:key}
     * @param lockTimeout how long one attempt waits for writers
     * @param patience how long all attempts may take together
     * @param at when, for what is hidden
     */
    record Reshape(
            WorkspaceContext from,
            WorkspaceContext to,
            List<TableChange> changes,
            Set<Ref> same,
            Map<String, String> renamed,
            Duration lockTimeout,
            Duration patience,
            Instant at) {

        public Reshape {
            changes = List.copyOf(changes);
            same = Set.copyOf(same);
            renamed = Map.copyOf(renamed);
        }
    }

    /**
     * What a workspace has. Immutable.
     *
     * @param rows about how many rows each store has
     * @param hidden what no version in use declares
     */
    record Standing(Map<Ref, Long> rows, List<Hidden> hidden) {

        /** Nothing is known. */
        public static final Standing NOTHING = new Standing(Map.of(), List.of());

        public Standing {
            rows = Map.copyOf(rows);
            hidden = List.copyOf(hidden);
        }
    }

    /**
     * Something hidden. Immutable.
     *
     * @param id its number
     * @param store the store it is of, or was
     * @param column name it had; empty for a whole table
     * @param type of the column
     * @param shape columns with types and key of a whole table, as {@code StoreShape} gives it
     * @param replaced whether another table took its place
     * @param hiddenAt when
     */
    record Hidden(
            long id,
            Ref store,
            Optional<String> column,
            Optional<ColumnType> type,
            String shape,
            boolean replaced,
            Instant hiddenAt) {}
}
