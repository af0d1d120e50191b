package io.datalifecycle.dlt.row.internal;

import io.datalifecycle.dlt.row.ColumnType;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Conversions that cannot lose or invent anything: {@code "1.5"} for a number, {@code 0}, {@code 1}, {@code "true"} for a boolean,
 * a number or boolean for a text, a blank instead of the T of a date-time.
 */
final class Coercion {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Coercion() {}

    /** Converts the members of a row in place; whether anything was converted. */
    static boolean apply(RowRules rules, ObjectNode row) {
        boolean changed = false;
        for (ColumnRule rule : rules.rules) {
            JsonNode value = TreePaths.get(row, rule.leaf.path());
            JsonNode converted = value == null ? null : converted(rule.column.type(), value);
            if (converted != null && converted != value) {
                TreePaths.set(row, rule.leaf.path(), converted);
                changed = true;
            }
        }
        return changed;
    }

    private static JsonNode converted(ColumnType type, JsonNode value) {
        return switch (type) {
            case DOUBLE, BIGINT, DECIMAL -> value.isString() ? number(value) : value;
            case BOOLEAN -> bool(value);
            case TEXT -> value.isNumber() || value.isBoolean() ? NODES.stringNode(value.asString()) : value;
            case TIMESTAMP -> value.isString() ? time(value) : value;
            case DATE, TIME, UUID, JSON -> value;
        };
    }

    private static JsonNode number(JsonNode value) {
        BigDecimal number = NumberRule.parse(value.stringValue().strip());
        return number == null ? value : NODES.numberNode(number);
    }

    private static JsonNode bool(JsonNode value) {
        String text = value.isNumber() || value.isString() ? value.asString().strip() : "";
        if (text.equals("1") || text.equalsIgnoreCase("true")) {
            return NODES.booleanNode(true);
        }
        return text.equals("0") || text.equalsIgnoreCase("false") ? NODES.booleanNode(false) : value;
    }

    private static JsonNode time(JsonNode value) {
        String text = value.stringValue().strip();
        boolean blank = text.length() > 10 && text.charAt(10) == ' ';
        String joined = blank ? text.substring(0, 10) + "T" + text.substring(11) : text;
        return joined.equals(value.stringValue()) ? value : NODES.stringNode(joined);
    }
}
