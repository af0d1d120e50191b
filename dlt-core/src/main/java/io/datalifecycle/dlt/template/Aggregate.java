package io.datalifecycle.dlt.template;

import java.util.Optional;

/**
 * An aggregate call: {@code avg(pressure)}, {@code count()}, {@code percentile(pressure, 0.95)}. Immutable.
 *
 * @param function what is computed
 * @param column the source's column; empty only for {@code count()}
 * @param fraction the percentile's fraction, from 0 to 1; empty for every other function
 */
public record Aggregate(AggregateFunction function, Optional<String> column, Optional<Double> fraction) {

    public static Aggregate avg(String column) {
        return of(AggregateFunction.AVG, column);
    }

    public static Aggregate min(String column) {
        return of(AggregateFunction.MIN, column);
    }

    public static Aggregate max(String column) {
        return of(AggregateFunction.MAX, column);
    }

    public static Aggregate sum(String column) {
        return of(AggregateFunction.SUM, column);
    }

    /** Rows of the bucket. */
    public static Aggregate count() {
        return new Aggregate(AggregateFunction.COUNT, Optional.empty(), Optional.empty());
    }

    /** Non-null values of a column. */
    public static Aggregate count(String column) {
        return of(AggregateFunction.COUNT, column);
    }

    public static Aggregate countDistinct(String column) {
        return of(AggregateFunction.COUNT_DISTINCT, column);
    }

    public static Aggregate stddev(String column) {
        return of(AggregateFunction.STDDEV, column);
    }

    public static Aggregate variance(String column) {
        return of(AggregateFunction.VARIANCE, column);
    }

    public static Aggregate first(String column) {
        return of(AggregateFunction.FIRST, column);
    }

    public static Aggregate last(String column) {
        return of(AggregateFunction.LAST, column);
    }

    public static Aggregate delta(String column) {
        return of(AggregateFunction.DELTA, column);
    }

    public static Aggregate median(String column) {
        return of(AggregateFunction.MEDIAN, column);
    }

    /** The fraction runs from 0 to 1. */
    public static Aggregate percentile(String column, double fraction) {
        return new Aggregate(AggregateFunction.PERCENTILE, Optional.of(column), Optional.of(fraction));
    }

    public static Aggregate of(AggregateFunction function, String column) {
        return new Aggregate(function, Optional.of(column), Optional.empty());
    }

    /** As written in templates: {@code avg(pressure)}; a column name that is no plain word stands in double quotes. */
    @Override
    public String toString() {
        String name = column.map(c -> c.matches("[A-Za-z_][A-Za-z0-9_]*") ? c : '"' + c.replace("\"", "\"\"") + '"')
                .orElse("");
        return function.label() + "(" + name + fraction.map(f -> ", " + f).orElse("") + ")";
    }
}
