package io.datalifecycle.dlt.template;

import java.util.Locale;
import java.util.Optional;

/** The kinds of items that a template holds, in the order of the language. */
public enum ItemKind {
    PARAMETER,
    DATASTORE,
    CONNECTOR,
    FEATURESTORE,
    MODEL,
    INFERENCESTORE,
    METRIC,
    DASHBOARD,
    ALERT,
    REPORT,
    CHANNEL;

    /** As written before the colon: {@code datastore}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The group of keys that holds such items: {@code datastores}. */
    public String section() {
        return label() + "s";
    }

    /** Whether it is one of the three stores. */
    public boolean isStore() {
        return this == DATASTORE || this == FEATURESTORE || this == INFERENCESTORE;
    }

    /** The kind of a label such as {@code datastore}. */
    public static Optional<ItemKind> of(String label) {
        for (ItemKind kind : values()) {
            if (kind.label().equals(label)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** The kind that a section such as {@code datastores} holds. */
    public static Optional<ItemKind> ofSection(String section) {
        return section.endsWith("s") ? of(section.substring(0, section.length() - 1)) : Optional.empty();
    }
}
