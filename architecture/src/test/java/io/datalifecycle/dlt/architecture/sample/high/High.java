package io.datalifecycle.dlt.architecture.sample.high;

import io.datalifecycle.dlt.architecture.sample.low.Low;

/** Closes the cycle. */
public final class High {
    public void use(Low low, java.time.InstantSource clock) {
        clock.instant();
    }
}
