package io.datalifecycle.dlt.template;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code where} of a roll-up as values: comparisons of a column with a literal, all of which must hold. A row whose column is
 * null never holds. Immutable.
 *
 * @param comparisons at least one
 */
public record RollupFilter(List<Comparison> comparisons) {

    private static final int MOST_CHARACTERS = 2_000;
    private static final Pattern COMPARISON = Pattern.compile(
            "\\s*(?:(?<word>[A-Za-z_][A-Za-z0-9_]*)|\"(?<quoted>(?:[^\"]|\"\")+)\")"
                    + "\\s*(?<op>==?|!=|<>|<=|>=|<|>)\\s*"
                    + "(?:(?<number>-?[0-9]{1,30}(?:\\.[0-9]{1,30})?)|'(?<text>(?:[^']|'')*)'|(?<truth>true|false))\\s*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern AND = Pattern.compile("and\\b|&&", Pattern.CASE_INSENSITIVE);

    public RollupFilter {
        comparisons = List.copyOf(comparisons);
    }

    /** Reads {@code state = 'running' and pressure >= 0.5}; empty when the text has not that form. */
    public static Optional<RollupFilter> parse(String text) {
        if (text.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        List<Comparison> comparisons = new ArrayList<>();
        Matcher comparison = COMPARISON.matcher(text);
        Matcher and = AND.matcher(text);
        int at = 0;
        while (comparison.region(at, text.length()).lookingAt()) {
            comparisons.add(comparison(comparison));
            at = comparison.end();
            if (at == text.length()) {
                return Optional.of(new RollupFilter(comparisons));
            }
            if (!and.region(at, text.length()).lookingAt()) {
                return Optional.empty();
            }
            at = and.end();
        }
        return Optional.empty();
    }

    private static Comparison comparison(Matcher match) {
        String column = match.group("word") != null
                ? match.group("word")
                : match.group("quoted").replace("\"\"", "\"");
        Object literal;
        if (match.group("number") != null) {
            literal = new BigDecimal(match.group("number"));
        } else if (match.group("truth") != null) {
            literal = Boolean.valueOf(match.group("truth").toLowerCase(Locale.ROOT));
        } else {
            literal = match.group("text").replace("''", "'");
        }
        return new Comparison(column, Operator.of(match.group("op")), literal);
    }

    /** How a column is compared. */
    public enum Operator {
        EQUAL("="),
        NOT_EQUAL("<>"),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        private final String sql;

        Operator(String sql) {
            this.sql = sql;
        }

        /** As SQL writes it. */
        public String sql() {
            return sql;
        }

        static Operator of(String text) {
            return switch (text) {
                case "=", "==" -> EQUAL;
                case "!=", "<>" -> NOT_EQUAL;
                case "<" -> LESS;
                case "<=" -> LESS_OR_EQUAL;
                case ">" -> GREATER;
                default -> GREATER_OR_EQUAL;
            };
        }
    }

    /**
     * One comparison. Immutable.
     *
     * @param column name of the source's column
     * @param operator how it is compared
     * @param literal {@code BigDecimal}, {@code String} or {@code Boolean}
     */
    public record Comparison(String column, Operator operator, Object literal) {}
}
