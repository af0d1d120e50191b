package io.datalifecycle.dlt.view;

/** The kinds of {@link PageItem}. */
public enum ItemKind {
    CHART,
    TABLE,
    STAT,
    ALERTS,
    TEXT,
    FAILED
}
