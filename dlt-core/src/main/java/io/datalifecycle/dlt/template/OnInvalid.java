package io.datalifecycle.dlt.template;

/** What happens to a row that breaks its schema. */
public enum OnInvalid {
    /** It is refused and reported to the caller. */
    REJECT,
    /** It is refused, reported, and kept with its reasons so that it can be mended and replayed. */
    QUARANTINE,
    /** Safe conversions are tried first ({@code "1.5"} for a number, {@code 0/1} for a boolean); what still fails is quarantined. */
    COERCE
}
