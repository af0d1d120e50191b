package io.datalifecycle.dlt.feature;

import io.datalifecycle.dlt.spi.FeatureLedger;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.time.TimeRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How rows of a featurestore came about. Immutable.
 *
 * @param interval the bucket that was asked about
 * @param rows rows of the featurestore in it, by column
 * @param sources what they were made of, the driving source first
 * @param run the run that last made the bucket equal to its sources; empty when it was never done, or so long ago that the ledger has forgotten
 * @param upToDate whether nothing has changed since; false when the bucket waits to be redone
 */
public record Explanation(
        TimeRange interval,
        List<Map<String, @Nullable Object>> rows,
        List<Part> sources,
        Optional<FeatureLedger.Entry> run,
        boolean upToDate) {

    /** Most rows that are given of the featurestore, and of each source. */
    public static final int MOST_ROWS = 100;

    public Explanation {
        rows = List.copyOf(rows);
        sources = List.copyOf(sources);
    }

    /**
     * What one source contributed. Immutable.
     *
     * @param source the store
     * @param span span of its rows that count for the bucket
     * @param count number of its rows in that span that match
     * @param rows the first of them, by column
     */
    public record Part(Ref source, TimeRange span, long count, List<Map<String, @Nullable Object>> rows) {
        public Part {
            rows = List.copyOf(rows);
        }
    }
}
