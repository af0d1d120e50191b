package io.datalifecycle.dlt.storage.quota;

import java.time.Duration;
import java.time.Instant;

/** Rows a second, averaged over ten seconds: a bucket that fills at that rate. Thread-safe. */
final class Bucket {

    private static final double SECONDS = 10;

    private final double rate;
    private double left;
    private Instant at;

    Bucket(long rate, Instant now) {
        this.rate = rate;
        this.left = rate * SECONDS;
        this.at = now;
    }

    long rate() {
        return Math.round(rate);
    }

    /** Takes rows out; a full bucket gives to any batch, so that one larger than it still goes through. Gives whether it did. */
    synchronized boolean take(long rows, Instant now) {
        double full = rate * SECONDS;
        if (now.isAfter(at)) {
            left = Math.min(full, left + Duration.between(at, now).toMillis() / 1_000.0 * rate);
            at = now;
        }
        if (left < rows && left < full) {
            return false;
        }
        left -= rows;
        return true;
    }
}
