package io.datalifecycle.dlt.storage.training;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The versions of rows of one key that may still be the latest one known, as time goes on. A version that ends no later than one of a later row
 * is forgotten at once, so that of a store without removals one is kept. Not thread-safe.
 */
final class Frontier {

    /** Of a version that is the last of its row. */
    static final long FOREVER = Long.MAX_VALUE;

    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(Comparator.comparingLong(Waiting::from));
    private final TreeSet<Version> known =
            new TreeSet<>(Comparator.comparingLong(Version::time).thenComparing(Version::values, Frontier::compare));

    /**
     * A version of a row.
     *
     * @param time of the row, in microseconds
     * @param until first instant at which it is no longer the last of its row
     * @param values what is taken of it; of rows of one time those with the greatest are the latest
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by the comparator above alone
    record Version(long time, long until, @Nullable Object[] values) {}

    private record Waiting(long from, Version version) {}

    /**
     * Takes in a version that was written at an instant; instants come in order.
     *
     * @param from from when on rows of its time are known
     */
    void add(long at, long from, Version version) {
        if (from > at) {
            waiting.add(new Waiting(from, version));
        } else {
            add(version);
        }
    }

    private void add(Version version) {
        Version later = known.ceiling(version);
        if (later != null && later.until() >= version.until()) {
            return;
        }
        for (Version earlier = known.floor(version);
                earlier != null && earlier.until() <= version.until();
                earlier = known.floor(version)) {
            known.remove(earlier);
        }
        known.add(version);
    }

    /** The latest row known at an instant, no earlier than any asked before; null when none is. */
    @Nullable
    Version at(long instant) {
        for (Waiting next = waiting.peek(); next != null && next.from() <= instant; next = waiting.peek()) {
            add(waiting.remove().version());
        }
        while (!known.isEmpty() && known.last().until() <= instant) {
            known.remove(known.last());
        }
        return known.isEmpty() ? null : known.last();
    }

    /** Another key begins. */
    void clear() {
        waiting.clear();
        known.clear();
    }

    /** Nulls are least. */
    @SuppressWarnings("unchecked")
    private static int compare(@Nullable Object[] a, @Nullable Object[] b) {
        for (int i = 0; i < a.length; i++) {
            Object left = a[i];
            Object right = b[i];
            int order = left == null || right == null
                    ? Boolean.compare(left != null, right != null)
                    : ((Comparable<Object>) left).compareTo(right);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
