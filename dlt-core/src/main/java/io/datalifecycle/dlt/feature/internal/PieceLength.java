package io.datalifecycle.dlt.feature.internal;

import java.time.Duration;

/** How much one transaction takes on: a day at first, twice as much after each that was quick, less after one that was not. Not thread-safe. */
final class PieceLength {

    private static final Duration FIRST = Duration.ofDays(1);
    private static final Duration QUICK = Duration.ofSeconds(10);
    private static final Duration SLOW = Duration.ofSeconds(60);

    private final Duration longest;
    private Duration next;

    PieceLength(Duration longest) {
        this.longest = longest;
        this.next = FIRST.compareTo(longest) < 0 ? FIRST : longest;
    }

    Duration next() {
        return next;
    }

    void took(Duration took) {
        if (took.compareTo(QUICK) < 0) {
            Duration twice = next.multipliedBy(2);
            next = twice.compareTo(longest) < 0 ? twice : longest;
        } else if (took.compareTo(SLOW) > 0) {
            next = next.dividedBy(2).isZero() ? next : next.dividedBy(2);
        }
    }
}
