package io.datalifecycle.dlt.examples.pumpstation;

import java.time.Instant;
import java.time.InstantSource;

/** Time as the demo tells it, so that a week of life passes in a minute. */
final class DemoClock implements InstantSource {

    private volatile Instant now;

    DemoClock(Instant start) {
        this.now = start;
    }

    @Override
    public Instant instant() {
        return now;
    }

    void advanceTo(Instant instant) {
        if (instant.isAfter(now)) {
            now = instant;
        }
    }
}
