package io.datalifecycle.dlt.template;

import java.time.temporal.TemporalAmount;
import org.jspecify.annotations.Nullable;

/** Declares the quarantine of a datastore. Not thread-safe. */
public final class QuarantineBuilder {

    private final Place place;
    private @Nullable TemporalAmount keep;

    QuarantineBuilder(Place place) {
        this.place = place;
    }

    /** How long a row waits before maintenance removes it: a Period or a Duration. */
    public QuarantineBuilder keep(TemporalAmount value) {
        keep = place.once("keep", keep, value);
        return this;
    }

    TemporalAmount build() {
        return keep == null ? Datastore.DEFAULT_QUARANTINE_KEEP : keep;
    }
}
