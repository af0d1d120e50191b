package io.datalifecycle.dlt.ingest.internal;

import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.InvalidInputException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.template.Datastore;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values that columns are compared with, as the Java types of their columns. */
final class Conditions {

    private Conditions() {}

    /**
     * Checks names and types. A number fits every column of numbers that can hold it exactly.
     *
     * @throws InvalidInputException {@code UNKNOWN_COLUMN} or {@code INPUT_INVALID}; without the value, for it may be read in logs
     */
    static Map<String, @Nullable Object> of(
            Datastore store, RowSchema columns, Map<String, ? extends @Nullable Object> where) {
        Map<String, @Nullable Object> typed = new LinkedHashMap<>();
        where.forEach((name, value) -> {
            Column column = columns.find(name)
                    .orElseThrow(() -> new InvalidInputException(
                            ProblemCode.UNKNOWN_COLUMN,
                            "where: " + store.ref() + " has no column " + name + "; "
                                    + DidYouMean.hint(
                                            name,
                                            columns.columns().stream()
                                                    .map(Column::name)
                                                    .toList())));
            typed.put(name, value == null ? null : typed(store, column, value));
        });
        return typed;
    }

    private static Object typed(Datastore store, Column column, Object value) {
        Object typed = null;
        try {
            typed = typed(column, value);
        } catch (ArithmeticException | NumberFormatException e) {
            // told below: the number is none of the column's
        }
        if (typed == null) {
            throw new InvalidInputException(
                    ProblemCode.INPUT_INVALID,
                    "where: column " + column.name() + " of " + store.ref() + " holds "
                            + column.type().label() + ", which a "
                            + value.getClass().getSimpleName()
                            + " of that value cannot be");
        }
        return typed;
    }

    private static @Nullable Object typed(Column column, Object value) {
        return switch (column.type()) {
            case TEXT -> value instanceof CharSequence || value instanceof Enum ? storable(value.toString()) : null;
            case JSON -> value instanceof CharSequence ? storable(value.toString()) : null;
            case DOUBLE -> value instanceof Number number ? number(number) : null;
            case BIGINT ->
                value instanceof Number number ? (Object) decimal(number).longValueExact() : null;
            case DECIMAL -> value instanceof Number number ? decimal(number) : null;
            case BOOLEAN -> value instanceof Boolean ? value : null;
            case TIMESTAMP -> instant(value);
            case DATE -> value instanceof LocalDate ? value : null;
            case TIME -> value instanceof LocalTime ? value : null;
            case UUID -> value instanceof UUID ? value : null;
        };
    }

    private static @Nullable String storable(String text) {
        return text.indexOf('\0') < 0 ? text : null;
    }

    /** Any double may be asked for, also one that no row can have come with. */
    private static Object number(Number number) {
        return number instanceof Double || number instanceof Float
                ? Double.valueOf(number.toString())
                : (Object) decimal(number).doubleValue();
    }

    private static BigDecimal decimal(Number number) {
        return number instanceof BigInteger big ? new BigDecimal(big) : new BigDecimal(number.toString());
    }

    private static @Nullable Instant instant(Object value) {
        Instant instant = null;
        if (value instanceof Instant given) {
            instant = given;
        } else if (value instanceof OffsetDateTime given) {
            instant = given.toInstant();
        } else if (value instanceof ZonedDateTime given) {
            instant = given.toInstant();
        }
        return instant == null ? null : RowBatch.instantOf(RowBatch.microsOf(instant));
    }
}
