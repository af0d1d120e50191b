package io.datalifecycle.dlt.row.internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Cuts a stream of bytes into rows without copying them; a slice is valid until the next one. Not thread-safe. */
abstract class Slices implements AutoCloseable {

    private static final int FIRST_SIZE = 1 << 18;

    private final InputStream in;

    /** The buffer the slice lies in. */
    byte[] buffer = new byte[FIRST_SIZE];

    /** First byte of the slice. */
    int from;

    /** After the last byte of the slice. */
    int to;

    /** 1-based number of the slice's first line, or of the record. */
    long number;

    /** Set when the slice is longer than a row may be; its end is cut off then. */
    boolean tooLong;

    /** Bytes given so far, for bounded batches. */
    long bytes;

    int read;
    int filled;
    private boolean started;

    Slices(InputStream in) {
        this.in = in;
    }

    /** Goes to the next row; false at the end. */
    abstract boolean next() throws IOException;

    /** Reads more behind {@code filled}, keeping everything from {@code keep}; false at the end of the stream. */
    final boolean fill(int keep) throws IOException {
        if (keep > 0) {
            System.arraycopy(buffer, keep, buffer, 0, filled - keep);
            read -= keep;
            filled -= keep;
        }
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int n = in.read(buffer, filled, buffer.length - filled);
        if (n <= 0) {
            return false;
        }
        filled += n;
        if (!started) {
            skipMark();
        }
        return true;
    }

    /** UTF-8 files of some makers begin with a byte order mark. */
    private void skipMark() throws IOException {
        while (filled < 3) {
            int n = in.read(buffer, filled, 3 - filled);
            if (n < 0) {
                break;
            }
            filled += n;
        }
        started = true;
        if (filled >= 3 && buffer[0] == (byte) 0xEF && buffer[1] == (byte) 0xBB && buffer[2] == (byte) 0xBF) {
            read = 3;
        }
    }

    static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
