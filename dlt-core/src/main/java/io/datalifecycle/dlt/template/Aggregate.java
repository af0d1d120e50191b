package io.datalifecycle.dlt.template;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An aggregate call: {@code avg(pressure)}, {@code count()}, {@code percentile(pressure, 0.95)}. Immutable.
 *
 * @param function what is computed
 * @param column the source's column; empty only for {@code count()}
 * @param fraction the percentile's fraction, from 0 to 1; empty for every other function
 */
public record Aggregate(AggregateFunction function, Optional<String> column, Optional<Double> fraction) {

    private static final Pattern CALL = Pattern.compile(
            "(?<function>[a-z_]+)\\s*\\(\\s*(?:(?:(?<word>[A-Za-z_][A-Za-z0-9_]*)"
                    + "|\"(?<quoted>(?:[^\"]|\"\")+)\")\\s*(?:,\\s*(?<fraction>[0-9]{1,3}(?:\\.[0-9]{1,25})?(?:E-?[0-9]{1,3})?)\\s*)?)?\\)");

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

    /** Reads the text form, for instance {@code percentile("Volume Flow RateRMS", 0.95)}; empty when it has not that form. */
    public static Optional<Aggregate> parse(String text) {
        Matcher call = CALL.matcher(text.trim());
        if (!call.matches()) {
            return Optional.empty();
        }
        Optional<AggregateFunction> function = AggregateFunction.of(call.group("function"));
        Optional<String> column = Optional.ofNullable(call.group("word"))
                .or(() -> Optional.ofNullable(call.group("quoted")).map(q -> q.replace("\"\"", "\"")));
        Optional<Double> fraction = Optional.ofNullable(call.group("fraction")).map(Double::valueOf);
        boolean isPercentile = function.equals(Optional.of(AggregateFunction.PERCENTILE));
        boolean needsColumn = !function.equals(Optional.of(AggregateFunction.COUNT));
        boolean fits = (column.isPresent() || !needsColumn)
                && fraction.isPresent() == isPercentile
                && fraction.orElse(0.0) <= 1;
        return fits ? function.map(f -> new Aggregate(f, column, fraction)) : Optional.empty();
    }

    /** As written in templates: {@code avg(pressure)}; a column name that is no plain word stands in double quotes. */
    @Override
    public String toString() {
        String name = column.map(c -> c.matches("[A-Za-z_][A-Za-z0-9_]*") ? c : '"' + c.replace("\"", "\"\"") + '"')
                .orElse("");
        return function.label() + "(" + name + fraction.map(f -> ", " + f).orElse("") + ")";
    }
}
