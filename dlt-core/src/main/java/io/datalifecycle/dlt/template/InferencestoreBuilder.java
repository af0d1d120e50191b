package io.datalifecycle.dlt.template;

import io.datalifecycle.dlt.row.Column;
import java.time.Duration;
import java.time.temporal.TemporalAmount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Declares an inferencestore. Not thread-safe. */
public final class InferencestoreBuilder {

    private final Place place;
    private final Renaming renaming;
    private final Map<String, Column> columns = new LinkedHashMap<>();
    private @Nullable String title;
    private @Nullable String time;
    private @Nullable List<String> naturalKey;
    private @Nullable Duration chunk;
    private @Nullable TemporalAmount retention;

    InferencestoreBuilder(Place place) {
        this.place = place;
        this.renaming = new Renaming(place);
    }

    /** Key that it had in the version before; its rows and states are kept. */
    public InferencestoreBuilder renamedFrom(String oldKey) {
        renaming.from(oldKey);
        return this;
    }

    /** A column with the name it had in the version before; its values are kept. */
    public InferencestoreBuilder renamedColumn(String name, String oldName) {
        renaming.column(name, oldName);
        return this;
    }

    /** Name for people. */
    public InferencestoreBuilder title(String value) {
        title = place.once("title", title, value);
        return this;
    }

    /** Name of the time column. */
    public InferencestoreBuilder time(String value) {
        time = place.once("time", time, value);
        return this;
    }

    /** Columns that make a row unique, the time column among them. */
    public InferencestoreBuilder naturalKey(String... names) {
        naturalKey = place.once("natural_key", naturalKey, List.of(names));
        return this;
    }

    /** A predicted column. */
    public InferencestoreBuilder column(String name, Field field) {
        place.child("columns").once(name, columns.putIfAbsent(name, field.asColumn(name)), field.asColumn(name));
        field.oldName().ifPresent(old -> renaming.column(name, old));
        return this;
    }

    /** Span of one chunk or partition. */
    public InferencestoreBuilder chunk(Duration value) {
        chunk = place.once("chunk", chunk, value);
        return this;
    }

    /** How long rows are kept: a Period or a Duration. */
    public InferencestoreBuilder retention(TemporalAmount value) {
        retention = place.once("retention", retention, value);
        return this;
    }

    Renaming renaming() {
        return renaming;
    }

    Inferencestore build(String key) {
        return new Inferencestore(
                key,
                Optional.ofNullable(title),
                place.need("time", time, ""),
                place.need("natural_key", naturalKey, List.of()),
                List.copyOf(columns.values()),
                chunk == null ? Inferencestore.DEFAULT_CHUNK : chunk,
                Optional.ofNullable(retention));
    }
}
