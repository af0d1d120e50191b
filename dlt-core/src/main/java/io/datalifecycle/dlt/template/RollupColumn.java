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

    private static final Pattern WHERE = Pattern.compile("(?<=\\))\\s+where\\s+(?=\\S)");

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
        // a text in the aggregate or in the condition may hold the word too: the first place that makes sense counts
        Matcher where = WHERE.matcher(text);
        while (where.find()) {
            String condition = text.substring(where.end());
            Optional<Aggregate> before = Aggregate.parse(text.substring(0, where.start()));
            if (before.isPresent()) {
                return Optional.of(new RollupColumn(name, before.get(), Optional.of(condition)));
            }
        }
        return Optional.empty();
    }

    /** As written in templates: {@code avg(pressure) where state = 'on'}. */
    public String text() {
        return aggregate + where.map(w -> " where " + w).orElse("");
    }
}
