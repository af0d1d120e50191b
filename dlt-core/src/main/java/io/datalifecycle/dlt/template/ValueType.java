package io.datalifecycle.dlt.template;

import java.util.Locale;
import java.util.Optional;

/** Types of workspace parameters and metric inputs; the label is what templates write. */
public enum ValueType {
    /** {@code String}. */
    STRING,
    /** {@code Double}. */
    NUMBER,
    /** {@code Long}. */
    INTEGER,
    /** {@code Boolean}. */
    BOOLEAN,
    /** {@code java.time.Instant}. */
    TIMESTAMP,
    /** {@code java.time.LocalDate}. */
    DATE;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ValueType> of(String label) {
        for (ValueType type : values()) {
            if (type.label().equals(label)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
