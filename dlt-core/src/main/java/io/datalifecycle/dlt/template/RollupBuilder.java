package io.datalifecycle.dlt.template;

import java.time.Duration;
import java.time.temporal.TemporalAmount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Declares aggregates per bucket. Not thread-safe. */
public final class RollupBuilder {

    private final Place place;
    private final String from;
    private final Map<String, RollupColumn> columns = new LinkedHashMap<>();
    private @Nullable TemporalAmount every;
    private @Nullable List<String> by;
    private @Nullable String where;

    RollupBuilder(Place place, String from) {
        this.place = place;
        this.from = from;
    }

    /** Width of a bucket: a Duration for fixed, a Period for calendar buckets. */
    public RollupBuilder every(TemporalAmount width) {
        every = place.once("every", every, width);
        return this;
    }

    /** Columns that split a bucket. */
    public RollupBuilder by(String... columns) {
        by = place.once("by", by, List.of(columns));
        return this;
    }

    /** One computed column. */
    public RollupBuilder column(String name, Aggregate aggregate) {
        RollupColumn known = columns.putIfAbsent(name, new RollupColumn(name, aggregate));
        if (known != null) {
            place.child("columns").once(name, known.aggregate(), aggregate);
        }
        return this;
    }

    /** Only rows of the source for which this holds: {@code column op literal}, joined by {@code and}. */
    public RollupBuilder where(String condition) {
        where = place.once("where", where, condition);
        return this;
    }

    Rollup build() {
        return new Rollup(
                place.ref("from", from, null),
                place.need("every", every, Duration.ofHours(1)),
                by == null ? List.of() : by,
                List.copyOf(columns.values()),
                Optional.ofNullable(where));
    }
}
