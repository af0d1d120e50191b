package io.datalifecycle.dlt.template;

import java.util.Objects;
import java.util.Optional;

/**
 * A reference to another item of the same template, written {@code kind:key}. Immutable.
 *
 * @param kind what it points at
 * @param key key of the item
 */
public record Ref(RefKind kind, String key) {

    public Ref {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(key, "key");
    }

    /** Reads {@code datastore:sensor_data}; empty when the text has not that form. */
    public static Optional<Ref> parse(String text) {
        int colon = text.indexOf(':');
        if (colon <= 0 || colon == text.length() - 1) {
            return Optional.empty();
        }
        return RefKind.of(text.substring(0, colon)).map(kind -> new Ref(kind, text.substring(colon + 1)));
    }

    public static Ref datastore(String key) {
        return new Ref(RefKind.DATASTORE, key);
    }

    public static Ref featurestore(String key) {
        return new Ref(RefKind.FEATURESTORE, key);
    }

    public static Ref inferencestore(String key) {
        return new Ref(RefKind.INFERENCESTORE, key);
    }

    public static Ref metric(String key) {
        return new Ref(RefKind.METRIC, key);
    }

    public static Ref dashboard(String key) {
        return new Ref(RefKind.DASHBOARD, key);
    }

    @Override
    public String toString() {
        return kind.label() + ":" + key;
    }
}
