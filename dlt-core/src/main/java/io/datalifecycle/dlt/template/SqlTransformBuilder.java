package io.datalifecycle.dlt.template;

import io.datalifecycle.dlt.row.Column;
import java.time.Duration;
import java.time.temporal.TemporalAmount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Declares what a featurestore's own SELECT gives. Not thread-safe. */
public final class SqlTransformBuilder {

    private final Place place;
    private final String query;
    private final Map<String, Column> columns = new LinkedHashMap<>();
    private @Nullable String time;
    private @Nullable List<String> by;
    private @Nullable Duration lookBack;
    private @Nullable TemporalAmount every;

    SqlTransformBuilder(Place place, String query) {
        this.place = place;
        this.query = query;
    }

    /** Name of the result's time column. */
    public SqlTransformBuilder time(String value) {
        time = place.once("time", time, value);
        return this;
    }

    /** Columns that make a row unique together with the time. */
    public SqlTransformBuilder by(String... columns) {
        by = place.once("by", by, List.of(columns));
        return this;
    }

    /** One column of the result; the time column is declared too. */
    public SqlTransformBuilder column(String name, Field field) {
        place.child("columns").once(name, columns.putIfAbsent(name, field.asColumn(name)), field.asColumn(name));
        return this;
    }

    /** How far before {@code :from} it reads. */
    public SqlTransformBuilder lookBack(Duration value) {
        lookBack = place.once("look_back", lookBack, value);
        return this;
    }

    /** Width of the intervals that {@code :from} and {@code :to} are edges of; an hour when not given. */
    public SqlTransformBuilder every(TemporalAmount value) {
        every = place.once("every", every, value);
        return this;
    }

    SqlTransform build() {
        return SqlTransform.of(
                query,
                place.need("time", time, ""),
                by == null ? List.of() : by,
                List.copyOf(columns.values()),
                lookBack == null ? Duration.ZERO : lookBack,
                every == null ? SqlTransform.DEFAULT_EVERY : every);
    }
}
