package io.datalifecycle.dlt.view;

/** The kinds of {@link Chart}. */
public enum ChartKind {
    TIME_SERIES,
    BAR,
    PIE,
    MAP
}
