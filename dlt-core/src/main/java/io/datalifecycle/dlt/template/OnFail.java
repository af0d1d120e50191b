package io.datalifecycle.dlt.template;

import java.util.Locale;
import java.util.Optional;

/** What happens when a {@link Check} does not hold. */
public enum OnFail {
    /** The rows become visible; the result is kept and can alert. */
    WARN,
    /** The rows stay as they were before the refresh, which is tried again; the result is kept and can alert. */
    BLOCK;

    /** As written in templates. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<OnFail> of(String label) {
        for (OnFail value : values()) {
            if (value.label().equals(label)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
