package io.datalifecycle.dlt.row.internal;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A row a line; blank lines are no rows. */
final class LineSlices extends Slices {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long NEWLINES = ONES * '\n';

    private long line;

    LineSlices(InputStream in) {
        super(in);
    }

    @Override
    boolean next() throws IOException {
        while (true) {
            if (read == filled && !fill(read)) {
                return false;
            }
            int start = read;
            int end = lineEnd(start);
            start = lineStart;
            line++;
            trim(start, end);
            if (from < to) {
                number = line;
                bytes += to - from;
                return true;
            }
        }
    }

    private int lineStart;

    /** Finds the end of the line that begins at {@code start}; what has to move in the buffer moves {@code lineStart}. */
    private int lineEnd(int start) throws IOException {
        lineStart = start;
        tooLong = false;
        int at = start;
        while (true) {
            at = newline(at);
            if (at < filled) {
                read = at + 1;
                return at;
            }
            if (at - lineStart > Json.MAX_ROW) {
                tooLong = true;
                return skipLine(at);
            }
            read = at;
            at -= lineStart;
            boolean more = fill(lineStart);
            lineStart = 0;
            if (!more) {
                read = filled;
                return at;
            }
        }
    }

    /** Position of the next line end, or {@code filled}; eight bytes at a time, for every byte of a source comes through here. */
    private int newline(int start) {
        int at = start;
        for (; at + Long.BYTES <= filled; at += Long.BYTES) {
            long other = (long) LONGS.get(buffer, at) ^ NEWLINES;
            long found = (other - ONES) & ~other & HIGH_BITS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (at < filled && buffer[at] != '\n') {
            at++;
        }
        return at;
    }

    /** Drops the rest of a line that is too long to keep; only its beginning stays, for the payload. */
    private int skipLine(int at) throws IOException {
        int kept = Math.min(at, lineStart + (1 << 18));
        while (true) {
            filled = kept;
            read = kept;
            if (!fill(0)) {
                return kept;
            }
            for (int i = kept; i < filled; i++) {
                if (buffer[i] == '\n') {
                    read = i + 1;
                    return kept;
                }
            }
        }
    }

    private void trim(int start, int end) {
        from = start;
        to = end;
        while (from < to && isBlank(buffer[from])) {
            from++;
        }
        while (to > from && isBlank(buffer[to - 1])) {
            to--;
        }
    }
}
