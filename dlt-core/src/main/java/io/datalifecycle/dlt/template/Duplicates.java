package io.datalifecycle.dlt.template;

/** What happens to a row whose natural key is already stored. */
public enum Duplicates {
    /** The stored row stays; the new one counts as duplicate. */
    IGNORE,
    /** The new row replaces the stored one; it counts as accepted when it changes something, else as duplicate. */
    UPDATE,
    /** No key is enforced, both are kept. */
    KEEP
}
