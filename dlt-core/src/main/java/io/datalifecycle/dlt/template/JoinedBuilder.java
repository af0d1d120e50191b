package io.datalifecycle.dlt.template;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Declares one store of an as-of join. Not thread-safe. */
public final class JoinedBuilder {

    private final Place place;
    private final String from;
    private @Nullable List<String> columns;
    private @Nullable String prefix;
    private @Nullable Duration within;

    JoinedBuilder(Place place, String from) {
        this.place = place;
        this.from = from;
    }

    /** Columns that are taken. */
    public JoinedBuilder columns(String... names) {
        columns = place.once("columns", columns, List.of(names));
        return this;
    }

    /** Put before the names of the taken columns. */
    public JoinedBuilder prefix(String value) {
        prefix = place.once("prefix", prefix, value);
        return this;
    }

    /** How old the matched row may be. */
    public JoinedBuilder within(Duration value) {
        within = place.once("within", within, value);
        return this;
    }

    AsOfJoin.Joined build() {
        return new AsOfJoin.Joined(
                place.ref("from", from, null),
                place.need("columns", columns, List.of()),
                prefix == null ? "" : prefix,
                Optional.ofNullable(within));
    }
}
