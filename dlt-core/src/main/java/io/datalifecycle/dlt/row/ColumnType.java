package io.datalifecycle.dlt.row;

import java.util.Locale;
import java.util.Optional;

/**
 * The types a column of a store can have. The name in templates is {@link #label()}; the Java type is what
 * {@link RowBatch#value} gives and what rows given as maps may hold.
 */
public enum ColumnType {
    /** {@code String}; PostgreSQL text. */
    TEXT,
    /** {@code Double}; double precision. */
    DOUBLE,
    /** {@code Long}; bigint. */
    BIGINT,
    /** {@code java.math.BigDecimal}; numeric. */
    DECIMAL,
    /** {@code Boolean}; boolean. */
    BOOLEAN,
    /** {@code java.time.Instant} of whole microseconds; timestamptz. */
    TIMESTAMP,
    /** {@code java.time.LocalDate}; date. */
    DATE,
    /** {@code java.time.LocalTime}; time. */
    TIME,
    /** {@code java.util.UUID}; uuid. */
    UUID,
    /** {@code String} of JSON text; jsonb. */
    JSON;

    /** As written in templates: {@code double}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type for a name as written in templates; empty for an unknown name. */
    public static Optional<ColumnType> of(String label) {
        for (ColumnType type : values()) {
            if (type.label().equals(label)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** Whether arithmetic makes sense on it. */
    public boolean isNumeric() {
        return this == DOUBLE || this == BIGINT || this == DECIMAL;
    }
}
