package io.datalifecycle.dlt.row.internal;

import io.datalifecycle.dlt.row.SchemaColumns.Leaf;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A value that is kept as JSON: objects, lists, or whatever the schema leaves open. */
final class JsonRule extends ColumnRule {

    private final Set<String> types;

    /** @param types names of JSON Schema types, empty for any */
    JsonRule(int index, Leaf leaf, boolean nullable, Set<String> types) {
        super(index, leaf, nullable);
        this.types = types;
    }

    @Override
    void value(JsonParser parser, JsonToken token, RowAssembler row) {
        JsonNode node = Json.INNER.readTree(parser);
        if (!types.isEmpty() && !isOfType(node)) {
            row.refuse(this, "type", "is " + kind(node) + "; " + expected());
            return;
        }
        String unstorable = unstorable(node);
        if (unstorable == null) {
            row.set(index, Json.MAPPER.writeValueAsString(node));
        } else {
            row.refuse(this, "storage", unstorable);
        }
    }

    private boolean isOfType(JsonNode node) {
        String kind = kind(node);
        return types.contains(kind) || (kind.equals("integer") && types.contains("number"));
    }

    private static String kind(JsonNode node) {
        if (node.isNumber()) {
            BigDecimal value = node.decimalValue();
            return value.signum() == 0 || value.stripTrailingZeros().scale() <= 0 ? "integer" : "number";
        }
        return node.isObject()
                ? "object"
                : node.isArray() ? "array" : node.isBoolean() ? "boolean" : node.isNull() ? "null" : "string";
    }

    /** Why jsonb would refuse the value; null when it takes it. */
    static @Nullable String unstorable(JsonNode node) {
        if (node.isString()) {
            return Texts.unstorable(node.stringValue());
        }
        if (node.isNumber()) {
            BigDecimal value = node.decimalValue();
            long exponent = (long) value.precision() - value.scale() - 1;
            return value.signum() != 0 && Math.abs(exponent) > Json.MAX_EXPONENT
                    ? "holds the number " + value + ", past what can be kept (±1e308)"
                    : null;
        }
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                String name = Texts.unstorable(member.getKey());
                String value = name != null ? name : unstorable(member.getValue());
                if (value != null) {
                    return value;
                }
            }
            return null;
        }
        for (JsonNode item : node) {
            String value = unstorable(item);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    @Override
    void field(Field field, RowAssembler row) {
        row.node(this, node(field));
    }

    /** JSON where the text is JSON, else the text itself. */
    @Override
    JsonNode node(Field field) {
        String text = field.text();
        try {
            JsonNode node = Json.MAPPER.readTree(text);
            return node.isMissingNode() ? JsonNodeFactory.instance.stringNode(text) : node;
        } catch (JacksonException e) { // plain text, which is a value too
            return JsonNodeFactory.instance.stringNode(text);
        }
    }

    @Override
    String expected() {
        return types.isEmpty()
                ? "a JSON value is expected"
                : "JSON of type " + String.join(" or ", types) + " is expected";
    }
}
