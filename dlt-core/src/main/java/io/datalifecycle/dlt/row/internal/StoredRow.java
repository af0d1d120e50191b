package io.datalifecycle.dlt.row.internal;

import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.row.RowRejection.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A row given by its columns, validated as the document that it was: values go back to the properties they came from, what has no
 * column of its own to where it stood. Used for one row.
 */
public final class StoredRow {

    private final RowRules rules;
    private final ObjectNode document = JsonNodeFactory.instance.objectNode();
    private final List<Reason> reasons = new ArrayList<>();
    private boolean nulls;

    private StoredRow(RowRules rules) {
        this.rules = rules;
    }

    /**
     * Reads a row into the parser's batch; null when it is in, else why not.
     *
     * @param cells by column; a column that is left out is null
     */
    public static @Nullable RowRejection read(
            RowRules rules, RowParser parser, Map<String, ? extends @Nullable Object> cells, long position) {
        StoredRow row = new StoredRow(rules);
        row.fill(cells);
        if (!row.reasons.isEmpty()) {
            return new RowRejection(position, row.reasons, Texts.payload(row.document.toString()));
        }
        RowRejection absent = parser.node(row.document, position);
        if (absent == null || !row.nulls) {
            return absent;
        }
        // a null cell may have been a null or nothing at all, and a schema may want one of them
        row.nulls(cells);
        RowRejection present = parser.node(row.document, position);
        return present == null || present.reasons().size() < absent.reasons().size() ? present : absent;
    }

    private void fill(Map<String, ? extends @Nullable Object> cells) {
        for (String name : cells.keySet()) {
            if (rules.columns.find(name).isEmpty()) {
                List<String> known =
                        rules.columns.columns().stream().map(Column::name).toList();
                refuse(
                        JsonPointer.child("", name),
                        "additionalProperties",
                        Texts.shown(name) + " is no column; " + DidYouMean.hint(name, known));
            }
        }
        for (ColumnRule rule : rules.rules) {
            Object value = cells.get(rule.column.name());
            if (value == null) {
                nulls = true;
            } else {
                JsonNode node = node(rule.column, rule.pointer, value);
                if (node != null) {
                    TreePaths.set(document, rule.leaf.path(), node);
                }
            }
        }
        if (rules.keepsExtra()) {
            extra(cells);
        }
    }

    private void extra(Map<String, ? extends @Nullable Object> cells) {
        Column column = rules.columns.column(rules.extra);
        Object value = cells.get(column.name());
        if (value == null) {
            return;
        }
        String pointer = JsonPointer.child("", column.name());
        JsonNode node = node(column, pointer, value);
        if (node instanceof ObjectNode object) {
            merge(document, object, "");
        } else if (node != null) {
            refuse(pointer, "type", column.name() + " is no JSON object; what it holds are further properties of the row");
        }
    }

    private void merge(ObjectNode into, ObjectNode from, String pointer) {
        for (Map.Entry<String, JsonNode> member : from.properties()) {
            String at = JsonPointer.child(pointer, member.getKey());
            JsonNode there = into.get(member.getKey());
            if (there == null) {
                into.set(member.getKey(), member.getValue());
            } else if (there instanceof ObjectNode inner
                    && member.getValue() instanceof ObjectNode more
                    && isAbove(at)) {
                merge(inner, more, at);
            } else {
                refuse(
                        at,
                        "storage",
                        Texts.shown(member.getKey())
                                + " stands among the further properties and in a column of its own; keep the column");
            }
        }
    }

    /** Whether properties that have columns lie below the pointer. */
    private boolean isAbove(String pointer) {
        return rules.rules.stream().anyMatch(rule -> rule.pointer.startsWith(pointer + "/"));
    }

    private @Nullable JsonNode node(Column column, String pointer, Object value) {
        try {
            return column.type() == ColumnType.JSON && value instanceof CharSequence text
                    ? Json.MAPPER.readTree(text.toString())
                    : JavaValues.node(value);
        } catch (IllegalArgumentException e) {
            refuse(pointer, "type", column.name() + " " + e.getMessage());
        } catch (JacksonException | ArithmeticException e) {
            refuse(pointer, "syntax", column.name() + " is no JSON text; a text of its own is written in quotes");
        }
        return null;
    }

    private void nulls(Map<String, ? extends @Nullable Object> cells) {
        for (ColumnRule rule : rules.rules) {
            List<String> path = rule.leaf.path();
            if (cells.get(rule.column.name()) != null) {
                continue;
            }
            if (rule.leaf.isNullable()) {
                TreePaths.set(document, path, JsonNodeFactory.instance.nullNode());
            } else if (path.size() > 1) {
                List<String> above = path.subList(0, path.size() - 1);
                if (TreePaths.get(document, above) == null) {
                    TreePaths.set(document, above, JsonNodeFactory.instance.objectNode());
                }
            }
        }
    }

    private void refuse(String pointer, String keyword, String message) {
        reasons.add(new Reason(pointer, keyword, message));
    }
}
