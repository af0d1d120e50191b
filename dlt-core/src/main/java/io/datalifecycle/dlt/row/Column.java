package io.datalifecycle.dlt.row;

import java.util.Objects;
import java.util.Optional;

/**
 * One column of a store. Immutable.
 *
 * @param name as in the template, any Unicode text up to 63 bytes; quoted wherever it meets SQL
 * @param type type of its values
 * @param required whether every row must have a value
 * @param unit unit of its values for people, for instance {@code bar}
 */
public record Column(String name, ColumnType type, boolean required, Optional<String> unit) {

    public Column {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(unit, "unit");
    }

    public static Column of(String name, ColumnType type) {
        return new Column(name, type, false, Optional.empty());
    }

    public static Column required(String name, ColumnType type) {
        return new Column(name, type, true, Optional.empty());
    }
}
