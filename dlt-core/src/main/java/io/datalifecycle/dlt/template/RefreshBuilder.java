package io.datalifecycle.dlt.template;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Declares when a featurestore is brought up to date. Not thread-safe. */
public final class RefreshBuilder {

    private final Place place;
    private @Nullable String cron;

    RefreshBuilder(Place place) {
        this.place = place;
    }

    /** Five or six fields in the workspace's zone. */
    public RefreshBuilder cron(String value) {
        cron = place.once("cron", cron, value);
        return this;
    }

    Refresh build() {
        return new Refresh(Optional.ofNullable(cron));
    }
}
