package io.datalifecycle.dlt.training;

import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.time.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a training set is made of. Made by {@link TrainingSetBuilder}. Immutable.
 *
 * @param rows the entities as rows; empty when they are rows of a store
 * @param store the store whose rows are the entities, {@code kind:key}; empty when they are given as rows
 * @param range span of that store's time column
 * @param time name of the entities' time column; empty for the time column of that store
 * @param carried columns that are taken along of rows, in order
 * @param features what is looked up for each entity
 * @param knownThen whether only what was stored at each entity's own time is seen
 * @param knownAt time at which what is seen was stored; empty for now
 */
public record TrainingSetDefinition(
        Optional<Rows> rows,
        Optional<String> store,
        TimeRange range,
        Optional<String> time,
        Map<String, ColumnType> carried,
        List<Feature> features,
        boolean knownThen,
        Optional<Instant> knownAt) {

    public TrainingSetDefinition {
        carried = Collections.unmodifiableMap(new LinkedHashMap<>(carried));
        features = List.copyOf(features);
    }

    /**
     * What is looked up in a store. Immutable.
     *
     * @param store the store, {@code kind:key}
     * @param by columns of the entities and of the store, of the same names, that must be equal
     * @param columns what is taken
     * @param within how old it may be; empty for any age
     * @param prefix put before the names of the columns
     */
    public record Feature(
            String store, List<String> by, List<String> columns, Optional<Duration> within, String prefix) {

        public Feature {
            by = List.copyOf(by);
            columns = List.copyOf(columns);
        }
    }
}
