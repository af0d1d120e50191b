package io.datalifecycle.dlt.ingest;

import io.datalifecycle.dlt.row.RowRejection;
import java.util.List;

/**
 * What a correction did: all that was asked for, or nothing. Immutable. Always {@code read = changed + deleted + unchanged}.
 *
 * @param read rows that were looked at
 * @param changed rows replaced by what the fix gave
 * @param deleted rows for which the fix gave null
 * @param unchanged rows left as they were; all of them when there is a rejection
 * @param rejections why nothing was done, empty when it was; the line of each is the ordinal of its row, from 1 in the order of time and
 *     natural key. At most 1,000: after those no more rows are looked at.
 */
public record CorrectResult(long read, long changed, long deleted, long unchanged, List<RowRejection> rejections) {

    public CorrectResult {
        rejections = List.copyOf(rejections);
        if (read != changed + deleted + unchanged) {
            throw new IllegalArgumentException("read: " + read + " rows, but " + changed + " changed + " + deleted
                    + " deleted + " + unchanged + " unchanged");
        }
        if (!rejections.isEmpty() && read != unchanged) {
            throw new IllegalArgumentException("rejections: there are some, but rows were changed");
        }
    }

    /** Whether the correction was done; it was not when there is a rejection. */
    public boolean isApplied() {
        return rejections.isEmpty();
    }

    /** {@code 10 read: 2 changed, 1 deleted, 7 unchanged}, with the reason when it was not done. */
    @Override
    public String toString() {
        String counts = read + " read: " + changed + " changed, " + deleted + " deleted, " + unchanged + " unchanged";
        return isApplied()
                ? counts
                : counts + "; not applied, " + rejections.size() + " rejected: " + rejections.get(0);
    }
}
