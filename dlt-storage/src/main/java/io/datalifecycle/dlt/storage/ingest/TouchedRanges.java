package io.datalifecycle.dlt.storage.ingest;

import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.time.TimeRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The spans a batch touched: few, but apart where the rows are, so that one late row does not dirty a month. */
final class TouchedRanges {

    static final int MOST = 32;

    /** Gaps shorter than this are not worth a range of their own. */
    private static final long LEAST_GAP = 60_000_000L;

    private TouchedRanges() {}

    static List<TimeRange> of(long[] micros) {
        long[] pairs = new long[micros.length * 2];
        long[] sorted = micros.clone();
        Arrays.sort(sorted);
        for (int i = 0; i < sorted.length; i++) {
            pairs[2 * i] = sorted[i];
            pairs[2 * i + 1] = sorted[i];
        }
        return of(pairs, MOST);
    }

    /** The same of spans, given as pairs of their ends, both included; ascending and apart. */
    static List<TimeRange> of(long[] pairs, int most) {
        long[] few = pairs(pairs, most);
        List<TimeRange> ranges = new ArrayList<>();
        for (int i = 0; i < few.length; i += 2) {
            ranges.add(TimeRange.of(RowBatch.instantOf(few[i]), RowBatch.instantOf(few[i + 1] + 1)));
        }
        return ranges;
    }

    /** At most so many spans that hold all of the given ones, split at their widest gaps. */
    static long[] pairs(long[] pairs, int most) {
        if (pairs.length == 0) {
            return pairs;
        }
        List<Integer> gaps = widestGaps(pairs, most);
        long[] few = new long[2 * (gaps.size() + 1)];
        int at = 0;
        int from = 0;
        for (int gap : gaps) {
            few[at++] = pairs[from];
            few[at++] = pairs[gap];
            from = gap + 1;
        }
        few[at++] = pairs[from];
        few[at] = pairs[pairs.length - 1];
        return few;
    }

    /** Positions of the ends behind which the widest gaps are, ascending. */
    private static List<Integer> widestGaps(long[] pairs, int most) {
        List<Integer> gaps = new ArrayList<>();
        for (int i = 1; i + 1 < pairs.length; i += 2) {
            if (pairs[i + 1] - pairs[i] > LEAST_GAP) {
                gaps.add(i);
            }
        }
        if (gaps.size() >= most) {
            gaps.sort(Comparator.comparingLong((Integer i) -> pairs[i + 1] - pairs[i])
                    .reversed());
            gaps = new ArrayList<>(gaps.subList(0, most - 1));
            gaps.sort(Comparator.naturalOrder());
        }
        return gaps;
    }
}
