package io.datalifecycle.dlt.row;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The columns that a JSON Schema of rows gives: one for each property; for an object with {@code flatten: true} one for each of its own
 * properties instead. A column is named like its property, with the names of the objects around it before and a {@code _} between, or
 * as {@code column} says.
 */
public final class SchemaColumns {

    private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final int MOST_LEVELS = 16;

    private final PlainSchema plain;
    private final List<Leaf> leaves = new ArrayList<>();
    private final List<List<String>> demanded = new ArrayList<>();
    private boolean open;

    /**
     * A property that has a column.
     *
     * @param path names of the properties that lead to it from the row, at least one
     * @param column what it is stored in
     * @param property its schema in plain form, a map or a boolean
     */
    public record Leaf(
            List<String> path, Column column, @Nullable Object property) {
        public Leaf {
            path = List.copyOf(path);
        }

        /** Whether null is a value of the property by its type. */
        public boolean isNullable() {
            return allowsNull(property);
        }

        /** What people and files without levels call it: its own name, below an object the column's. */
        public String label() {
            return path.size() == 1 ? path.get(0) : column.name();
        }
    }

    private SchemaColumns(Map<String, ? extends @Nullable Object> schema) {
        plain = new PlainSchema(schema);
        object(schema, List.of(), true);
    }

    /** The properties that have columns, in order. */
    public static List<Leaf> of(Map<String, ? extends @Nullable Object> schema) {
        return Collections.unmodifiableList(new SchemaColumns(schema).leaves);
    }

    /** Whether a row may hold properties that no column takes. */
    public static boolean isOpen(Map<String, ? extends @Nullable Object> schema) {
        return new SchemaColumns(schema).open;
    }

    /** Paths of the properties that the object around them must have, flat objects among them, each before those within it. */
    public static List<List<String>> demanded(Map<String, ? extends @Nullable Object> schema) {
        return Collections.unmodifiableList(new SchemaColumns(schema).demanded);
    }

    private void object(Map<?, ?> schema, List<String> above, boolean always) {
        open |= !Boolean.FALSE.equals(schema.get("additionalProperties"));
        if (!(schema.get("properties") instanceof Map<?, ?> properties)) {
            return;
        }
        List<?> required = schema.get("required") instanceof List<?> list ? list : List.of();
        properties.forEach((key, value) -> {
            String name = String.valueOf(key);
            Object property = plain.of(value);
            List<String> path = new ArrayList<>(above);
            path.add(name);
            if (required.contains(name)) {
                demanded.add(List.copyOf(path));
            }
            boolean there = always && required.contains(name) && !allowsNull(property);
            if (property instanceof Map<?, ?> nested && isFlat(nested) && path.size() < MOST_LEVELS) {
                object(nested, path, there);
            } else {
                leaves.add(new Leaf(path, column(path, property, there), property));
            }
        });
    }

    private static boolean isFlat(Map<?, ?> schema) {
        return Boolean.TRUE.equals(schema.get("flatten"))
                && schema.get("properties") instanceof Map<?, ?> properties
                && !properties.isEmpty();
    }

    private static Column column(List<String> path, @Nullable Object property, boolean required) {
        String name = String.join("_", path);
        Optional<String> unit = Optional.empty();
        if (property instanceof Map<?, ?> schema) {
            name = schema.get("column") instanceof String own ? own : name;
            unit = Optional.ofNullable(schema.get("unit")).map(String::valueOf);
        }
        return new Column(name, type(property), required, unit);
    }

    private static ColumnType type(@Nullable Object property) {
        if (!(property instanceof Map<?, ?> schema)) {
            return ColumnType.JSON;
        }
        List<String> types = types(schema);
        if (types.size() != 1) {
            return ColumnType.JSON;
        }
        return switch (types.get(0)) {
            case "boolean" -> ColumnType.BOOLEAN;
            case "integer" -> isDecimal(schema) || isPast64Bit(schema) ? ColumnType.DECIMAL : ColumnType.BIGINT;
            case "number" -> isDecimal(schema) ? ColumnType.DECIMAL : ColumnType.DOUBLE;
            case "string" -> textType(String.valueOf(schema.get("format")));
            default -> ColumnType.JSON;
        };
    }

    private static boolean isDecimal(Map<?, ?> schema) {
        return Boolean.TRUE.equals(schema.get("decimal"));
    }

    private static boolean isPast64Bit(Map<?, ?> schema) {
        return List.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum").stream()
                .map(schema::get)
                .anyMatch(bound -> bound instanceof BigDecimal number
                        && (number.compareTo(LEAST) < 0 || number.compareTo(MOST) > 0));
    }

    private static ColumnType textType(String format) {
        return switch (format) {
            case "date-time" -> ColumnType.TIMESTAMP;
            case "date" -> ColumnType.DATE;
            case "uuid" -> ColumnType.UUID;
            default -> ColumnType.TEXT;
        };
    }

    private static List<String> types(Map<?, ?> schema) {
        List<String> types = PlainSchema.types(schema).stream()
                .filter(type -> !type.equals("null"))
                .toList();
        boolean texts = types.isEmpty()
                && !schema.containsKey("type")
                && schema.get("enum") instanceof List<?> values
                && !values.isEmpty()
                && values.stream().allMatch(String.class::isInstance);
        return texts ? List.of("string") : types;
    }

    private static boolean allowsNull(@Nullable Object property) {
        if (!(property instanceof Map<?, ?> schema)) {
            return true;
        }
        List<String> types = PlainSchema.types(schema);
        return types.isEmpty() || types.contains("null");
    }
}
