package io.datalifecycle.dlt.plan;

import java.util.Locale;

/** How much a change does to what is there, from least to most. */
public enum ChangeClass {
    /** Nothing that is stored changes. */
    NONE,
    /** Something comes in addition. */
    ADDITIVE,
    /** What is there gets a type or a key that holds it and more. */
    WIDENING,
    /** Derived rows are computed anew from their sources. */
    REBUILD_DERIVED,
    /** Something that is stored is no longer shown. It stays, hidden, until it is purged. */
    DESTRUCTIVE;

    /** As it is printed: {@code rebuild-derived}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
