package io.datalifecycle.dlt.test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is moved, and only forwards. Thread-safe. */
public final class MovableClock implements InstantSource {

    private volatile Instant now;

    public MovableClock(Instant start) {
        this.now = start;
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Moves to an instant; an earlier one is refused. */
    public synchronized void moveTo(Instant instant) {
        if (instant.isBefore(now)) {
            throw new IllegalArgumentException("clock: stands at " + now + " and does not go back to " + instant);
        }
        now = instant;
    }

    /** Moves on. */
    public void advance(Duration duration) {
        moveTo(now.plus(duration));
    }
}
