package io.datalifecycle.dlt.template;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One computed column of a roll-up. Immutable.
 *
 * @param name name of the column
 * @param aggregate how it is computed
 * @param where only values of rows for which this holds, in the form of {@link RollupFilter}; empty for all
 */
public record RollupColumn(String name, Aggregate aggregate, Optional<String> where) {

    private static final Pattern FORM =
            Pattern.compile("(?<aggregate>.*\\))\\s+where\\s+(?<where>\\S.*)", Pattern.DOTALL);

    public RollupColumn {
        where = where.map(String::strip);
    }

    public static RollupColumn of(String name, Aggregate aggregate) {
        return new RollupColumn(name, aggregate, Optional.empty());
    }

    /** Reads {@code avg(pressure)} or {@code avg(pressure) where state = 'on'}; empty when the aggregate has not its form. */
    public static Optional<RollupColumn> parse(String name, String text) {
        Optional<Aggregate> whole = Aggregate.parse(text);
        if (whole.isPresent()) {
            return Optional.of(of(name, whole.get()));
        }
        Matcher filtered = FORM.matcher(text.trim());
        return filtered.matches()
                ? Aggregate.parse(filtered.group("aggregate"))
                        .map(a -> new RollupColumn(name, a, Optional.of(filtered.group("where"))))
                : Optional.empty();
    }

    /** As written in templates: {@code avg(pressure) where state = 'on'}. */
    public String text() {
        return aggregate + where.map(w -> " where " + w).orElse("");
    }
}
