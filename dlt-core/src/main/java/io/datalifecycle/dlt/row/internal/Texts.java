package io.datalifecycle.dlt.row.internal;

import io.datalifecycle.dlt.row.RowRejection.Reason;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a database can keep of a text, and how foreign text is shown in messages. */
final class Texts {

    private static final int MAX_PAYLOAD = 64 * 1024;
    private static final int MAX_SHOWN = 60;

    private Texts() {}

    /** Why the text cannot be stored; null when it can. */
    static @Nullable String unstorable(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return "holds the character U+0000 at position " + (i + 1) + ", which no text in the database can hold";
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return "holds half a character (a lone surrogate) at position " + (i + 1)
                            + "; send whole Unicode characters";
                }
                i++;
            }
        }
        return null;
    }

    /** A payload as it is kept: at most 64 Ki characters, and what no database can hold written as JSON escapes. */
    static String payload(String text) {
        String cut = text;
        if (text.length() > MAX_PAYLOAD) {
            int end = Character.isHighSurrogate(text.charAt(MAX_PAYLOAD - 1)) ? MAX_PAYLOAD - 1 : MAX_PAYLOAD;
            cut = text.substring(0, end);
        }
        if (unstorable(cut) == null) {
            return cut;
        }
        StringBuilder clean = new StringBuilder(cut.length() + 16);
        cut.codePoints().forEach(c -> {
            if (c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
                clean.append(String.format("\\u%04x", c));
            } else {
                clean.appendCodePoint(c);
            }
        });
        return clean.toString();
    }

    /** What stands at a pointer into a row, as JSON; empty for the row itself and where nothing stands. */
    static String valueAt(JsonNode row, String pointer) {
        if (!pointer.startsWith("/")) {
            return "";
        }
        JsonNode value = row.at(pointer);
        if (value.isMissingNode()) {
            return "";
        }
        boolean isLong = value.isString() && value.stringValue().length() > Reason.MAX_VALUE;
        return payload(
                isLong
                        ? JsonNodeFactory.instance
                                .stringNode(value.stringValue().substring(0, Reason.MAX_VALUE))
                                .toString()
                        : value.toString());
    }

    /** A value for a message: short, quoted, without control characters. */
    static String shown(CharSequence text) {
        StringBuilder shown = new StringBuilder("\"");
        for (int i = 0; i < text.length() && i < MAX_SHOWN; i++) {
            char c = text.charAt(i);
            shown.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '\uFFFD' : c);
        }
        return shown.append(text.length() > MAX_SHOWN ? "…\"" : "\"").toString();
    }
}
