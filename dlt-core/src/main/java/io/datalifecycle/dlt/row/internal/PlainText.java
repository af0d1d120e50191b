package io.datalifecycle.dlt.row.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Texts of printable ASCII in the bytes of a row, eight bytes at a time. */
final class PlainText {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long BLANKS = ONES * ' ';

    private PlainText() {}

    /** Position of the quote that ends the text which begins at {@code from}; -1 when something else than plain text comes first. */
    static int end(byte[] bytes, int from, int to) {
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long word = (long) LONGS.get(bytes, at);
            long quote = word ^ QUOTES;
            long backslash = word ^ BACKSLASHES;
            // of each sort the lowest mark is true, those above it may be carries
            long marks =
                    (((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | ((word - BLANKS) & ~word) | word)
                            & HIGH_BITS;
            if (marks != 0) {
                at += Long.numberOfTrailingZeros(marks) >>> 3;
                return bytes[at] == '"' ? at : -1;
            }
        }
        for (; at < to; at++) {
            byte b = bytes[at];
            if (b == '"') {
                return at;
            }
            if (b < ' ' || b == '\\') {
                return -1;
            }
        }
        return -1;
    }

    /** A hash of the bytes from their ends and their number. */
    static int hash(byte[] bytes, int from, int length) {
        long hash = length;
        if (length >= Long.BYTES) {
            hash ^= (long) LONGS.get(bytes, from);
            hash = hash * 0x9E3779B97F4A7C15L + (long) LONGS.get(bytes, from + length - Long.BYTES);
        } else {
            for (int i = from; i < from + length; i++) {
                hash = hash << 8 ^ bytes[i] ^ hash >>> 56;
            }
        }
        hash *= 0x9E3779B97F4A7C15L;
        return (int) (hash >>> 32);
    }

    /** Whether the bytes are these. */
    static boolean same(byte[] bytes, int from, int length, byte[] other) {
        if (other.length != length) {
            return false;
        }
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            if ((long) LONGS.get(bytes, from + i) != (long) LONGS.get(other, i)) {
                return false;
            }
        }
        for (; i < length; i++) {
            if (bytes[from + i] != other[i]) {
                return false;
            }
        }
        return true;
    }
}
