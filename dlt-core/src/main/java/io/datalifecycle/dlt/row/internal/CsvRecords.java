package io.datalifecycle.dlt.row.internal;

import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts CSV text into records by RFC 4180: fields in quotes may hold delimiters, doubled quotes and line ends. A record with a
 * broken quote ends with its first line, and reading goes on after it, so that one slip does not swallow the rest of the file:
 * the reason why this is not left to a library, which stops there. Not thread-safe.
 */
final class CsvRecords implements AutoCloseable {

    /** Longest record in characters; a quote that is open for longer was never closed. */
    static final int MAX_RECORD = 1 << 20;

    private static final int MOST_SHOWN = 1 << 16;

    private static final char QUOTE = '"';

    private final Reader in;
    private char[] buffer = new char[1 << 16];
    private int read;
    private int filled;
    private int start;
    private int end;
    private long line;
    private boolean started;

    /** Of a line that is too long to be kept. */
    private @Nullable String beginning;

    /** Line on which the record begins, from 1. */
    long number;

    /** Characters given so far. */
    long characters;

    /** Why the record is none; null when it is one. */
    @Nullable
    String broken;

    CsvRecords(Reader in) {
        this.in = in;
    }

    /**
     * Goes to the next record that is not an empty line; false at the end.
     *
     * @param delimiter between fields; 0 when it is not known yet
     */
    boolean next(char delimiter) throws IOException {
        while (true) {
            if (!available()) {
                return false;
            }
            start = read;
            number = line + 1;
            broken = null;
            beginning = null;
            scan(delimiter);
            characters += end - start;
            if (end > start || beginning != null) {
                return true;
            }
        }
    }

    private boolean available() throws IOException {
        if (read == filled && !fill(read)) {
            return false;
        }
        if (!started) {
            started = true;
            if (buffer[read] == '\uFEFF') {
                read++;
                return read < filled || fill(read);
            }
        }
        return true;
    }

    /** Finds the end of the record that begins at {@code start} and steps over the line end. */
    private void scan(char delimiter) throws IOException {
        boolean fieldStart = true;
        while (more()) {
            char c = buffer[read];
            if (c == '\n' || c == '\r') {
                finish();
                return;
            }
            if (fieldStart && c == QUOTE) {
                if (!quoted(delimiter)) {
                    resume();
                    return;
                }
                fieldStart = false;
            } else {
                fieldStart = isDelimiter(c, delimiter);
                read++;
            }
            if (read - start > MAX_RECORD) {
                broken = "the record is longer than " + MAX_RECORD + " characters";
                resume();
                return;
            }
        }
        end = read;
    }

    /** Steps over a field in quotes, from its first quote to after its last; false when it is broken. */
    private boolean quoted(char delimiter) throws IOException {
        read++;
        while (more() && read - start <= MAX_RECORD) {
            char c = buffer[read++];
            if (c == '\n') {
                line++;
            } else if (c == QUOTE) {
                if (!more() || isEnd(buffer[read], delimiter)) {
                    return true;
                }
                if (buffer[read] != QUOTE) {
                    broken = "a quote is followed by " + Texts.shown("" + buffer[read])
                            + "; inside of quotes a quote is written twice";
                    return false;
                }
                read++;
            }
        }
        broken = "a quote is opened and never closed";
        return false;
    }

    private static boolean isEnd(char c, char delimiter) {
        return isDelimiter(c, delimiter) || c == '\n' || c == '\r';
    }

    private static boolean isDelimiter(char c, char delimiter) {
        return delimiter != 0 ? c == delimiter : c == ',' || c == ';' || c == '\t' || c == '|';
    }

    /** Ends the record here, at a line end. */
    private void finish() throws IOException {
        end = read;
        if (buffer[read] == '\r' && lookAhead() == '\n') {
            read++;
        }
        read++;
        line++;
    }

    private int lookAhead() throws IOException {
        if (read + 1 < filled) {
            return buffer[read + 1];
        }
        read++;
        boolean more = more();
        read--;
        end = read;
        return more ? buffer[read + 1] : -1;
    }

    /** Ends a broken record with its first line; the lines after it are read again as records of their own. */
    private void resume() throws IOException {
        read = start;
        line = number - 1;
        while (more() && buffer[read] != '\n' && buffer[read] != '\r') {
            read++;
            if (read - start > MAX_RECORD) {
                beginning = beginning == null ? new String(buffer, start, MOST_SHOWN) : beginning;
                start = read; // nobody needs the rest
            }
        }
        end = read;
        if (read < filled) {
            finish();
        }
    }

    private boolean more() throws IOException {
        return read < filled || fill(start);
    }

    private boolean fill(int keep) throws IOException {
        System.arraycopy(buffer, keep, buffer, 0, filled - keep);
        read -= keep;
        filled -= keep;
        end -= keep;
        start = 0;
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int n = in.read(buffer, filled, buffer.length - filled);
        if (n <= 0) {
            return false;
        }
        filled += n;
        return true;
    }

    /** The record as it stands in the file; of one that is far too long the beginning. */
    String text() {
        return beginning != null ? beginning : new String(buffer, start, end - start);
    }

    /** Splits the record, which is not broken. */
    void split(char delimiter, CsvFields fields) {
        fields.clear();
        int at = start;
        while (at <= end) {
            boolean quoted = at < end && buffer[at] == QUOTE;
            int stop = at;
            if (quoted) {
                stop++;
                while (buffer[stop] != QUOTE || (stop + 1 < end && buffer[stop + 1] == QUOTE)) {
                    stop += buffer[stop] == QUOTE ? 2 : 1;
                }
                fields.addQuoted(buffer, at + 1, stop);
                stop++;
            } else {
                while (stop < end && buffer[stop] != delimiter) {
                    stop++;
                }
                fields.add(buffer, at, stop);
            }
            at = stop + 1;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
