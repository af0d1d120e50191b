package io.datalifecycle.dlt.template;

import java.util.Locale;
import java.util.Optional;

/** The kinds of {@link Control}; the label is its {@code type}. */
public enum ControlKind {
    TIME_RANGE,
    SELECT,
    NUMBER,
    TEXT,
    TOGGLE;

    /** As written: {@code time-range}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<ControlKind> of(String label) {
        for (ControlKind kind : values()) {
            if (kind.label().equals(label)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
