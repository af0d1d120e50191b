package io.datalifecycle.dlt.feature;

import io.datalifecycle.dlt.time.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where a featurestore stands. Immutable.
 *
 * @param todo intervals that are known to have to be redone, ascending; what was written since the last refresh is not among them yet
 * @param completeUntil end of the last bucket that has ended and is up to date; empty before the first refresh
 * @param lag time from then to now; empty before the first refresh
 * @param progress share of its history that is up to date, from 0 to 1
 * @param paused whether it was paused
 */
public record FeatureStatus(
        List<TimeRange> todo,
        Optional<Instant> completeUntil,
        Optional<Duration> lag,
        double progress,
        boolean paused) {

    public FeatureStatus {
        todo = List.copyOf(todo);
    }
}
