package io.datalifecycle.dlt.problem;

/** Whether a {@link Problem} stops what was asked for. */
public enum Severity {
    /** What was asked for cannot be done. */
    ERROR,
    /** It can be done, but somebody should look. */
    WARNING
}
