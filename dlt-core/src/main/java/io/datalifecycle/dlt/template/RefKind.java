package io.datalifecycle.dlt.template;

import java.util.Locale;
import java.util.Optional;

/** What a {@link Ref} can point at; the name before the colon. */
public enum RefKind {
    DATASTORE,
    FEATURESTORE,
    INFERENCESTORE,
    METRIC,
    DASHBOARD;

    /** As written before the colon: {@code datastore}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is one of the three stores. */
    public boolean isStore() {
        return this == DATASTORE || this == FEATURESTORE || this == INFERENCESTORE;
    }

    public static Optional<RefKind> of(String label) {
        for (RefKind kind : values()) {
            if (kind.label().equals(label)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
