package io.datalifecycle.dlt.template;

import java.util.Locale;
import java.util.Optional;

/** What happens to a row that breaks its schema. */
public enum OnInvalid {
    /** It is refused and reported to the caller. */
    REJECT,
    /** It is refused, reported, and kept with its reasons so that it can be mended and replayed. */
    QUARANTINE,
    /** Safe conversions are tried first ({@code "1.5"} for a number, {@code 0/1} for a boolean); what still fails is quarantined. */
    COERCE;

    /** As written in templates. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<OnInvalid> of(String label) {
        for (OnInvalid value : values()) {
            if (value.label().equals(label)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
