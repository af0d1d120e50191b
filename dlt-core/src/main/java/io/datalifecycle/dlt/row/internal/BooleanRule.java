package io.datalifecycle.dlt.row.internal;

import io.datalifecycle.dlt.row.SchemaColumns.Leaf;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** True or false; in files without types also 1 and 0. */
final class BooleanRule extends ColumnRule {

    BooleanRule(int index, Leaf leaf, boolean nullable) {
        super(index, leaf, nullable);
    }

    @Override
    void value(JsonParser parser, JsonToken token, RowAssembler row) {
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            row.set(index, token == JsonToken.VALUE_TRUE ? 1L : 0L);
        } else {
            wrongType(parser, token, row);
        }
    }

    @Override
    int plain(byte[] bytes, int at, int to, RowAssembler row) {
        boolean right = bytes[at] == 't';
        int end = at + (right ? 4 : 5);
        if (end >= to || !(right ? is(bytes, at, "true") : is(bytes, at, "false"))) {
            return -1;
        }
        row.set(index, right ? 1L : 0L);
        return end;
    }

    private static boolean is(byte[] bytes, int at, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (bytes[at + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    void field(Field field, RowAssembler row) {
        JsonNode node = node(field);
        if (node.isBoolean()) {
            row.set(index, node.booleanValue() ? 1L : 0L);
        } else {
            row.refuse(this, "type", "is the text " + Texts.shown(field.text()) + "; " + expected());
        }
    }

    @Override
    JsonNode node(Field field) {
        String text = field.text().strip();
        if (text.equals("1") || text.equalsIgnoreCase("true")) {
            return JsonNodeFactory.instance.booleanNode(true);
        }
        if (text.equals("0") || text.equalsIgnoreCase("false")) {
            return JsonNodeFactory.instance.booleanNode(false);
        }
        return JsonNodeFactory.instance.stringNode(field.text());
    }

    @Override
    String expected() {
        return "true or false is expected";
    }
}
