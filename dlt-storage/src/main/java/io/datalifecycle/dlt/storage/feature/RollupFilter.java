package io.datalifecycle.dlt.storage.feature;

import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.storage.sql.Identifier;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code where} of a roll-up: {@code column op literal} joined by {@code and}, where the literal is a number, {@code 'text'},
 * {@code true} or {@code false}. Nothing else gets into SQL, and literals only as binds.
 *
 * @param sql condition with {@code ?} for its binds, over the alias {@code s}; {@code TRUE} without a filter
 * @param binds in order
 */
record RollupFilter(String sql, List<Object> binds) {

    private static final Pattern CONDITION =
            Pattern.compile("\\s*(?:\"((?:[^\"]|\"\")+)\"|([A-Za-z_][A-Za-z0-9_]*))\\s*(>=|<=|<>|!=|==|=|<|>)\\s*"
                    + "(?:'((?:[^']|'')*)'|(true|false)|(-?[0-9]+(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?))\\s*");

    private static final Pattern AND = Pattern.compile("(?i)and\\b");

    static RollupFilter parse(String text, RowSchema source) {
        List<String> conditions = new ArrayList<>();
        List<Object> binds = new ArrayList<>();
        Matcher condition = CONDITION.matcher(text);
        int from = 0;
        while (true) {
            if (!condition.region(from, text.length()).lookingAt()) {
                throw new IllegalArgumentException("where: cannot be read at character " + (from + 1)
                        + ", write conditions like pressure > 1.5 and state = 'on'");
            }
            String name = condition.group(1) == null
                    ? condition.group(2)
                    : condition.group(1).replace("\"\"", "\"");
            if (source.find(name).isEmpty()) {
                throw new IllegalArgumentException("where: the source has no column " + name);
            }
            String operator = condition.group(3).equals("==") ? "=" : condition.group(3);
            conditions.add("s." + Identifier.quote(name) + " " + operator + " ?");
            binds.add(literal(condition));
            from = condition.end();
            if (from == text.length()) {
                return new RollupFilter(String.join(" AND ", conditions), List.copyOf(binds));
            }
            Matcher and = AND.matcher(text).region(from, text.length());
            if (!and.lookingAt()) {
                throw new IllegalArgumentException(
                        "where: cannot be read at character " + (from + 1) + ", join conditions by and");
            }
            from = and.end();
        }
    }

    private static Object literal(Matcher condition) {
        if (condition.group(4) != null) {
            return condition.group(4).replace("''", "'");
        }
        return condition.group(5) != null
                ? (Object) Boolean.valueOf(condition.group(5))
                : new BigDecimal(condition.group(6));
    }
}
