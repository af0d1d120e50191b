package io.datalifecycle.dlt.template;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Declares how old or early a row may be. Not thread-safe. */
public final class AcceptBuilder {

    private final Place place;
    private @Nullable Duration past;
    private @Nullable Duration future;

    AcceptBuilder(Place place) {
        this.place = place;
    }

    /** How far before now. */
    public AcceptBuilder past(Duration value) {
        past = place.once("past", past, value);
        return this;
    }

    /** How far after now. */
    public AcceptBuilder future(Duration value) {
        future = place.once("future", future, value);
        return this;
    }

    AcceptWindow build() {
        return new AcceptWindow(Optional.ofNullable(past), Optional.ofNullable(future));
    }
}
