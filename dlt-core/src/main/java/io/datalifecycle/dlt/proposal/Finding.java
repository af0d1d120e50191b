package io.datalifecycle.dlt.proposal;

import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.template.Field;
import java.util.Optional;

/**
 * What is known of a column. Immutable.
 *
 * @param source where its values are
 * @param column its name in the store
 * @param heading what its header says
 * @param type type of all its values
 * @param distinct how many different values it has
 * @param longest characters of its longest text; 0 for other types
 * @param mapping what {@code map} says, when its values are read by an expression; empty when they are read as they stand
 */
record Finding(
        Sample.Source source,
        String column,
        Heading heading,
        ColumnType type,
        int distinct,
        int longest,
        Optional<String> mapping) {

    private static final int SHORTEST_KEY = 64;

    boolean isComplete() {
        return source.isComplete();
    }

    boolean isConstant() {
        return distinct == 1 && source.values().size() > 1;
    }

    Optional<String> unit() {
        return type.isNumeric() ? heading.unit() : Optional.empty();
    }

    /** As the store declares it. */
    Field field(boolean key) {
        Field field = switch (type) {
            case BOOLEAN -> Field.bool();
            case BIGINT -> Field.integer();
            case DOUBLE, DECIMAL -> Field.number();
            case TIMESTAMP -> Field.timestamp();
            case DATE -> Field.date();
            case UUID -> Field.uuid();
            case JSON -> Field.json();
            case TEXT, TIME -> key ? Field.text(room()) : Field.text();
        };
        Field titled = heading.bare().equals(column) ? field : field.title(heading.bare());
        Field measured = unit().map(titled::unit).orElse(titled);
        return key ? measured.required() : measured;
    }

    /** Twice the longest text seen, for an index does not take any length. */
    private int room() {
        return Math.max(SHORTEST_KEY, Integer.highestOneBit(Math.max(1, longest)) * 4);
    }
}
