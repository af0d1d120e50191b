package io.datalifecycle.dlt.row.internal;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** A field of a file without types, pointing into the reader's buffer; valid until the next one is set. Not thread-safe. */
public final class Field {

    final boolean decimalComma;
    final @Nullable ZoneId zone;
    char[] chars = new char[0];
    int from;
    int length;

    /**
     * @param decimalComma whether {@code 1,5} is one and a half
     * @param zone of times without an offset; null when such times are wrong
     */
    public Field(boolean decimalComma, @Nullable ZoneId zone) {
        this.decimalComma = decimalComma;
        this.zone = zone;
    }

    /** Points to the next field. */
    public void set(char[] chars, int from, int length) {
        this.chars = chars;
        this.from = from;
        this.length = length;
    }

    /** The text. */
    public String text() {
        return new String(chars, from, length);
    }

    /** The text with a point as decimal sign, without blanks around it. */
    String number() {
        String text = text().strip();
        return decimalComma ? text.replace(',', '.') : text;
    }

    long micros() {
        return Rfc3339.lenientMicros(chars, from, length, zone);
    }
}
