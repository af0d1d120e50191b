package io.datalifecycle.dlt.row.internal;

import java.io.IOException;
import java.io.InputStream;

/**
 * The elements of a JSON array, or one object alone. Only brackets and quotes are looked at, so an element that is no JSON
 * inside does not spoil its neighbours; when the brackets themselves are wrong the rest cannot be told apart and the source
 * counts as broken there.
 */
final class ArraySlices extends Slices {

    private boolean opened;
    private boolean ended;
    private boolean single;
    private int start;

    ArraySlices(InputStream in) {
        super(in);
    }

    @Override
    boolean next() throws IOException {
        if (ended || !open()) {
            return false;
        }
        int first = peek();
        if (single ? number == 1 : number == 0 ? first == ']' : first != ',') {
            return close(first);
        }
        if (number > 0) {
            read++;
            first = peek();
        }
        if (first < 0 || first == ']' || first == ',') {
            throw new IOException(first < 0 ? "the array is not closed" : "a row is missing in the array");
        }
        number++;
        element();
        return true;
    }

    private boolean open() throws IOException {
        if (opened) {
            return true;
        }
        opened = true;
        int first = peek();
        single = first == '{';
        if (first == '[') {
            read++;
        } else if (first >= 0 && !single) {
            throw new IOException(
                    "a JSON array of objects is expected, it begins with " + Texts.shown("" + (char) first));
        }
        return first >= 0;
    }

    private boolean close(int first) throws IOException {
        ended = true;
        if (single) {
            if (first >= 0) {
                throw new IOException("something follows the object; a file with a row a line is NDJSON");
            }
            return false;
        }
        if (first != ']') {
            throw new IOException(first < 0 ? "the array is not closed" : "a comma or ] is expected after a row");
        }
        read++;
        if (peek() >= 0) {
            throw new IOException("something follows the array");
        }
        return false;
    }

    /** The next byte that is not blank, -1 at the end; {@code read} stands on it. */
    private int peek() throws IOException {
        while (true) {
            while (read < filled && isBlank(buffer[read])) {
                read++;
            }
            if (read < filled) {
                return buffer[read];
            }
            if (!fill(read)) {
                return -1;
            }
        }
    }

    private void element() throws IOException {
        start = read;
        int depth = 0;
        boolean text = false;
        boolean escaped = false;
        while (true) {
            int b = take();
            if (escaped) {
                escaped = false;
            } else if (text) {
                escaped = b == '\\';
                text = b != '"';
            } else if (b == '"') {
                text = true;
            } else if (b == '{' || b == '[') {
                depth++;
            } else if (depth == 0 && (b == ',' || b == ']' || b == '}')) {
                read--;
                break;
            } else if (b == '}' || b == ']') {
                depth--;
                if (depth == 0) {
                    break;
                }
            }
        }
        from = start;
        to = read;
        bytes += to - from;
    }

    private int take() throws IOException {
        if (read == filled) {
            if (read - start > Json.MAX_ROW) {
                throw new IOException("a row is longer than " + (Json.MAX_ROW >> 20) + " MiB");
            }
            boolean more = fill(start);
            start = 0;
            if (!more) {
                throw new IOException("the array ends inside of a row");
            }
        }
        return buffer[read++];
    }
}
