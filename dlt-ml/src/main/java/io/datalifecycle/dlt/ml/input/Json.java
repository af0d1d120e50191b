package io.datalifecycle.dlt.ml.input;

import java.math.BigDecimal;
import java.math.MathContext;

/** Writes the few bits of JSON that scores carry. */
public final class Json {

    private static final MathContext FOUR_DIGITS = new MathContext(4);

    private Json() {}

    /** Adds a JSON string. */
    public static void quote(StringBuilder to, String text) {
        to.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                to.append('\\').append(c);
            } else if (c < 0x20) {
                to.append(String.format("\\u%04x", (int) c));
            } else {
                to.append(c);
            }
        }
        to.append('"');
    }

    /** A number of four significant digits, without an exponent where it reads well; {@code null} when it is not finite. */
    public static String number(double value) {
        if (!Double.isFinite(value)) {
            return "null";
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value, FOUR_DIGITS).stripTrailingZeros();
        boolean readable = Math.abs(value) >= 1e-6 && Math.abs(value) < 1e12;
        return readable ? rounded.toPlainString() : rounded.toString();
    }
}
