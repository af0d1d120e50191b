package io.datalifecycle.dlt.ingest.internal;

import io.datalifecycle.dlt.row.internal.RecordMapping;
import io.datalifecycle.dlt.spi.Checkpoint;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a connector adds to an ingest. Immutable but for the position it keeps.
 *
 * @param mapping makes rows of records; null when records are rows
 * @param position stored in the transaction of each batch; null for none
 */
public record Feed(
        @Nullable RecordMapping mapping, @Nullable Position position) {

    /** Nothing: the rows are as they are. */
    static final Feed PLAIN = new Feed(null, null);

    boolean hasPosition() {
        return position != null;
    }

    long skip() {
        return position == null ? 0 : position.skip();
    }

    Optional<Checkpoint> after(long rows, boolean last) {
        return position == null ? Optional.empty() : Optional.of(position.after(rows, last));
    }

    /** A position within a piece. Asked in the order of the batches. */
    public interface Position {

        /** Rows of the piece that are in already. */
        long skip();

        /** The checkpoint of a batch that ends with that row of the piece. */
        Checkpoint after(long rows, boolean last);
    }
}
