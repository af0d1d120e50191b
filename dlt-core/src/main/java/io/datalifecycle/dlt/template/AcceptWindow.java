package io.datalifecycle.dlt.template;

import java.time.Duration;
import java.util.Optional;

/**
 * How old or how early a row may be when it arrives. Immutable.
 *
 * @param past how far before now; empty for any
 * @param future how far after now; empty for any
 */
public record AcceptWindow(Optional<Duration> past, Optional<Duration> future) {

    /** Any time is accepted. */
    public static final AcceptWindow ANY = new AcceptWindow(Optional.empty(), Optional.empty());
}
