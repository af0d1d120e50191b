package io.datalifecycle.dlt.template;

import java.util.Locale;
import java.util.Optional;

/** What happens to a row whose natural key is already stored. */
public enum Duplicates {
    /** The stored row stays; the new one counts as duplicate. */
    IGNORE,
    /** The new row replaces the stored one; it counts as accepted when it changes something, else as duplicate. */
    UPDATE,
    /** No key is enforced, both are kept. */
    KEEP;

    /** As written in templates. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Duplicates> of(String label) {
        for (Duplicates value : values()) {
            if (value.label().equals(label)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
