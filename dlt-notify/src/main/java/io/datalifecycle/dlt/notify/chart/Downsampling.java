package io.datalifecycle.dlt.notify.chart;

import java.util.Arrays;

/**
 * Fewer points that look the same: of each stretch of time the lowest and the highest value stay, so that a spike of one point is
 * never lost, and a gap stays a gap.
 */
public final class Downsampling {

    private Downsampling() {}

    /**
     * Which points to draw, ascending; all of them when there are few enough.
     *
     * @param values NaN for a gap
     * @param atMost how many may be left, at least 8
     */
    public static int[] indices(double[] values, int atMost) {
        int count = values.length;
        if (count <= Math.max(8, atMost)) {
            int[] all = new int[count];
            Arrays.setAll(all, i -> i);
            return all;
        }
        int buckets = (Math.max(8, atMost) - 2) / 3;
        int[] kept = new int[buckets * 3 + 2];
        int size = 0;
        kept[size++] = 0;
        for (int bucket = 0; bucket < buckets; bucket++) {
            int from = 1 + (int) ((long) (count - 2) * bucket / buckets);
            int to = 1 + (int) ((long) (count - 2) * (bucket + 1) / buckets);
            size = keep(values, from, to, kept, size);
        }
        kept[size++] = count - 1;
        return Arrays.copyOf(kept, size);
    }

    private static int keep(double[] values, int from, int to, int[] kept, int size) {
        int low = -1;
        int high = -1;
        int gap = -1;
        for (int i = from; i < to; i++) {
            if (Double.isNaN(values[i])) {
                gap = gap < 0 ? i : gap;
            } else {
                low = low < 0 || values[i] < values[low] ? i : low;
                high = high < 0 || values[i] > values[high] ? i : high;
            }
        }
        int next = size;
        int[] found = {low, high, gap};
        Arrays.sort(found);
        int last = -1;
        for (int index : found) {
            if (index >= 0 && index != last) {
                kept[next++] = index;
                last = index;
            }
        }
        return next;
    }
}
