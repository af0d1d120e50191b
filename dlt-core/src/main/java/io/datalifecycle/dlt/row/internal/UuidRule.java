package io.datalifecycle.dlt.row.internal;

import io.datalifecycle.dlt.row.SchemaColumns.Leaf;
import java.util.UUID;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A UUID in its 36 characters. */
final class UuidRule extends ColumnRule {

    UuidRule(int index, Leaf leaf, boolean nullable) {
        super(index, leaf, nullable);
    }

    @Override
    void value(JsonParser parser, JsonToken token, RowAssembler row) {
        if (token == JsonToken.VALUE_STRING) {
            set(parser.getString(), row);
        } else {
            wrongType(parser, token, row);
        }
    }

    @Override
    void field(Field field, RowAssembler row) {
        set(field.text(), row);
    }

    private void set(String text, RowAssembler row) {
        if (isUuid(text)) {
            row.set(index, UUID.fromString(text));
        } else {
            row.refuse(this, "format", "is the text " + Texts.shown(text) + "; " + expected());
        }
    }

    /** Stricter than {@link UUID#fromString}, which takes groups of any length. */
    private static boolean isUuid(String text) {
        if (text.length() != 36) {
            return false;
        }
        for (int i = 0; i < 36; i++) {
            char c = text.charAt(i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? c != '-' : c > 'f' || Character.digit(c, 16) < 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    JsonNode node(Field field) {
        return JsonNodeFactory.instance.stringNode(field.text());
    }

    @Override
    String expected() {
        return "a UUID like 2f1c5b8e-0d3a-4c55-9d0e-3f6f5d1b7a10 is expected";
    }
}
