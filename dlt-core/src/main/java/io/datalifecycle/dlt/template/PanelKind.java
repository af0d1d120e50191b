package io.datalifecycle.dlt.template;

import java.util.Locale;
import java.util.Optional;

/** The kinds of {@link Panel}; the label is its {@code type}. */
public enum PanelKind {
    TIME_SERIES,
    BAR,
    PIE,
    MAP,
    TABLE,
    STAT,
    ALERT_LIST,
    TEXT;

    /** As written: {@code time-series}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<PanelKind> of(String label) {
        for (PanelKind kind : values()) {
            if (kind.label().equals(label)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
