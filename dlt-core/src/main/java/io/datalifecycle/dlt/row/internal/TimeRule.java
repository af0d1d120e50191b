package io.datalifecycle.dlt.row.internal;

import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.SchemaColumns.Leaf;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A date-time by RFC 3339, kept as microseconds. */
final class TimeRule extends ColumnRule {

    TimeRule(int index, Leaf leaf, boolean nullable) {
        super(index, leaf, nullable);
    }

    @Override
    void value(JsonParser parser, JsonToken token, RowAssembler row) {
        if (token != JsonToken.VALUE_STRING) {
            wrongType(parser, token, row);
            return;
        }
        char[] chars = parser.getStringCharacters();
        int from = parser.getStringOffset();
        int length = parser.getStringLength();
        set(Rfc3339.micros(chars, from, length), chars, from, length, row);
    }

    @Override
    int plain(byte[] bytes, int at, int to, RowAssembler row) {
        int end = bytes[at] == '"' ? PlainText.end(bytes, at + 1, to) : -1;
        if (end < 0) {
            return -1;
        }
        long micros = Rfc3339Bytes.micros(bytes, at + 1, end);
        if (micros <= Rfc3339.OUT_OF_RANGE || !row.takesTime(this, micros)) {
            return -1;
        }
        row.set(index, micros);
        return end + 1;
    }

    @Override
    void field(Field field, RowAssembler row) {
        set(field.micros(), field.chars, field.from, field.length, row);
    }

    private void set(long micros, char[] chars, int from, int length, RowAssembler row) {
        if (micros > Rfc3339.OUT_OF_RANGE) {
            row.setTime(this, micros);
            return;
        }
        String text = new String(chars, from, length);
        if (micros == Rfc3339.OUT_OF_RANGE) {
            row.refuse(this, "storage", "is " + Texts.shown(text) + "; a time in the years 1 to 9999 is expected");
        } else {
            row.refuse(
                    this, "format", "is the text " + Texts.shown(text) + "; " + expected() + hint(chars, from, length));
        }
    }

    private static String hint(char[] chars, int from, int length) {
        boolean onlyZoneMissing =
                Rfc3339.lenientMicros(chars, from, length, java.time.ZoneOffset.UTC) != Rfc3339.MALFORMED
                        && Rfc3339.lenientMicros(chars, from, length, null) == Rfc3339.MALFORMED;
        return onlyZoneMissing ? " (the zone is missing; for CSV set zone(…))" : "";
    }

    @Override
    JsonNode node(Field field) {
        long micros = field.micros();
        return JsonNodeFactory.instance.stringNode(
                micros > Rfc3339.OUT_OF_RANGE ? RowBatch.instantOf(micros).toString() : field.text());
    }

    @Override
    String expected() {
        return "a date-time like 2026-03-01T08:30:00Z is expected";
    }
}
