package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes rows that are stored. Each method is one transaction with the log of what it touched, for every consumer of the store: all
 * of it or nothing. Thread-safe.
 */
public interface RowCorrector {

    /** Deletes rows. Gives how many there were. */
    long delete(WorkspaceContext workspace, Datastore store, Selection rows);

    /**
     * Replaces and deletes rows. They are locked as they are read, so that no other writer comes between; rows that are committed
     * meanwhile are not seen. Memory is bounded by the batch. What the fix throws goes through, and nothing is changed. Nothing is
     * changed either when there is a rejection: of the fix, of the database, or because a row would have the natural key of another.
     */
    Corrected correct(WorkspaceContext workspace, Datastore store, Selection rows, Fix fix);

    /** Looks at rows and says what becomes of them. Called batch by batch within the transaction. */
    @FunctionalInterface
    interface Fix {

        /** @param rows of the store's columns, ordered by time and natural key; positions count from 1 over all batches */
        Fixed fix(RowBatch rows);
    }

    /**
     * Which rows. Immutable.
     *
     * @param range half-open span of the time column
     * @param where values that columns must have, in the Java types of their column types; null is equal to null
     */
    record Selection(TimeRange range, Map<String, @Nullable Object> where) {
        public Selection {
            where = Collections.unmodifiableMap(new LinkedHashMap<>(where));
        }
    }

    /**
     * What becomes of a batch; rows that are not named stay. Immutable.
     *
     * @param replacements rows of the store's columns; the position of each is that of the row it replaces. One that is the same cell by
     *     cell changes nothing.
     * @param deleted positions of rows to delete
     * @param rejections why rows cannot be replaced, their line being the position
     */
    record Fixed(RowBatch replacements, Set<Long> deleted, List<RowRejection> rejections) {
        public Fixed {
            deleted = Set.copyOf(deleted);
            rejections = List.copyOf(rejections);
        }
    }

    /**
     * What was done. Immutable.
     *
     * @param read rows that were given to the fix
     * @param changed rows replaced by others; 0 when there is a rejection
     * @param deleted rows deleted; 0 when there is a rejection
     * @param rejections the first of those that stood in the way, at most {@value #MOST_REJECTIONS}
     */
    record Corrected(long read, long changed, long deleted, List<RowRejection> rejections) {

        /** After so many rejections no more rows are looked at. */
        public static final int MOST_REJECTIONS = 1_000;

        public Corrected {
            rejections = List.copyOf(rejections);
        }
    }
}
