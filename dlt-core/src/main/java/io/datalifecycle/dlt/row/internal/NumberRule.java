package io.datalifecycle.dlt.row.internal;

import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.SchemaColumns.Leaf;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A number or an integer. Doubles are compared first; where two are equal the exact decimals decide. */
final class NumberRule extends ColumnRule {

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,9})?");

    /** Digits of which a double holds each number exactly. */
    private static final int MOST_EXACT = 15;

    /** Digits that a long holds whatever they are. */
    private static final int MOST_DIGITS = 18;

    private static final double[] TENS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17
    };

    private final boolean whole;
    private final NumberBounds bounds;

    NumberRule(int index, Leaf leaf, boolean nullable, NumberBounds bounds) {
        super(index, leaf, nullable);
        this.whole = leaf.column().type() == ColumnType.BIGINT;
        this.bounds = bounds;
    }

    @Override
    void value(JsonParser parser, JsonToken token, RowAssembler row) {
        if (token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            whole(parser.getLongValue(), row);
        } else if (token == JsonToken.VALUE_NUMBER_FLOAT && !whole) {
            double value = decimal(parser);
            if (Double.isInfinite(value) || value == 0 || bounds.needsExact(value)) {
                exact(parser.getDecimalValue(), row);
            } else {
                row.set(index, value);
            }
        } else if (token.isNumeric()) {
            exact(parser.getDecimalValue(), row);
        } else {
            wrongType(parser, token, row);
        }
    }

    /**
     * The double nearest to the number. Up to 15 digits and 10^22 both parts are exact doubles, so one division rounds right
     * (Clinger's fast path); that is most of what sensors send. Anything else takes the parser's way.
     */
    private static double decimal(JsonParser parser) {
        char[] chars = parser.getStringCharacters();
        int at = parser.getStringOffset();
        int end = at + parser.getStringLength();
        boolean negative = chars[at] == '-';
        int first = negative ? at + 1 : at;
        if (end - first > MOST_EXACT + 1) { // the digits and the point
            return parser.getDoubleValue();
        }
        long digits = 0;
        int point = -1;
        for (int i = first; i < end; i++) {
            char c = chars[i];
            if (c == '.') {
                point = i;
            } else if (c < '0' || c > '9') {
                return parser.getDoubleValue();
            } else {
                digits = digits * 10 + c - '0';
            }
        }
        double value = point < 0 ? digits : digits / TENS[end - point - 1];
        return negative ? -value : value;
    }

    @Override
    int plain(byte[] bytes, int at, int to, RowAssembler row) {
        int first = bytes[at] == '-' ? at + 1 : at;
        int end = first;
        long digits = 0;
        for (int digit = bytes[end] - '0'; digit >= 0 && digit <= 9; digit = bytes[end] - '0') {
            digits = digits * 10 + digit;
            end++;
        }
        int before = end - first;
        if (before == 0 || before > MOST_DIGITS || (bytes[first] == '0' && before > 1)) {
            return -1;
        }
        byte next = bytes[end];
        if (next == '.' || next == 'e' || next == 'E') {
            return whole ? -1 : plainDecimal(bytes, at, first, row);
        }
        long value = first == at ? digits : -digits;
        if (bounds.needsExact(value) || (value == 0 && first != at)) {
            return -1;
        }
        if (whole) {
            row.set(index, value);
        } else {
            row.set(index, (double) value);
        }
        return end;
    }

    /** A fraction without a power of ten. */
    private int plainDecimal(byte[] bytes, int at, int first, RowAssembler row) {
        long digits = 0;
        int point = -1;
        int significant = 0;
        int end = first;
        while (true) {
            int digit = bytes[end] - '0';
            if (digit >= 0 && digit <= 9) {
                digits = digits * 10 + digit;
                significant += digits == 0 ? 0 : 1;
            } else if (bytes[end] == '.' && point < 0) {
                point = end;
            } else {
                break;
            }
            end++;
        }
        int behind = end - point - 1;
        boolean isPower = bytes[end] == 'e' || bytes[end] == 'E';
        if (point < 0 || isPower || behind == 0 || behind > Decimals.MOST_BEHIND || significant > MOST_DIGITS) {
            return -1;
        }
        double value = Decimals.nearest(digits, behind);
        value = first == at ? value : -value;
        if (value == 0 || bounds.needsExact(value)) { // NaN does
            return -1;
        }
        row.set(index, value);
        return end;
    }

    private void whole(long value, RowAssembler row) {
        if (bounds.needsExact(value)) {
            exact(BigDecimal.valueOf(value), row);
        } else if (whole) {
            row.set(index, value);
        } else {
            row.set(index, (double) value);
        }
    }

    private void exact(BigDecimal value, RowAssembler row) {
        double near = value.doubleValue();
        long exponent = (long) value.precision() - value.scale() - 1;
        if (Double.isInfinite(near)
                || (near == 0 && value.signum() != 0)
                || Math.abs(exponent) > Json.MAX_EXPONENT && value.signum() != 0) {
            row.refuse(this, "storage", "is " + shown(value) + ", past what a number column can hold (±1.8e308)");
            return;
        }
        if (whole && value.signum() != 0 && value.stripTrailingZeros().scale() > 0) {
            row.refuse(this, "type", "is " + shown(value) + "; " + expected());
            return;
        }
        String broken = bounds.broken(value);
        if (broken != null) {
            row.refuse(this, broken, "is " + shown(value) + "; " + bounds.expected(broken));
        } else if (!whole) {
            row.set(index, near);
        } else if (exponent > 18 || value.toBigInteger().bitLength() > 63) {
            row.refuse(this, "storage", "is " + shown(value) + ", past 64 bit; use type number for such values");
        } else {
            row.set(index, value.longValueExact());
        }
    }

    private static String shown(BigDecimal value) {
        return value.toString();
    }

    @Override
    void field(Field field, RowAssembler row) {
        long fast = digits(field);
        if (fast != NO_DIGITS) {
            whole(fast, row);
            return;
        }
        BigDecimal value = parse(field);
        if (value == null) {
            row.refuse(this, "type", "is the text " + Texts.shown(field.text()) + "; " + expected() + hint(field));
        } else {
            exactField(value, row);
        }
    }

    private void exactField(BigDecimal value, RowAssembler row) {
        double near = value.doubleValue();
        if (!whole && near != 0 && !Double.isInfinite(near) && !bounds.needsExact(near)) {
            row.set(index, near);
        } else {
            exact(value, row);
        }
    }

    private static final long NO_DIGITS = Long.MIN_VALUE;

    private static long digits(Field field) {
        if (field.length == 0 || field.length > 18) {
            return NO_DIGITS;
        }
        long value = 0;
        for (int i = field.from; i < field.from + field.length; i++) {
            int digit = field.chars[i] - '0';
            if (digit < 0 || digit > 9) {
                return NO_DIGITS;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static String hint(Field field) {
        return !field.decimalComma && field.text().indexOf(',') >= 0 ? " (for a decimal comma set decimalComma())" : "";
    }

    private static @Nullable BigDecimal parse(Field field) {
        return field.length > Json.MAX_NUMBER ? null : parse(field.number());
    }

    /** The number a text means, null when it means none. */
    static @Nullable BigDecimal parse(String text) {
        if (text.length() > Json.MAX_NUMBER || !NUMBER.matcher(text).matches()) {
            return null;
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) { // an exponent that no decimal holds
            return null;
        }
    }

    @Override
    JsonNode node(Field field) {
        BigDecimal value = parse(field);
        return value == null
                ? JsonNodeFactory.instance.stringNode(field.text())
                : JsonNodeFactory.instance.numberNode(value);
    }

    @Override
    String expected() {
        return whole ? "a whole number is expected" : "a number is expected";
    }
}
