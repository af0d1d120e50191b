package io.datalifecycle.dlt.template;

import io.datalifecycle.dlt.problem.ProblemCode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
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
    private @Nullable Duration hold;
    private @Nullable ZoneId timezone;

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
        return column(RollupColumn.of(name, aggregate));
    }

    /** One computed column over the rows for which a condition holds: {@code column op literal}, joined by {@code and}. */
    public RollupBuilder column(String name, Aggregate aggregate, String where) {
        return column(new RollupColumn(name, aggregate, Optional.of(where)));
    }

    private RollupBuilder column(RollupColumn column) {
        RollupColumn known = columns.putIfAbsent(column.name(), column);
        if (known != null) {
            place.child("columns").once(column.name(), known.text(), column.text());
        }
        return this;
    }

    /** How long a value stands when no other comes, for increase, rate, time-weighted mean and duration; the width of a bucket when not given. */
    public RollupBuilder hold(Duration value) {
        hold = place.once("hold", hold, value);
        return this;
    }

    /** Zone whose calendar the buckets follow; the workspace's when not given. */
    public RollupBuilder timezone(String value) {
        try {
            timezone = place.once("timezone", timezone, ZoneId.of(value));
        } catch (DateTimeException e) {
            place.error(
                    ProblemCode.BAD_VALUE,
                    "timezone",
                    "timezone: \"" + value + "\" is not known",
                    "use a name such as Europe/Berlin");
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
                Optional.ofNullable(where),
                Optional.ofNullable(hold),
                Optional.ofNullable(timezone));
    }
}
