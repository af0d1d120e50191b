package io.datalifecycle.dlt.template;

import java.util.Locale;
import java.util.Optional;

/** Aggregates that a roll-up can compute over a bucket. Nulls are left out by all of them. */
public enum AggregateFunction {
    /** Arithmetic mean. */
    AVG,
    MIN,
    MAX,
    SUM,
    /** Rows, or non-null values of a column. */
    COUNT,
    /** Distinct non-null values. */
    COUNT_DISTINCT,
    /** Sample standard deviation. */
    STDDEV,
    /** Sample variance. */
    VARIANCE,
    /** Value of the earliest row. */
    FIRST,
    /** Value of the latest row. */
    LAST,
    /** Continuous percentile; the argument is a fraction from 0 to 1. */
    PERCENTILE,
    /** Continuous median. */
    MEDIAN,
    /** Last value minus first value of the bucket. */
    DELTA;

    /** As written in templates: {@code count_distinct}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<AggregateFunction> of(String label) {
        for (AggregateFunction function : values()) {
            if (function.label().equals(label)) {
                return Optional.of(function);
            }
        }
        return Optional.empty();
    }

    /** Whether the source column must be numeric. */
    public boolean needsNumber() {
        return switch (this) {
            case AVG, SUM, STDDEV, VARIANCE, PERCENTILE, MEDIAN, DELTA -> true;
            case MIN, MAX, COUNT, COUNT_DISTINCT, FIRST, LAST -> false;
        };
    }
}
