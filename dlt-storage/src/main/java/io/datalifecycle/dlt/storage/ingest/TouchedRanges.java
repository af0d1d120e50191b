package io.datalifecycle.dlt.storage.ingest;

import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.time.TimeRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The spans a batch touched: few, but apart where the rows are, so that one late row does not dirty a month. */
final class TouchedRanges {

    private static final int MOST = 32;

    /** Gaps shorter than this are not worth a range of their own. */
    private static final long LEAST_GAP = 60_000_000L;

    private TouchedRanges() {}

    static List<TimeRange> of(long[] micros) {
        if (micros.length == 0) {
            return List.of();
        }
        long[] sorted = micros.clone();
        Arrays.sort(sorted);
        List<Integer> gaps = widestGaps(sorted);
        List<TimeRange> ranges = new ArrayList<>();
        int from = 0;
        for (int gap : gaps) {
            ranges.add(range(sorted[from], sorted[gap]));
            from = gap + 1;
        }
        ranges.add(range(sorted[from], sorted[sorted.length - 1]));
        return ranges;
    }

    /** Positions behind which the widest gaps are, ascending. */
    private static List<Integer> widestGaps(long[] sorted) {
        List<Integer> gaps = new ArrayList<>();
        for (int i = 0; i + 1 < sorted.length; i++) {
            if (sorted[i + 1] - sorted[i] > LEAST_GAP) {
                gaps.add(i);
            }
        }
        if (gaps.size() >= MOST) {
            gaps.sort(Comparator.comparingLong((Integer i) -> sorted[i + 1] - sorted[i])
                    .reversed());
            gaps = new ArrayList<>(gaps.subList(0, MOST - 1));
            gaps.sort(Comparator.naturalOrder());
        }
        return gaps;
    }

    private static TimeRange range(long first, long last) {
        return TimeRange.of(RowBatch.instantOf(first), RowBatch.instantOf(last + 1));
    }
}
