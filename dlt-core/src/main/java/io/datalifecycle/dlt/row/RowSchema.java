package io.datalifecycle.dlt.row;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The columns of a store in their order; names are unique. Immutable.
 *
 * @param columns at least one
 */
public record RowSchema(List<Column> columns) {

    public RowSchema {
        columns = List.copyOf(columns);
        Map<String, Column> seen = new HashMap<>();
        for (Column column : columns) {
            if (seen.put(column.name(), column) != null) {
                throw new IllegalArgumentException("columns: " + column.name() + " appears twice");
            }
        }
    }

    public static RowSchema of(Column... columns) {
        return new RowSchema(List.of(columns));
    }

    public int size() {
        return columns.size();
    }

    public Column column(int index) {
        return columns.get(index);
    }

    /** The column of that exact name. */
    public Optional<Column> find(String name) {
        return columns.stream().filter(c -> c.name().equals(name)).findFirst();
    }

    /** Position of the column of that exact name, -1 when there is none. */
    public int indexOf(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
