package io.datalifecycle.dlt.row.internal;

import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.row.RowRejection.Reason;
import io.datalifecycle.dlt.row.SchemaColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rows given by their columns, validated as the documents that they were: values go back to the properties they came from, what has no
 * column of its own to where it stood. Immutable.
 */
public final class StoredRows {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final RowRules rules;
    private final List<List<String>> demanded;

    /** @param schema of the rules, numbers as {@code BigDecimal} */
    public StoredRows(RowRules rules, Map<String, ? extends @Nullable Object> schema) {
        this.rules = rules;
        this.demanded = SchemaColumns.demanded(schema);
    }

    /**
     * Reads a row into the parser's batch; null when it is in, else why not.
     *
     * @param cells by column; a column that is left out is null
     */
    public @Nullable RowRejection read(RowParser parser, Map<String, ? extends @Nullable Object> cells, long position) {
        Document row = new Document(cells);
        row.fill();
        if (!row.reasons.isEmpty()) {
            return new RowRejection(position, row.reasons, Texts.payload(row.tree.toString()));
        }
        row.demanded();
        RowRejection absent = parser.node(row.tree, position);
        if (absent == null || !row.nulls()) {
            return absent;
        }
        // a null cell was null in the document or not in it, and a schema may have conditions on which
        RowRejection present = parser.node(row.tree, position);
        return present == null || present.reasons().size() < absent.reasons().size() ? present : absent;
    }

    /** One row on its way back. */
    private final class Document {

        private final Map<String, ? extends @Nullable Object> cells;
        private final ObjectNode tree = NODES.objectNode();
        private final List<Reason> reasons = new ArrayList<>();

        Document(Map<String, ? extends @Nullable Object> cells) {
            this.cells = cells;
        }

        void fill() {
            List<String> known =
                    rules.columns.columns().stream().map(Column::name).toList();
            for (String name : cells.keySet()) {
                if (!known.contains(name)) {
                    refuse(
                            JsonPointer.child("", name),
                            "additionalProperties",
                            Texts.shown(name) + " is no column; " + DidYouMean.hint(name, known));
                }
            }
            for (ColumnRule rule : rules.rules) {
                JsonNode node = node(rule.column, rule.pointer);
                if (node != null) {
                    TreePaths.set(tree, rule.leaf.path(), node);
                }
            }
            if (rules.keepsExtra()) {
                extra(rules.columns.column(rules.extra));
            }
        }

        private void extra(Column column) {
            String pointer = JsonPointer.child("", column.name());
            JsonNode node = node(column, pointer);
            if (node instanceof ObjectNode object) {
                merge(tree, object, "");
            } else if (node != null) {
                refuse(
                        pointer,
                        "type",
                        column.name() + " is no JSON object; what it holds are further properties of the row");
            }
        }

        private void merge(ObjectNode into, ObjectNode from, String pointer) {
            for (Map.Entry<String, JsonNode> member : from.properties()) {
                String at = JsonPointer.child(pointer, member.getKey());
                JsonNode there = into.get(member.getKey());
                if (rules.rules.stream().anyMatch(rule -> rule.pointer.equals(at))) {
                    refuse(at, "storage", Texts.shown(member.getKey()) + " has a column of its own; set that one");
                } else if (there == null) {
                    into.set(member.getKey(), member.getValue());
                } else if (there instanceof ObjectNode inner && member.getValue() instanceof ObjectNode more) {
                    merge(inner, more, at);
                } else {
                    refuse(
                            at,
                            "storage",
                            Texts.shown(member.getKey())
                                    + " is an object whose properties have columns; something else cannot stand there, too");
                }
            }
        }

        private @Nullable JsonNode node(Column column, String pointer) {
            Object value = cells.get(column.name());
            if (value == null) {
                return null;
            }
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

        /** What must be there is: as null where that is a value, as an empty object where its properties have the columns. */
        void demanded() {
            for (List<String> path : demanded) {
                if (isPlaceFree(path)) {
                    ColumnRule rule = rules.rules.stream()
                            .filter(r -> r.leaf.path().equals(path))
                            .findFirst()
                            .orElse(null);
                    if (rule == null) {
                        TreePaths.set(tree, path, NODES.objectNode());
                    } else if (rule.leaf.isNullable()) {
                        TreePaths.set(tree, path, NODES.nullNode());
                    }
                }
            }
        }

        /** Sets what may be null to null; false when there is nothing to set. */
        boolean nulls() {
            boolean some = false;
            for (ColumnRule rule : rules.rules) {
                if (rule.leaf.isNullable() && isPlaceFree(rule.leaf.path())) {
                    TreePaths.set(tree, rule.leaf.path(), NODES.nullNode());
                    some = true;
                }
            }
            return some;
        }

        private boolean isPlaceFree(List<String> path) {
            List<String> above = path.subList(0, path.size() - 1);
            return TreePaths.get(tree, above) instanceof ObjectNode && TreePaths.get(tree, path) == null;
        }

        private void refuse(String pointer, String keyword, String message) {
            reasons.add(new Reason(pointer, keyword, message));
        }
    }
}
