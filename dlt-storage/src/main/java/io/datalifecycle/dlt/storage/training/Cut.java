package io.datalifecycle.dlt.storage.training;

import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.spi.PointInTime;
import io.datalifecycle.dlt.time.Bucketing;
import io.datalifecycle.dlt.time.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which times of a store's rows may be seen at an instant. Buckets are cut here, in Java, where their rules live: a bucket is known at an instant
 * when it lies before the one that contains the instant. Not thread-safe: it remembers the last buckets.
 */
final class Cut {

    /** No store holds rows from before; a lower bound need not lie below. */
    private static final long FIRST = RowBatch.microsOf(Instant.parse("0000-01-01T00:00:00Z"));

    private final Optional<Bucketing> delayed;
    private final Optional<Duration> within;
    private @Nullable TimeRange upper;
    private @Nullable TimeRange lower;

    Cut(Optional<Bucketing> delayed, Optional<Duration> within) {
        this.delayed = delayed;
        this.within = within;
    }

    static Cut of(PointInTime.Feature feature) {
        return new Cut(feature.delayed(), feature.within());
    }

    boolean isSame(Cut other) {
        return delayed.equals(other.delayed) && within.equals(other.within);
    }

    boolean isBounded() {
        return within.isPresent();
    }

    /** The first time, in microseconds, of rows that are not yet known at the instant. */
    long upper(long at) {
        if (delayed.isEmpty()) {
            return at + 1;
        }
        upper = bucket(upper, RowBatch.instantOf(at));
        return RowBatch.microsOf(upper.from());
    }

    /** The first time, in microseconds, of rows that became known less than {@code within} before the instant. */
    long lower(long at) {
        Duration age = within.orElseThrow();
        if (at - FIRST <= micros(age)) {
            return FIRST;
        }
        long edge = at - micros(age);
        if (delayed.isEmpty()) {
            return edge + 1;
        }
        lower = bucket(lower, RowBatch.instantOf(edge));
        return RowBatch.microsOf(lower.from());
    }

    /** When a row of that time becomes known. */
    long knownFrom(long time) {
        if (delayed.isEmpty()) {
            return time;
        }
        upper = bucket(upper, RowBatch.instantOf(time));
        return RowBatch.microsOf(upper.to());
    }

    /** The edge lies on whole microseconds: what is longer than all time is as good as for ever. */
    private static long micros(Duration age) {
        return age.getSeconds() >= Long.MAX_VALUE / 2_000_000
                ? Long.MAX_VALUE
                : age.getSeconds() * 1_000_000 + (age.getNano() + 999) / 1_000;
    }

    private TimeRange bucket(@Nullable TimeRange last, Instant at) {
        return last != null && last.contains(at) ? last : delayed.orElseThrow().bucketOf(at);
    }
}
