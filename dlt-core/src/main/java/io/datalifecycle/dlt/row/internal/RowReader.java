package io.datalifecycle.dlt.row.internal;

import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowRejection;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives the rows of a source block by block: parsed, validated and typed. Not thread-safe. */
public interface RowReader extends AutoCloseable {

    /** Most bytes of source text in one block, so that memory does not depend on how long rows are. */
    long MAX_BLOCK_BYTES = 8L << 20;

    /** The next rows, at most so many; a source that breaks gives what was good before and says so in the block. */
    Block read(int maxRows);

    /** What somebody should look at although rows were read, complete after the last block. */
    default List<Problem> warnings() {
        return List.of();
    }

    @Override
    void close() throws IOException;

    /**
     * A piece of the source. Immutable.
     *
     * @param rows good ones
     * @param rejected the others
     * @param last whether nothing follows
     * @param broken why the source cannot be read further; null when it can, or when it ended well
     */
    record Block(
            RowBatch rows,
            List<RowRejection> rejected,
            boolean last,
            @Nullable Break broken) {
        public Block {
            rejected = List.copyOf(rejected);
        }

        /** Rows seen in this piece. */
        public long offered() {
            return (long) rows.size() + rejected.size();
        }
    }

    /**
     * Where and why a source broke.
     *
     * @param line of the last row before it, 0 for none
     * @param message why
     * @param cause for the log
     */
    record Break(long line, String message, IOException cause) {}
}
