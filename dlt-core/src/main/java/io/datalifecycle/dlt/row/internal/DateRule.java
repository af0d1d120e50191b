package io.datalifecycle.dlt.row.internal;

import io.datalifecycle.dlt.row.SchemaColumns.Leaf;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A date, kept as days. */
final class DateRule extends ColumnRule {

    DateRule(int index, Leaf leaf, boolean nullable) {
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
    int plain(byte[] bytes, int at, int to, RowAssembler row) {
        int end = at + 11;
        if (end >= to || bytes[at] != '"' || bytes[end] != '"') {
            return -1;
        }
        long days = Rfc3339Bytes.days(bytes, at + 1);
        if (days <= Rfc3339.OUT_OF_RANGE) {
            return -1;
        }
        row.set(index, days);
        return end + 1;
    }

    @Override
    void field(Field field, RowAssembler row) {
        set(field.text(), row);
    }

    private void set(String text, RowAssembler row) {
        long days = Rfc3339.days(text.toCharArray(), 0, text.length());
        if (days > Rfc3339.OUT_OF_RANGE) {
            row.set(index, days);
        } else if (days == Rfc3339.OUT_OF_RANGE) {
            row.refuse(this, "storage", "is " + Texts.shown(text) + "; a date in the years 1 to 9999 is expected");
        } else {
            row.refuse(this, "format", "is the text " + Texts.shown(text) + "; " + expected());
        }
    }

    @Override
    JsonNode node(Field field) {
        return JsonNodeFactory.instance.stringNode(field.text());
    }

    @Override
    String expected() {
        return "a date like 2026-03-01 is expected";
    }
}
