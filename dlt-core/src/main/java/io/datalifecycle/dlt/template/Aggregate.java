package io.datalifecycle.dlt.template;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An aggregate call: {@code avg(pressure)}, {@code count()}, {@code percentile(pressure, 0.95)}, {@code duration_in(state, 'on')}. Immutable.
 *
 * @param function what is computed
 * @param column the source's column; empty only for {@code count()}
 * @param arguments literals behind the column, as {@code BigDecimal}, {@code String} or {@code Boolean}: the fraction of a percentile, the
 *     value of {@code duration_in}, the bounds and number of bins of a histogram; empty for every other function
 */
public record Aggregate(AggregateFunction function, Optional<String> column, List<Object> arguments) {

    /** Most bins of a histogram. */
    public static final int MOST_BINS = 100;

    /** Matching quotes goes one level deeper for each character. */
    private static final int MOST_CHARACTERS = 2_000;

    /** Digits on each side of a number's point, as {@link #ARGUMENT} reads them. */
    private static final int MOST_DIGITS = 30;

    /** Zeros between a number and its point, well beyond what a double has. */
    private static final int MOST_SCALE = 400;

    private static final Pattern CALL = Pattern.compile(
            "(?<function>[a-z_]+)\\s*\\(\\s*(?:(?:(?<word>[A-Za-z_][A-Za-z0-9_]*)|\"(?<quoted>(?:[^\"]|\"\")+)\")(?<rest>.*))?\\)",
            Pattern.DOTALL);
    private static final Pattern ARGUMENT = Pattern.compile(
            "\\s*,\\s*(?:(?<number>-?[0-9]{1,30}(?:\\.[0-9]{1,30})?(?:[Ee]-?[0-9]{1,3})?)|'(?<text>(?:[^']|'')*)'|(?<truth>true|false))");

    public Aggregate {
        arguments = arguments.stream().map(Aggregate::plain).toList();
    }

    /** One form for equal numbers, so that they compare and print alike. */
    private static Object plain(Object argument) {
        if (argument instanceof BigDecimal number) {
            return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        }
        return argument;
    }

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
        return new Aggregate(AggregateFunction.COUNT, Optional.empty(), List.of());
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
        return new Aggregate(AggregateFunction.PERCENTILE, Optional.of(column), List.of(BigDecimal.valueOf(fraction)));
    }

    public static Aggregate increase(String column) {
        return of(AggregateFunction.INCREASE, column);
    }

    /** Per second. */
    public static Aggregate rate(String column) {
        return of(AggregateFunction.RATE, column);
    }

    public static Aggregate timeWeightedAvg(String column) {
        return of(AggregateFunction.TIME_WEIGHTED_AVG, column);
    }

    /** Seconds in which a column had a value: a text, a number or a truth value. */
    public static Aggregate durationIn(String column, Object value) {
        Object literal = value instanceof Number number ? new BigDecimal(number.toString()) : value;
        return new Aggregate(AggregateFunction.DURATION_IN, Optional.of(column), List.of(literal));
    }

    /** Numbers of values in equal bins from {@code low} to {@code high}, with one below and one above. */
    public static Aggregate histogram(String column, double low, double high, int bins) {
        return new Aggregate(
                AggregateFunction.HISTOGRAM,
                Optional.of(column),
                List.of(BigDecimal.valueOf(low), BigDecimal.valueOf(high), BigDecimal.valueOf(bins)));
    }

    /** The aggregate that a column of the source roll-up is, over this roll-up's wider bucket. */
    public static Aggregate merge(String column) {
        return of(AggregateFunction.MERGE, column);
    }

    public static Aggregate of(AggregateFunction function, String column) {
        return new Aggregate(function, Optional.of(column), List.of());
    }

    /** The fraction of a percentile, from 0 to 1; empty for every other function. */
    public Optional<Double> fraction() {
        return function == AggregateFunction.PERCENTILE && numbers().size() == 1
                ? Optional.of(numbers().get(0).doubleValue())
                : Optional.empty();
    }

    /** The arguments that are numbers. */
    public List<BigDecimal> numbers() {
        return arguments.stream()
                .filter(BigDecimal.class::isInstance)
                .map(BigDecimal.class::cast)
                .toList();
    }

    /** Reads the text form, for instance {@code percentile("Volume Flow RateRMS", 0.95)}; empty when it has not that form. */
    public static Optional<Aggregate> parse(String text) {
        Matcher call = CALL.matcher(text.trim());
        if (text.length() > MOST_CHARACTERS || !call.matches()) {
            return Optional.empty();
        }
        Optional<AggregateFunction> function = AggregateFunction.of(call.group("function"));
        Optional<String> column = Optional.ofNullable(call.group("word"))
                .or(() -> Optional.ofNullable(call.group("quoted")).map(q -> q.replace("\"\"", "\"")));
        Optional<List<Object>> arguments = arguments(call.group("rest") == null ? "" : call.group("rest"));
        if (function.isEmpty() || arguments.isEmpty()) {
            return Optional.empty();
        }
        Aggregate aggregate = new Aggregate(function.get(), column, arguments.get());
        return aggregate.isComplete() ? Optional.of(aggregate) : Optional.empty();
    }

    /** Whether it has the column and the arguments that its function needs, and no others. */
    public boolean isComplete() {
        boolean column = this.column.isPresent() || function == AggregateFunction.COUNT;
        boolean literals = this.arguments.stream().allMatch(Aggregate::isLiteral);
        boolean arguments = switch (function) {
            case PERCENTILE -> fraction().filter(f -> f >= 0 && f <= 1).isPresent() && this.arguments.size() == 1;
            case DURATION_IN -> this.arguments.size() == 1;
            case HISTOGRAM -> isHistogram();
            default -> this.arguments.isEmpty();
        };
        return column && literals && arguments;
    }

    private static boolean isLiteral(Object argument) {
        if (argument instanceof BigDecimal number) {
            return number.precision() <= 2 * MOST_DIGITS && Math.abs(number.scale()) <= MOST_SCALE;
        }
        return argument instanceof String || argument instanceof Boolean;
    }

    private boolean isHistogram() {
        List<BigDecimal> numbers = numbers();
        return arguments.size() == 3
                && numbers.size() == 3
                && numbers.get(0).compareTo(numbers.get(1)) < 0
                && numbers.get(2).scale() <= 0
                && numbers.get(2).compareTo(BigDecimal.ONE) >= 0
                && numbers.get(2).compareTo(BigDecimal.valueOf(MOST_BINS)) <= 0;
    }

    private static Optional<List<Object>> arguments(String rest) {
        List<Object> arguments = new ArrayList<>();
        Matcher argument = ARGUMENT.matcher(rest);
        int at = 0;
        while (argument.region(at, rest.length()).lookingAt()) {
            if (argument.group("number") != null) {
                arguments.add(new BigDecimal(argument.group("number")));
            } else if (argument.group("text") != null) {
                arguments.add(argument.group("text").replace("''", "'"));
            } else {
                arguments.add(Boolean.valueOf(argument.group("truth")));
            }
            at = argument.end();
        }
        return rest.substring(at).isBlank() ? Optional.of(arguments) : Optional.empty();
    }

    /** As written in templates: {@code avg(pressure)}; a column name that is no plain word stands in double quotes. */
    @Override
    public String toString() {
        String name = column.map(c -> c.matches("[A-Za-z_][A-Za-z0-9_]*") ? c : '"' + c.replace("\"", "\"\"") + '"')
                .orElse("");
        return function.label() + "(" + name
                + arguments.stream().map(a -> ", " + written(a)).collect(Collectors.joining()) + ")";
    }

    private String written(Object argument) {
        if (argument instanceof BigDecimal number) {
            return function == AggregateFunction.PERCENTILE ? Double.toString(number.doubleValue()) : written(number);
        }
        return argument instanceof String text ? "'" + text.replace("'", "''") + "'" : argument.toString();
    }

    /** Plain where it has few digits, else with an exponent: {@code 1E40}. */
    private static String written(BigDecimal number) {
        if (number.precision() - number.scale() <= MOST_DIGITS && number.scale() <= MOST_DIGITS) {
            return number.toPlainString();
        }
        String digits = number.unscaledValue().abs().toString();
        String whole = digits.substring(0, Math.min(MOST_DIGITS, digits.length()));
        String rest = digits.substring(whole.length());
        return (number.signum() < 0 ? "-" : "") + whole + (rest.isEmpty() ? "" : "." + rest) + "E"
                + (rest.length() - number.scale());
    }
}
