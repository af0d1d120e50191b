package io.datalifecycle.dlt.template;

import java.util.Locale;
import java.util.Optional;

/**
 * Aggregates that a roll-up can compute over a bucket. Nulls and what is not finite are left out by all of them. Those that {@link #isHeld
 * are held} look at neighbouring values: a value stands until the next one of its row set comes, at most as long as the roll-up's
 * {@code hold}; so they also see the last value before the bucket.
 */
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
    DELTA,
    /** What a counter went up by: the sum of its steps, a step down counting as a restart from 0. A step belongs to the bucket it ends in. */
    INCREASE,
    /** The increase per second of the time between the values it is the sum of; null where there is one value only. */
    RATE,
    /** Mean of the value over time, each value standing until the next, within the bucket. */
    TIME_WEIGHTED_AVG,
    /** Seconds of the bucket in which the column had the argument as its value. */
    DURATION_IN,
    /**
     * Numbers of values in equal bins: {@code histogram(x, low, high, bins)}. A JSON array of {@code bins + 2} numbers: below {@code low}, the
     * bins (each with its lower and without its upper edge), from {@code high} on.
     */
    HISTOGRAM,
    /** The same aggregate as a column of the roll-up it reads, over the wider bucket, exact for it is put together from the parts' states. */
    MERGE;

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
            case AVG, SUM, STDDEV, VARIANCE, PERCENTILE, MEDIAN, DELTA, INCREASE, RATE, TIME_WEIGHTED_AVG, HISTOGRAM ->
                true;
            case MIN, MAX, COUNT, COUNT_DISTINCT, FIRST, LAST, DURATION_IN, MERGE -> false;
        };
    }

    /** Whether a value counts until the next one comes, over the edge of its bucket too. */
    public boolean isHeld() {
        return switch (this) {
            case INCREASE, RATE, TIME_WEIGHTED_AVG, DURATION_IN -> true;
            default -> false;
        };
    }

    /** Whether a wider bucket can be put together from the states of narrower ones: not where all values are needed. */
    public boolean isMergeable() {
        return switch (this) {
            case COUNT_DISTINCT, PERCENTILE, MEDIAN -> false;
            default -> true;
        };
    }
}
