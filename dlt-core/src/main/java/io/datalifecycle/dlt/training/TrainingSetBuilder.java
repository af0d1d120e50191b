package io.datalifecycle.dlt.training;

import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.time.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Declares a training set: the entities, and what is looked up for each of them. Not thread-safe. */
public final class TrainingSetBuilder {

    private static final TimeRange NONE = TimeRange.of(Instant.EPOCH, Instant.EPOCH);

    private @Nullable Rows rows;
    private @Nullable String store;
    private TimeRange range = NONE;
    private @Nullable String time;
    private final Map<String, ColumnType> carried = new LinkedHashMap<>();
    private final List<TrainingSetDefinition.Feature> features = new ArrayList<>();
    private boolean knownThen;
    private @Nullable Instant knownAt;

    /**
     * The entities as rows: each has a time, the columns of every {@code by}, and those that are {@link #carry carried}; other columns are left
     * out. Rows of a stream can be read only once.
     */
    public TrainingSetBuilder entities(Rows given) {
        requireNoEntities();
        rows = Objects.requireNonNull(given, "rows");
        return this;
    }

    /** The same as maps from column to value. */
    public TrainingSetBuilder entities(List<? extends Map<String, ?>> given) {
        return entities(Rows.of(given));
    }

    /** The rows of a span of a store are the entities, with all their columns. */
    public TrainingSetBuilder entities(Store of, TimeRange span) {
        return entities(of.ref().toString(), span);
    }

    /** The same for a store named {@code kind:key}. */
    public TrainingSetBuilder entities(String of, TimeRange span) {
        requireNoEntities();
        store = Objects.requireNonNull(of, "store");
        range = Objects.requireNonNull(span, "span");
        return this;
    }

    private void requireNoEntities() {
        if (rows != null || store != null) {
            throw new IllegalStateException("entities: are already given");
        }
    }

    /** Name of the entities' time column; needed for rows, and for rows only: a store has its own. */
    public TrainingSetBuilder time(String column) {
        if (time != null) {
            throw new IllegalStateException("time: is already " + time);
        }
        time = Objects.requireNonNull(column, "column");
        return this;
    }

    /** A column of the rows that is taken along as it is, for instance the label; it may be missing or null in a row. */
    public TrainingSetBuilder carry(String column, ColumnType type) {
        if (carried.put(column, type) != null) {
            throw new IllegalStateException("carry: " + column + " is already carried");
        }
        return this;
    }

    /** What is looked up in a store. */
    public TrainingSetBuilder feature(Store from, Consumer<LookupBuilder> nested) {
        return feature(from.ref().toString(), nested);
    }

    /** What is looked up in a store named {@code kind:key}. */
    public TrainingSetBuilder feature(String from, Consumer<LookupBuilder> nested) {
        LookupBuilder builder = new LookupBuilder(from);
        nested.accept(builder);
        features.add(builder.build());
        return this;
    }

    /** Only what was known at each entity's own time: later corrections are not seen. All features must be featurestores with a history. */
    public TrainingSetBuilder asKnownThen() {
        requireKnownNow();
        knownThen = true;
        return this;
    }

    /** Only what was known at that time: later corrections are not seen. All features must be featurestores with a history. */
    public TrainingSetBuilder asKnownAt(Instant instant) {
        requireKnownNow();
        knownAt = Objects.requireNonNull(instant, "instant");
        return this;
    }

    private void requireKnownNow() {
        if (knownThen || knownAt != null) {
            throw new IllegalStateException("asKnown…: is already given");
        }
    }

    /** The definition so far, complete. */
    public TrainingSetDefinition build() {
        if (rows == null && store == null) {
            throw new IllegalStateException("entities: are missing, give rows or a store");
        }
        if (rows != null && time == null) {
            throw new IllegalStateException("time: is missing, name the time column of the rows");
        }
        if (store != null && time != null) {
            throw new IllegalStateException("time: is for rows; rows of " + store + " have their own");
        }
        if (store != null && !carried.isEmpty()) {
            throw new IllegalStateException("carry: is for rows; of " + store + " all columns are carried");
        }
        if (features.isEmpty()) {
            throw new IllegalStateException("feature: name at least one");
        }
        return new TrainingSetDefinition(
                Optional.ofNullable(rows),
                Optional.ofNullable(store),
                range,
                Optional.ofNullable(time),
                carried,
                features,
                knownThen,
                Optional.ofNullable(knownAt));
    }
}
