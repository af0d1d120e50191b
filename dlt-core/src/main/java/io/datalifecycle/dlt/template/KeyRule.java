package io.datalifecycle.dlt.template;

import java.util.Optional;
import java.util.regex.Pattern;

/** What the key of an item may look like, so that every name derived from it is safe and short enough for PostgreSQL. */
public final class KeyRule {

    /** Longest key. */
    public static final int MAX_LENGTH = 40;

    private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9_]{0,39}");
    private static final Pattern WORKSPACE_SUFFIX = Pattern.compile("_wid[0-9]");

    private KeyRule() {}

    /** What is wrong with a key; empty when it may be used. */
    public static Optional<String> problem(String key) {
        if (!SHAPE.matcher(key).matches()) {
            return Optional.of("\"" + key + "\" is no key: use a small letter, then at most " + (MAX_LENGTH - 1)
                    + " small letters, digits and _");
        }
        if (WORKSPACE_SUFFIX.matcher(key).find()) {
            return Optional.of("\"" + key + "\" holds _wid and a digit, which marks the tables of workspaces");
        }
        if (key.startsWith("pg_") || key.contains("_timescaledb")) {
            return Optional.of("\"" + key + "\" is reserved by the database");
        }
        return Optional.empty();
    }
}
