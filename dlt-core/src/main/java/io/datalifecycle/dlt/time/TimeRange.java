package io.datalifecycle.dlt.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A half-open span of time: {@code from} belongs to it, {@code to} does not. Immutable.
 *
 * @param from first instant, inclusive
 * @param to end, exclusive; not before {@code from}
 */
public record TimeRange(Instant from, Instant to) {

    public TimeRange {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("to: " + to + " is before from " + from);
        }
    }

    public static TimeRange of(Instant from, Instant to) {
        return new TimeRange(from, to);
    }

    /** Whether the instant lies in the range; {@code to} itself does not. */
    public boolean contains(Instant instant) {
        return !instant.isBefore(from) && instant.isBefore(to);
    }

    /** Whether the two share at least one instant. */
    public boolean overlaps(TimeRange other) {
        return from.isBefore(other.to) && other.from.isBefore(to);
    }

    public boolean isEmpty() {
        return from.equals(to);
    }

    public Duration length() {
        return Duration.between(from, to);
    }
}
