package io.datalifecycle.dlt.plan;

import java.util.Locale;

/** What happens to an item or a column. */
public enum ChangeKind {
    ADDED,
    CHANGED,
    RENAMED,
    REMOVED;

    /** As it is printed: {@code renamed}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
