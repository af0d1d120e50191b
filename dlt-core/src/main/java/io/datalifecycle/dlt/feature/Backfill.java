package io.datalifecycle.dlt.feature;

import io.datalifecycle.dlt.template.Refresh.Order;
import io.datalifecycle.dlt.time.TimeRange;
import java.time.Duration;
import java.util.Optional;

/**
 * How a featurestore is filled or redone over a long history: in pieces of one transaction each, so that it can be paused, be killed and go on
 * where it was. Immutable.
 *
 * @param range span to redo although nothing changed there; empty to do only what is on the agenda
 * @param order which part comes first
 * @param longest most time that one piece may span; pieces grow to it from a day as long as they are quick
 * @param share share of the time in which it works, more than 0 and at most 1: with 0.25 it rests three times as long as each piece took
 */
public record Backfill(Optional<TimeRange> range, Order order, Duration longest, double share) {

    /** Longest piece when nothing else is said. */
    public static final Duration DEFAULT_LONGEST = Duration.ofDays(366);

    public Backfill {
        if (longest.isNegative() || longest.isZero()) {
            throw new IllegalArgumentException("longest: " + longest + " is not more than zero");
        }
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share: " + share + " is not more than 0 and at most 1");
        }
    }

    /** From the past to now, without rest. */
    public static Backfill oldestFirst() {
        return new Backfill(Optional.empty(), Order.OLDEST_FIRST, DEFAULT_LONGEST, 1);
    }

    /** From now to the past, without rest. */
    public static Backfill newestFirst() {
        return new Backfill(Optional.empty(), Order.NEWEST_FIRST, DEFAULT_LONGEST, 1);
    }

    /** Redoes this span whether or not anything changed. */
    public Backfill of(TimeRange span) {
        return new Backfill(Optional.of(span), order, longest, share);
    }

    /** Pieces of at most this length. */
    public Backfill inPiecesOf(Duration length) {
        return new Backfill(range, order, length, share);
    }

    /** Works for this share of the time only. */
    public Backfill throttledTo(double share) {
        return new Backfill(range, order, longest, share);
    }
}
