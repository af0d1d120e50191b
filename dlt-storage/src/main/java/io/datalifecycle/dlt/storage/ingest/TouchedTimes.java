package io.datalifecycle.dlt.storage.ingest;

import io.datalifecycle.dlt.time.TimeRange;
import java.util.Arrays;
import java.util.List;

/**
 * Gathers times of any number in bounded memory, then tells the spans they lie in. When there are too many, times less than a gap apart
 * are taken together, and then those with the least gaps: what it tells holds all times, and little else. Not thread-safe.
 */
final class TouchedTimes {

    private static final int MOST = 1 << 14;

    /** Ends of spans, both included, in pairs; ascending and apart after {@link #press}. */
    private long[] spans = new long[256];

    private int size;

    void add(long micros) {
        if (size > 0 && spans[size - 2] <= micros && micros <= spans[size - 1]) {
            return;
        }
        if (size == 2 * MOST) {
            press();
        }
        if (size == spans.length) {
            spans = Arrays.copyOf(spans, spans.length * 2);
        }
        spans[size++] = micros;
        spans[size++] = micros;
    }

    List<TimeRange> ranges() {
        press();
        return TouchedRanges.of(Arrays.copyOf(spans, size), TouchedRanges.MOST);
    }

    /** Leaves at most half of the room taken. */
    private void press() {
        long[] pressed = TouchedRanges.pairs(sorted(), MOST / 2);
        System.arraycopy(pressed, 0, spans, 0, pressed.length);
        size = pressed.length;
    }

    /** Spans in order, those that overlap in one. */
    private long[] sorted() {
        long[][] pairs = new long[size / 2][];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = new long[] {spans[2 * i], spans[2 * i + 1]};
        }
        Arrays.sort(pairs, (a, b) -> Long.compare(a[0], b[0]));
        long[] merged = new long[size];
        int end = 0;
        for (long[] pair : pairs) {
            if (end > 0 && pair[0] <= merged[end - 1]) {
                merged[end - 1] = Math.max(merged[end - 1], pair[1]);
            } else {
                merged[end++] = pair[0];
                merged[end++] = pair[1];
            }
        }
        return Arrays.copyOf(merged, end);
    }
}
