package io.datalifecycle.dlt.storage.dialect;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Spans that were dropped. Immutable.
 *
 * @param names of chunks or partitions
 * @param end before which rows may be gone; empty when nothing was dropped
 */
public record Dropped(List<String> names, Optional<Instant> end) {

    /** Nothing. */
    public static final Dropped NONE = new Dropped(List.of(), Optional.empty());

    public Dropped {
        names = List.copyOf(names);
    }
}
