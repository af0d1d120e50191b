package io.datalifecycle.dlt.storage.rows;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;

/** A growing byte buffer that writes values as PostgreSQL's binary COPY wants them. Not thread-safe. */
final class CopyBuffer {

    /** Microseconds from the Unix epoch to PostgreSQL's, 2000-01-01. */
    static final long EPOCH_MICROS = 946_684_800_000_000L;

    static final int EPOCH_DAYS = 10_957;

    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final int NUMERIC_BASE = 10_000;

    /** Digits of PostgreSQL's numeric before and behind the point. */
    private static final int MOST_DIGITS = 131_072;

    private static final int MOST_FRACTION_DIGITS = 16_383;

    private byte[] bytes;
    private int size;

    CopyBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    private void need(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    void int2(int value) {
        need(2);
        SHORTS.set(bytes, size, (short) value);
        size += 2;
    }

    void int4(int value) {
        need(4);
        put4(size, value);
        size += 4;
    }

    private void put4(int at, int value) {
        INTS.set(bytes, at, value);
    }

    void int8(long value) {
        need(8);
        LONGS.set(bytes, size, value);
        size += 8;
    }

    void raw(byte[] value) {
        need(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
    }

    void nullField() {
        int4(-1);
    }

    void int8Field(long value) {
        need(12);
        INTS.set(bytes, size, 8);
        LONGS.set(bytes, size + 4, value);
        size += 12;
    }

    void boolField(boolean value) {
        int4(1);
        need(1);
        bytes[size++] = (byte) (value ? 1 : 0);
    }

    void uuidField(UUID value) {
        int4(16);
        int8(value.getMostSignificantBits());
        int8(value.getLeastSignificantBits());
    }

    /** UTF-8 with its length before it; text of plain ASCII, the common case, without a copy. */
    void textField(String text) {
        int length = text.length();
        need(4 + length);
        int start = size + 4;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
                int4(encoded.length);
                raw(encoded);
                return;
            }
            bytes[start + i] = (byte) c;
        }
        put4(size, length);
        size = start + length;
    }

    /** jsonb: a version byte, then the text. */
    void jsonField(String json) {
        byte[] encoded = json.getBytes(StandardCharsets.UTF_8);
        int4(encoded.length + 1);
        need(1);
        bytes[size++] = 1;
        raw(encoded);
    }

    /** numeric: digits to base 10,000 around the decimal point. */
    void numericField(BigDecimal value) throws SQLException {
        if ((long) value.precision() - value.scale() > MOST_DIGITS || value.scale() > MOST_FRACTION_DIGITS) {
            throw new SQLException("numeric: too many digits", "22003"); // before 1E+999999999 is written out
        }
        BigDecimal plain = value.scale() < 0 ? value.setScale(0) : value;
        int scale = plain.scale();
        int pad = Math.floorMod(-scale, 4);
        BigInteger unscaled = plain.unscaledValue().abs().multiply(BigInteger.TEN.pow(pad));
        int fractionGroups = (scale + pad) / 4;
        short[] groups = groups(unscaled);
        int from = 0;
        while (from < groups.length && groups[groups.length - 1 - from] == 0) {
            from++;
        }
        int count = groups.length - from;
        int last = 0;
        while (last < count && groups[last] == 0) {
            last++;
        }
        int weight = count == 0 ? 0 : count - 1 - fractionGroups;
        int digits = count - last;
        int4(8 + 2 * digits);
        int2(digits);
        int2(weight);
        int2(value.signum() < 0 ? 0x4000 : 0);
        int2(scale);
        for (int i = count - 1; i >= last; i--) {
            int2(groups[i]);
        }
    }

    /** Groups of four digits, the lowest first. */
    private static short[] groups(BigInteger value) {
        if (value.signum() == 0) {
            return new short[0];
        }
        short[] groups = new short[value.bitLength() / 13 + 2];
        int count = 0;
        BigInteger rest = value;
        BigInteger base = BigInteger.valueOf(NUMERIC_BASE);
        while (rest.signum() != 0) {
            BigInteger[] split = rest.divideAndRemainder(base);
            groups[count++] = split[1].shortValue();
            rest = split[0];
        }
        return Arrays.copyOf(groups, count);
    }
}
