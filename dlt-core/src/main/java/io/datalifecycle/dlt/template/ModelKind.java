package io.datalifecycle.dlt.template;

import java.util.Locale;
import java.util.Optional;

/** What a model does. */
public enum ModelKind {
    ANOMALY,
    REGRESSION,
    CLASSIFICATION,
    CLUSTERING,
    FORECAST,
    TRANSFORM;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ModelKind> of(String label) {
        for (ModelKind kind : values()) {
            if (kind.label().equals(label)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
