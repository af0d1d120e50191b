package io.datalifecycle.dlt.language;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Plain values as JSON text without needless space. */
final class JsonText {

    private final boolean sorted;
    private final StringBuilder text = new StringBuilder();

    private JsonText(boolean sorted) {
        this.sorted = sorted;
    }

    static String of(@Nullable Object value) {
        return new JsonText(false).write(value).toString();
    }

    /** With the keys of every group in the order of their characters, so that equal things have one text. */
    static String canonical(@Nullable Object value) {
        return new JsonText(true).write(value).toString();
    }

    static String quoted(String value) {
        StringBuilder text = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> character(text, c);
            }
        }
        return text.append('"').toString();
    }

    private static void character(StringBuilder text, char c) {
        boolean harmless = c >= 0x20
                && c != 0x7f
                && !(c >= 0x80 && c < 0xa0)
                && c != 0x2028
                && c != 0x2029
                && c != 0xfeff
                && c < 0xfffe;
        if (harmless) {
            text.append(c);
        } else {
            text.append(String.format("\\u%04x", (int) c));
        }
    }

    static String number(Number number) {
        if (number instanceof BigDecimal exact) {
            return exact.scale() >= 0 && exact.scale() < 40
                    ? exact.toPlainString()
                    : exact.toString().replace("E+", "E");
        }
        return number.toString();
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private JsonText write(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            group(map);
        } else if (value instanceof List<?> list) {
            list(list);
        } else if (value instanceof String string) {
            text.append(quoted(string));
        } else if (value instanceof Number number) {
            text.append(number(number));
        } else if (value instanceof Raw raw) {
            text.append(raw.text());
        } else {
            text.append(value);
        }
        return this;
    }

    private void group(Map<?, ?> map) {
        text.append('{');
        boolean first = true;
        for (Map.Entry<?, ?> entry : (sorted ? new TreeMap<Object, Object>(map) : map).entrySet()) {
            text.append(first ? "" : ",")
                    .append(quoted(String.valueOf(entry.getKey())))
                    .append(':');
            write(entry.getValue());
            first = false;
        }
        text.append('}');
    }

    private void list(List<?> list) {
        text.append('[');
        for (int i = 0; i < list.size(); i++) {
            text.append(i == 0 ? "" : ",");
            write(list.get(i));
        }
        text.append(']');
    }
}
