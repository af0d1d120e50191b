package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.List;
import java.util.Optional;

/** Writes rows. Thread-safe. */
public interface RowSink {

    /**
     * Writes a batch, its quarantined rows, its checkpoint and the time ranges it touched, in one transaction: all of it or nothing.
     * A batch id that was written before changes nothing and gives the counts of the first time. Rows that the database refuses one by
     * one come back as rejections; their neighbours are stored. What happens to a row whose natural key is known follows from the
     * store: a datastore's declared {@code duplicates}; in an inferencestore the row is replaced, for a score may be corrected; a row
     * that is there already, cell by cell, counts as duplicate.
     */
    WriteResult write(Write write);

    /**
     * Writes rows that wait in the quarantine of a datastore; those that are stored, or were there already, leave it in the same
     * transaction. A row whose entry is gone is not written and counts as duplicate: somebody else replayed it. The database's
     * refusals come back as rejections and stay where they are.
     *
     * @param rows mended rows; the position of each is the id of its entry
     */
    WriteResult replay(WorkspaceContext workspace, Datastore store, RowBatch rows);

    /** The last position and state of that name. */
    Optional<Checkpoint.Saved> checkpoint(WorkspaceContext workspace, String name);

    /** Positions of all checkpoints of an owner: {@code name} itself and {@code name#lane}, by their names. */
    java.util.Map<String, String> positions(WorkspaceContext workspace, String name);

    /** Forgets those checkpoints, so that their owner starts again. Rows stay. */
    void forget(WorkspaceContext workspace, String name);

    /**
     * What to write. Immutable.
     *
     * @param store one of the workspace's stores
     * @param rows columns as {@code StoreColumns.of(template, store)} says
     * @param rejected rows that did not pass validation
     * @param keepRejected whether those go into the quarantine
     * @param source where the rows come from, for people, at most 200 characters
     * @param batchId unique id of the batch within the store, empty for none
     * @param checkpoint moved with the rows
     */
    record Write(
            WorkspaceContext workspace,
            Store store,
            RowBatch rows,
            List<RowRejection> rejected,
            boolean keepRejected,
            String source,
            Optional<String> batchId,
            Optional<Checkpoint> checkpoint) {
        public Write {
            rejected = List.copyOf(rejected);
        }
    }

    /**
     * What became of it: accepted + duplicate + rejected.size() is the number of rows of the batch.
     *
     * @param accepted rows stored
     * @param duplicate rows whose natural key was known
     * @param rejected rows the database refused; already in quarantine when {@code keepRejected}
     * @param replayed whether the batch id was known and nothing was written
     */
    record WriteResult(long accepted, long duplicate, List<RowRejection> rejected, boolean replayed) {
        public WriteResult {
            rejected = List.copyOf(rejected);
        }
    }
}
