package io.datalifecycle.dlt.row.internal;

import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.SchemaColumns.Leaf;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/** One property of a schema: checks a value and sets its cell, or says why not. Used by one row at a time, not thread-safe. */
abstract class ColumnRule {

    final int index;
    final Leaf leaf;
    final Column column;
    final String pointer;
    private final boolean nullable;

    /**
     * @param index of the column
     * @param nullable whether null is a value the schema allows
     */
    ColumnRule(int index, Leaf leaf, boolean nullable) {
        this.index = index;
        this.leaf = leaf;
        this.column = leaf.column();
        this.pointer = leaf.path().stream().reduce("", JsonPointer::child);
        this.nullable = nullable;
    }

    /** Takes the value whose first token is {@code token} and leaves the parser at its last. */
    final void read(JsonParser parser, JsonToken token, RowAssembler row) {
        if (token != JsonToken.VALUE_NULL) {
            value(parser, token, row);
        } else if (!nullable) {
            row.refuse(this, "type", "is null; " + expected());
        }
    }

    /** Takes an empty field: null where null is a value, else as if the row did not have it. */
    final void empty(RowAssembler row) {
        if (nullable) {
            row.mark(index);
        }
    }

    abstract void value(JsonParser parser, JsonToken token, RowAssembler row);

    /**
     * Takes the value that begins at {@code at} when it is right beyond doubt, see {@link PlainRow}.
     *
     * @return the position behind the value; -1 when the parser has to read the row
     */
    int plain(byte[] bytes, int at, int to, RowAssembler row) {
        return -1;
    }

    /** The same for null. */
    final int plainNull(byte[] bytes, int at, int to) {
        boolean isNull =
                nullable && to - at > 4 && bytes[at + 1] == 'u' && bytes[at + 2] == 'l' && bytes[at + 3] == 'l';
        return isNull ? at + 4 : -1;
    }

    /** Takes the text of a field of a file without types; not empty unless quoted. */
    abstract void field(Field field, RowAssembler row);

    /** What a field of a file without types means as JSON, for the arbiter and for payloads; a text when it means nothing. */
    abstract JsonNode node(Field field);

    /** What people and files without levels call it. */
    final String label() {
        return leaf.label();
    }

    /** Half a sentence for messages: {@code a number is expected}. */
    abstract String expected();

    /** The token is of the wrong kind; skips what it opens. */
    final void wrongType(JsonParser parser, JsonToken token, RowAssembler row) {
        String found = token == JsonToken.START_OBJECT
                ? "an object"
                : token == JsonToken.START_ARRAY ? "a list" : scalar(token, parser.getString());
        parser.skipChildren();
        row.refuse(this, "type", "is " + found + "; " + expected());
    }

    private static String scalar(JsonToken token, String text) {
        return token == JsonToken.VALUE_STRING ? "the text " + Texts.shown(text) : text;
    }
}
