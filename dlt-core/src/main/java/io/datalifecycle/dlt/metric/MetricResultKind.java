package io.datalifecycle.dlt.metric;

/** The kinds of {@link MetricResult}. */
public enum MetricResultKind {
    SCALAR,
    SERIES,
    TABLE
}
