package io.datalifecycle.dlt.template;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Declares when a featurestore is brought up to date. Not thread-safe. */
public final class RefreshBuilder {

    private final Place place;
    private @Nullable String cron;
    private Refresh.@Nullable Order order;
    private @Nullable Duration budget;

    RefreshBuilder(Place place) {
        this.place = place;
    }

    /** Five or six fields in the workspace's zone. */
    public RefreshBuilder cron(String value) {
        cron = place.once("cron", cron, value);
        return this;
    }

    /** Which part of a long history comes first; the oldest when not given. */
    public RefreshBuilder order(Refresh.Order value) {
        order = place.once("order", order, value);
        return this;
    }

    /** Longest time of one scheduled run, which goes on at the next. */
    public RefreshBuilder budget(Duration value) {
        budget = place.once("budget", budget, value);
        return this;
    }

    Refresh build() {
        return new Refresh(
                Optional.ofNullable(cron),
                order == null ? Refresh.Order.OLDEST_FIRST : order,
                Optional.ofNullable(budget));
    }
}
