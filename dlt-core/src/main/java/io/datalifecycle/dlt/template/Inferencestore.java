package io.datalifecycle.dlt.template;

import io.datalifecycle.dlt.row.Column;
import java.time.Duration;
import java.time.temporal.TemporalAmount;
import java.util.List;
import java.util.Optional;

/**
 * What a model predicts, usable like any other store. Immutable.
 *
 * @param key key, unique over all stores
 * @param title name for people
 * @param time name of the time column
 * @param naturalKey columns that make a row unique, the time column among them
 * @param columns the predicted columns; key columns that are not listed take the type of the scored feature's column of that name
 * @param chunk span of one chunk or partition
 * @param retention how long rows are kept; empty for ever
 */
public record Inferencestore(
        String key,
        Optional<String> title,
        String time,
        List<String> naturalKey,
        List<Column> columns,
        Duration chunk,
        Optional<TemporalAmount> retention)
        implements Store {

    /** Span of a chunk when a template names none. */
    public static final Duration DEFAULT_CHUNK = Duration.ofDays(30);

    public Inferencestore {
        naturalKey = List.copyOf(naturalKey);
        columns = List.copyOf(columns);
    }

    @Override
    public RefKind kind() {
        return RefKind.INFERENCESTORE;
    }
}
