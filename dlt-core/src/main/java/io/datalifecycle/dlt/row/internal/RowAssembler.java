package io.datalifecycle.dlt.row.internal;

import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowRejection.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Puts the cells of one row after the other into a batch and collects what is wrong with the row. Not thread-safe. */
final class RowAssembler {

    private static final int MOST_REASONS = 20;

    final RowRules rules;
    private final RowBatch.Builder batch;
    private final @Nullable Constants constants;
    private final int[] seen;
    private final List<Reason> reasons = new ArrayList<>();
    private Window window;
    private int row;
    private int requiredSeen;
    private @Nullable ObjectNode extra;

    RowAssembler(RowRules rules, RowBatch.Builder batch, @Nullable Constants constants, Window window) {
        this.rules = rules;
        this.batch = batch;
        this.constants = constants;
        this.window = window;
        this.seen = new int[rules.columns.size()];
    }

    /** Accepts other times from the next row on. */
    void window(Window other) {
        this.window = other;
    }

    /** Forgets the row before. */
    void begin() {
        row++;
        requiredSeen = 0;
        extra = null;
        if (!reasons.isEmpty()) {
            reasons.clear();
        }
    }

    /**
     * Reads one value as a row.
     *
     * @param alone whether anything after the value is wrong
     */
    boolean read(JsonParser parser, long position, boolean alone) {
        begin();
        JsonToken token = parser.nextToken();
        boolean object = token == JsonToken.START_OBJECT;
        if (object) {
            members(parser);
        } else {
            String found = token == JsonToken.START_ARRAY ? "a list" : "a single value";
            refuse("", "type", "the row is " + found + "; an object is expected");
            parser.skipChildren();
        }
        if (alone && parser.nextToken() != null) {
            refuse("", "syntax", "the row goes on after its end; one row a line is expected");
        }
        return object && end(position);
    }

    private void members(JsonParser parser) {
        PropertyNameMatcher matcher = rules.matcher;
        for (int at = parser.nextNameMatch(matcher);
                at != PropertyNameMatcher.MATCH_END_OBJECT;
                at = parser.nextNameMatch(matcher)) {
            if (at < 0) {
                unknown(parser);
                continue;
            }
            ColumnRule rule = rules.rules.get(at);
            JsonToken token = parser.nextToken();
            if (mark(rule.index)) {
                rule.read(parser, token, this);
            } else {
                parser.skipChildren();
                refuse(rule, "syntax", "appears twice; every name may appear once");
            }
        }
    }

    private void unknown(JsonParser parser) {
        String name = parser.currentName();
        parser.nextToken();
        JsonNode value = Json.INNER.readTree(parser);
        extra(name, value);
    }

    /** A property that the schema does not name. */
    void extra(String name, JsonNode value) {
        if (!rules.keepsExtra() && rules.needsTree()) {
            refuse(
                    JsonPointer.child("", name),
                    "storage",
                    Texts.shown(name) + " is right but has no column; declare it in properties");
            return;
        }
        if (!rules.keepsExtra()) {
            refuse(
                    JsonPointer.child("", name),
                    "additionalProperties",
                    Texts.shown(name) + " is not in the schema; " + DidYouMean.hint(name, rules.properties()));
            return;
        }
        if (extra == null) {
            extra = JsonNodeFactory.instance.objectNode();
        }
        if (extra.has(name)) {
            refuse(JsonPointer.child("", name), "syntax", name + " appears twice; every name may appear once");
        }
        extra.set(name, value);
    }

    /** Notes that the row has the column; false when it had it before. */
    boolean mark(int column) {
        if (seen[column] == row) {
            return false;
        }
        seen[column] = row;
        if (rules.required[column]) {
            requiredSeen++;
        }
        return true;
    }

    void set(int column, long value) {
        batch.setLong(column, value);
    }

    void set(int column, double value) {
        batch.setDouble(column, value);
    }

    void set(int column, Object value) {
        batch.setObject(column, value);
    }

    /** Sets a time; the store's own time column must lie in the window. */
    void setTime(ColumnRule rule, long micros) {
        if (takesTime(rule, micros)) {
            batch.setLong(rule.index, micros);
        } else if (micros < window.from()) {
            refuse(
                    rule,
                    "window",
                    "is " + RowBatch.instantOf(micros) + ", too old; accepted from " + RowBatch.instantOf(window.from())
                            + " (accept.past)");
        } else {
            refuse(
                    rule,
                    "window",
                    "is " + RowBatch.instantOf(micros) + ", in the future; accepted up to "
                            + RowBatch.instantOf(window.to()) + " (accept.future)");
        }
    }

    /** Runs a value that is already a tree through a rule. */
    void node(ColumnRule rule, JsonNode value) {
        try (JsonParser parser = Json.MAPPER.treeAsTokens(value)) {
            rule.read(parser, parser.nextToken(), this);
        }
    }

    /** Reads a row that is a tree and whose properties lie on several levels. */
    boolean flat(ObjectNode tree, long position) {
        begin();
        ObjectNode rest = tree.deepCopy();
        for (ColumnRule rule : rules.rules) {
            JsonNode value = TreePaths.take(rest, rule.leaf.path());
            if (value != null && mark(rule.index)) {
                node(rule, value);
            }
        }
        for (Map.Entry<String, JsonNode> other : rest.properties()) {
            extra(other.getKey(), other.getValue());
        }
        return end(position);
    }

    void refuse(ColumnRule rule, String keyword, String text) {
        refuse(rule.pointer, keyword, rule.label() + " " + text);
    }

    void refuse(String pointer, String keyword, String text) {
        if (reasons.size() < MOST_REASONS) {
            reasons.add(new Reason(pointer, keyword, text));
        }
    }

    /** Ends the row: true when it is in the batch, false when {@link #reasons()} says why not. */
    boolean end(long position) {
        if (constants != null) {
            constants.fill(this, batch);
        }
        if (requiredSeen < rules.requiredCount) {
            missing();
        }
        if (extra != null && reasons.isEmpty()) {
            extras(extra);
        }
        if (reasons.isEmpty()) {
            batch.endRow(position);
            return true;
        }
        batch.discardRow();
        return false;
    }

    private void missing() {
        for (ColumnRule rule : rules.rules) {
            if (rules.required[rule.index] && seen[rule.index] != row) {
                refuse(rule, "required", "is missing; every row must have it");
            }
        }
    }

    private void extras(ObjectNode values) {
        String unstorable = JsonRule.unstorable(values);
        if (unstorable == null) {
            batch.setObject(rules.extra, Json.MAPPER.writeValueAsString(values));
        } else {
            refuse("", "storage", "a property outside of the schema " + unstorable);
        }
    }

    /** Whether the store takes a time, seen by this column. */
    boolean takesTime(ColumnRule rule, long micros) {
        return rule.index != rules.time || window.contains(micros);
    }

    /** Forgets the current row. */
    void discard() {
        batch.discardRow();
    }

    /** Gives the row up for a reason that is not about one value. */
    void fail(List<Reason> why) {
        reasons.clear();
        reasons.addAll(why);
        batch.discardRow();
    }

    List<Reason> reasons() {
        return List.copyOf(reasons);
    }

    boolean hasReason(String keyword) {
        return reasons.stream().anyMatch(reason -> reason.keyword().equals(keyword));
    }
}
