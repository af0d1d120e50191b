package io.datalifecycle.dlt.row.internal;

import io.datalifecycle.dlt.row.SchemaColumns.Leaf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A text. Sensor data repeats its texts (asset ids, states), so texts found right are kept in a small table by their
 * characters: a repeated one costs a comparison and no memory.
 */
final class TextRule extends ColumnRule {

    private static final int SLOTS = 512;
    private static final int LONGEST_KEPT = 40;
    private static final int LONGEST_PLAIN = 1 << 16;

    private final TextBounds bounds;
    private final @Nullable String[] known = new String[SLOTS];
    private final @Nullable Plain[] plain = new Plain[SLOTS];

    TextRule(int index, Leaf leaf, boolean nullable, TextBounds bounds) {
        super(index, leaf, nullable);
        this.bounds = bounds;
    }

    @Override
    void value(JsonParser parser, JsonToken token, RowAssembler row) {
        if (token != JsonToken.VALUE_STRING) {
            wrongType(parser, token, row);
            return;
        }
        int length = parser.getStringLength();
        if (length > LONGEST_KEPT || !parser.hasStringCharacters()) {
            check(parser.getString(), -1, row);
        } else {
            text(parser.getStringCharacters(), parser.getStringOffset(), length, row);
        }
    }

    @Override
    int plain(byte[] bytes, int at, int to, RowAssembler row) {
        int from = at + 1;
        int end = bytes[at] == '"' ? PlainText.end(bytes, from, to) : -1;
        int length = end - from;
        if (end < 0 || length > LONGEST_PLAIN) {
            return -1;
        }
        if (length > LONGEST_KEPT) {
            return plain(new String(bytes, from, length, StandardCharsets.ISO_8859_1), row) ? end + 1 : -1;
        }
        int slot = PlainText.hash(bytes, from, length) & (SLOTS - 1);
        Plain kept = plain[slot];
        if (kept != null && PlainText.same(bytes, from, length, kept.bytes())) {
            row.set(index, kept.text());
            return end + 1;
        }
        String text = new String(bytes, from, length, StandardCharsets.ISO_8859_1);
        if (!plain(text, row)) {
            return -1;
        }
        plain[slot] = new Plain(Arrays.copyOfRange(bytes, from, end), text);
        return end + 1;
    }

    /** A text of ASCII, which the database can hold. */
    private boolean plain(String text, RowAssembler row) {
        if (bounds.broken(text) != null) {
            return false;
        }
        row.set(index, text);
        return true;
    }

    /** A text found right, and its bytes. */
    @SuppressWarnings("ArrayRecordComponent") // compared by hand, never as a record
    private record Plain(byte[] bytes, String text) {}

    @Override
    void field(Field field, RowAssembler row) {
        if (field.length > LONGEST_KEPT) {
            check(field.text(), -1, row);
        } else {
            text(field.chars, field.from, field.length, row);
        }
    }

    private void text(char[] chars, int from, int length, RowAssembler row) {
        int hash = 0;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + chars[i];
        }
        int slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
        String kept = known[slot];
        if (kept != null && same(kept, chars, from, length)) {
            row.set(index, kept);
        } else {
            check(new String(chars, from, length), slot, row);
        }
    }

    private static boolean same(String kept, char[] chars, int from, int length) {
        if (kept.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (kept.charAt(i) != chars[from + i]) {
                return false;
            }
        }
        return true;
    }

    private void check(String text, int slot, RowAssembler row) {
        String broken = bounds.broken(text);
        if (broken != null) {
            row.refuse(this, broken, "is the text " + Texts.shown(text) + "; " + bounds.expected(broken, text));
            return;
        }
        String unstorable = Texts.unstorable(text);
        if (unstorable != null) {
            row.refuse(this, "storage", unstorable);
            return;
        }
        if (slot >= 0) {
            known[slot] = text;
        }
        row.set(index, text);
    }

    @Override
    JsonNode node(Field field) {
        return JsonNodeFactory.instance.stringNode(field.text());
    }

    @Override
    String expected() {
        return "a text is expected";
    }
}
