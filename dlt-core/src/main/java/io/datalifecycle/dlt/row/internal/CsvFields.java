package io.datalifecycle.dlt.row.internal;

import java.util.Arrays;

/** The fields of one record, without their quotes; valid until the next record. Not thread-safe. */
final class CsvFields {

    private char[] chars = new char[1024];
    private int used;
    private int[] starts = new int[64];
    private boolean[] quoted = new boolean[64];
    private int count;

    void clear() {
        used = 0;
        count = 0;
    }

    int count() {
        return count;
    }

    /** A field as it stands. */
    void add(char[] from, int start, int end) {
        begin(end - start, false);
        System.arraycopy(from, start, chars, used, end - start);
        used += end - start;
        starts[count] = used;
    }

    /** A field that stood in quotes, whose quotes are doubled. */
    void addQuoted(char[] from, int start, int end) {
        begin(end - start, true);
        for (int i = start; i < end; i++) {
            chars[used++] = from[i];
            if (from[i] == '"') {
                i++;
            }
        }
        starts[count] = used;
    }

    private void begin(int length, boolean inQuotes) {
        if (used + length > chars.length) {
            chars = Arrays.copyOf(chars, Math.max(chars.length * 2, used + length));
        }
        if (count + 2 > starts.length) {
            starts = Arrays.copyOf(starts, starts.length * 2);
            quoted = Arrays.copyOf(quoted, quoted.length * 2);
        }
        starts[count] = used;
        quoted[count] = inQuotes;
        count++;
    }

    void point(Field field, int index) {
        field.set(chars, starts[index], starts[index + 1] - starts[index]);
    }

    /** Whether the field is empty and was not written as {@code ""}. */
    boolean isEmpty(int index) {
        return starts[index + 1] == starts[index] && !quoted[index];
    }

    String text(int index) {
        return new String(chars, starts[index], starts[index + 1] - starts[index]);
    }
}
