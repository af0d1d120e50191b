package io.datalifecycle.dlt.ml.codec;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Goes over values in a fixed order, either writing what it is given or giving what it reads, so that one listing of fields serves
 * both ways and they cannot drift apart. Lengths read are checked before anything is allocated. Not thread-safe.
 */
public final class Cursor {

    /** Longest array that is read; the state of the largest forest allowed stays far below. */
    private static final int MOST_ELEMENTS = 16 * 1024 * 1024;

    private static final int NONE = -1;

    private final @Nullable DataInputStream in;
    private final @Nullable DataOutputStream out;

    private Cursor(@Nullable DataInputStream in, @Nullable DataOutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** A cursor that gives what it reads and ignores what it is given. */
    public static Cursor reading(DataInputStream in) {
        return new Cursor(in, null);
    }

    /** A cursor that writes what it is given and gives it back. */
    public static Cursor writing(DataOutputStream out) {
        return new Cursor(null, out);
    }

    /** Whether this cursor reads. */
    public boolean isReading() {
        return in != null;
    }

    /** Four bytes. */
    public int integer(int value) throws IOException {
        if (in != null) {
            return in.readInt();
        }
        sink().writeInt(value);
        return value;
    }

    /** Eight bytes. */
    public long big(long value) throws IOException {
        if (in != null) {
            return in.readLong();
        }
        sink().writeLong(value);
        return value;
    }

    /** Eight bytes, every bit kept. */
    public double real(double value) throws IOException {
        return Double.longBitsToDouble(big(Double.doubleToRawLongBits(value)));
    }

    /** Four bytes, every bit kept. */
    public float single(float value) throws IOException {
        return Float.intBitsToFloat(integer(Float.floatToRawIntBits(value)));
    }

    /** One byte. */
    public boolean flag(boolean value) throws IOException {
        if (in != null) {
            return in.readBoolean();
        }
        sink().writeBoolean(value);
        return value;
    }

    /** UTF-8; null stays null. */
    public @Nullable String text(@Nullable String value) throws IOException {
        byte[] bytes = bytes(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    /** Bytes; null stays null. */
    public byte @Nullable [] bytes(byte @Nullable [] value) throws IOException {
        int length = length(value == null ? NONE : value.length);
        if (length == NONE) {
            return null;
        }
        if (in != null) {
            byte[] read = in.readNBytes(length); // grows with what is there, not with what was promised
            if (read.length < length) {
                throw new IOException("ends early");
            }
            return read;
        }
        sink().write(value == null ? new byte[0] : value);
        return value;
    }

    /** Whole numbers; null stays null. */
    public int @Nullable [] integers(int @Nullable [] value) throws IOException {
        int length = length(value == null ? NONE : value.length);
        if (length == NONE) {
            return null;
        }
        int[] result = value != null && !isReading() ? value : new int[length];
        for (int i = 0; i < length; i++) {
            result[i] = integer(result[i]);
        }
        return result;
    }

    /** Long whole numbers; null stays null. */
    public long @Nullable [] bigs(long @Nullable [] value) throws IOException {
        int length = length(value == null ? NONE : value.length);
        if (length == NONE) {
            return null;
        }
        long[] result = value != null && !isReading() ? value : new long[length];
        for (int i = 0; i < length; i++) {
            result[i] = big(result[i]);
        }
        return result;
    }

    /** Numbers; null stays null. */
    public double @Nullable [] reals(double @Nullable [] value) throws IOException {
        int length = length(value == null ? NONE : value.length);
        if (length == NONE) {
            return null;
        }
        double[] result = value != null && !isReading() ? value : new double[length];
        for (int i = 0; i < length; i++) {
            result[i] = real(result[i]);
        }
        return result;
    }

    /** Short numbers; null stays null. */
    public float @Nullable [] singles(float @Nullable [] value) throws IOException {
        int length = length(value == null ? NONE : value.length);
        if (length == NONE) {
            return null;
        }
        float[] result = value != null && !isReading() ? value : new float[length];
        for (int i = 0; i < length; i++) {
            result[i] = single(result[i]);
        }
        return result;
    }

    /** A length, {@code -1} for no array. */
    public int length(int value) throws IOException {
        int length = integer(value);
        if (length < NONE || length > MOST_ELEMENTS) {
            throw new IOException("length " + length + " is not possible");
        }
        return length;
    }

    private DataOutputStream sink() {
        if (out == null) {
            throw new IllegalStateException("cursor reads");
        }
        return out;
    }
}
