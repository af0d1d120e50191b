package io.datalifecycle.dlt.row.internal;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows in the form nearly all rows have straight from their bytes: one object of declared names and single values, ASCII
 * without escapes. It takes a row whole or not at all and never says what is wrong: what it does not take, right or wrong, is
 * read by the parser proper. Not thread-safe.
 */
final class PlainRow {

    /** After so many rows in a row that were not plain, only every so manieth is tried. */
    private static final int PATIENCE = 64;

    private final RowAssembler row;
    private final ColumnRule[] rules;
    private final byte[][] names;

    /** By rule, which one was behind it last; at the end, which one came first. Sources keep the order of their members. */
    private final int[] follower;

    private int misses;

    private PlainRow(RowAssembler row, ColumnRule[] rules) {
        this.row = row;
        this.rules = rules;
        this.names = new byte[rules.length][];
        this.follower = new int[rules.length + 1];
        for (int i = 0; i < rules.length; i++) {
            names[i] = ('"' + rules[i].label() + '"').getBytes(StandardCharsets.UTF_8);
            follower[i] = (i + 1) % rules.length;
        }
    }

    /** A reader into the assembler; null where rows need a tree, or where a name would have to be escaped. */
    static @Nullable PlainRow of(RowAssembler row) {
        RowRules rules = row.rules;
        boolean plain = rules.arbiter == null
                && !rules.rules.isEmpty()
                && rules.properties().stream()
                        .allMatch(name -> name.chars().allMatch(c -> c >= ' ' && c != '"' && c != '\\'));
        return plain ? new PlainRow(row, rules.rules.toArray(new ColumnRule[0])) : null;
    }

    /** Whether the row is in the batch now; if not, nothing of it is. */
    boolean read(byte[] bytes, int from, int to, long position) {
        if (misses > PATIENCE && misses % PATIENCE != 0) {
            misses++;
            return false;
        }
        row.begin();
        if (members(bytes, from, to) && row.end(position)) {
            misses = 0;
            return true;
        }
        misses++;
        row.discard();
        return false;
    }

    /** The last byte is the closing brace, so whatever skips blanks or digits stops inside of the row. */
    private boolean members(byte[] bytes, int from, int to) {
        if (to - from < 2 || bytes[from] != '{' || bytes[to - 1] != '}') {
            return false;
        }
        int at = blanks(bytes, from + 1);
        int before = rules.length;
        while (bytes[at] == '"') {
            int rule = named(bytes, at, to, before);
            if (rule < 0) {
                return false;
            }
            before = rule;
            at = blanks(bytes, at + names[rule].length);
            if (bytes[at] != ':') {
                return false;
            }
            at = value(bytes, blanks(bytes, at + 1), to, rules[rule]);
            if (at < 0) {
                return false;
            }
            at = blanks(bytes, at);
            if (bytes[at] != ',') {
                return bytes[at] == '}' && at == to - 1;
            }
            at = blanks(bytes, at + 1);
        }
        return false;
    }

    private int value(byte[] bytes, int at, int to, ColumnRule rule) {
        if (!row.mark(rule.index)) {
            return -1;
        }
        return bytes[at] == 'n' ? rule.plainNull(bytes, at, to) : rule.plain(bytes, at, to, row);
    }

    private int named(byte[] bytes, int at, int to, int before) {
        int guess = follower[before];
        if (isNamed(bytes, at, to, names[guess])) {
            return guess;
        }
        for (int i = guess + 1; i < guess + rules.length; i++) {
            int rule = i < rules.length ? i : i - rules.length;
            if (isNamed(bytes, at, to, names[rule])) {
                follower[before] = rule;
                return rule;
            }
        }
        return -1;
    }

    private static boolean isNamed(byte[] bytes, int at, int to, byte[] name) {
        return to - at > name.length && PlainText.same(bytes, at, name.length, name);
    }

    private static int blanks(byte[] bytes, int from) {
        int at = from;
        while (bytes[at] <= ' ' && Slices.isBlank(bytes[at])) {
            at++;
        }
        return at;
    }
}
