package io.datalifecycle.dlt.row.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The span of time in which a row is accepted, both ends included. Immutable.
 *
 * @param from earliest in microseconds since the epoch
 * @param to latest in microseconds since the epoch
 */
public record Window(long from, long to) {

    /** Whatever can be stored. */
    public static final Window ANY = new Window(Rfc3339.FIRST, Rfc3339.LAST);

    /** The window around an arrival. */
    public static Window around(Instant now, Optional<Duration> past, Optional<Duration> future) {
        return new Window(
                past.map(span -> micros(now.minus(span))).orElse(ANY.from()),
                future.map(span -> micros(now.plus(span))).orElse(ANY.to()));
    }

    private static long micros(Instant instant) {
        long seconds =
                Math.max(Rfc3339.FIRST / 1_000_000L, Math.min(Rfc3339.LAST / 1_000_000L, instant.getEpochSecond()));
        return seconds * 1_000_000L + instant.getNano() / 1_000;
    }

    boolean contains(long micros) {
        return micros >= from && micros <= to;
    }
}
