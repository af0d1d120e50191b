package io.datalifecycle.dlt.row.internal;

import io.datalifecycle.dlt.row.RowSchema;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.Named;

/** A JSON Schema compiled for reading rows. Thread-safe; made once for a version of a template and used for all its rows. */
public final class RowRules {

    final RowSchema columns;
    final List<ColumnRule> rules;
    final PropertyNameMatcher matcher;
    final boolean[] required;
    final int requiredCount;
    final int time;
    final int extra;
    final boolean coerce;
    final @Nullable Arbiter arbiter;

    /**
     * @param columns of the store
     * @param rules one for each property, in the order of the columns
     * @param required by column: whether a row must hold the property
     * @param time index of the time column, -1 for none
     * @param coerce whether safe conversions are tried
     * @param arbiter decides before the rules do; null when the rules say all that the schema says
     */
    RowRules(
            RowSchema columns,
            List<ColumnRule> rules,
            boolean[] required,
            int time,
            boolean coerce,
            @Nullable Arbiter arbiter) {
        this.columns = columns;
        this.rules = List.copyOf(rules);
        this.required = required.clone();
        this.requiredCount = count(required);
        this.time = time;
        this.extra = rules.size() < columns.size() ? columns.size() - 1 : -1;
        this.coerce = coerce;
        this.arbiter = arbiter;
        List<Named> names =
                rules.stream().map(rule -> Named.fromString(rule.label())).toList();
        this.matcher = new JsonFactory().constructNameMatcher(names, false);
    }

    private static int count(boolean[] flags) {
        int count = 0;
        for (boolean flag : flags) {
            count += flag ? 1 : 0;
        }
        return count;
    }

    /** The columns that rows get. */
    public RowSchema columns() {
        return columns;
    }

    /** Whether a schema keyword is in use that needs the whole row as a tree. */
    public boolean needsTree() {
        return arbiter != null;
    }

    /** Names of the properties that a row must hold. */
    public List<String> required() {
        return rules.stream()
                .filter(rule -> required[rule.index])
                .map(ColumnRule::label)
                .toList();
    }

    /** Names of all properties the schema declares. */
    public List<String> properties() {
        return rules.stream().map(ColumnRule::label).toList();
    }

    /** Whether a property lies below another or has a column of another name. */
    boolean isRenamed() {
        return rules.stream().anyMatch(rule -> !rule.leaf.path().equals(List.of(rule.column.name())));
    }

    /** Whether a property lies below another. */
    boolean isFlat() {
        return rules.stream().anyMatch(rule -> rule.leaf.path().size() > 1);
    }

    /** Whether properties that the schema does not name are kept. */
    public boolean keepsExtra() {
        return extra >= 0;
    }

    @Override
    public String toString() {
        return "rules for " + properties() + ", required " + Arrays.toString(required);
    }
}
