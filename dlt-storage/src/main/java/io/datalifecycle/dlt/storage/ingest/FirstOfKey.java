package io.datalifecycle.dlt.storage.ingest;

import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowBatch;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;

/**
 * Of the rows of a batch that have one key the first, found before the database sees them: a batch that only repeats itself can
 * then still be copied straight into the table. Values that are equal for the database but not in Java are left to the database.
 */
final class FirstOfKey {

    private static final int FREE = -1;

    private final RowBatch rows;
    private final int[] key;

    private FirstOfKey(RowBatch rows, int[] key) {
        this.rows = rows;
        this.key = key;
    }

    /** The batch itself when no key comes twice, else a copy without the later rows. */
    static RowBatch of(RowBatch rows, int[] key) {
        FirstOfKey keys = new FirstOfKey(rows, key);
        BitSet later = keys.later();
        return without(rows, later);
    }

    /** The other rows of a batch. */
    static RowBatch without(RowBatch rows, BitSet left) {
        return left.isEmpty() ? rows : new FirstOfKey(rows, new int[0]).without(left);
    }

    private BitSet later() {
        int mask = Integer.highestOneBit(Math.max(8, rows.size())) * 4 - 1;
        int[] slots = new int[mask + 1];
        Arrays.fill(slots, FREE);
        BitSet later = new BitSet(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            int hash = hash(row);
            int slot = (hash ^ (hash >>> 16)) & mask;
            while (slots[slot] != FREE && !same(slots[slot], row)) {
                slot = (slot + 1) & mask;
            }
            if (slots[slot] == FREE) {
                slots[slot] = row;
            } else {
                later.set(row);
            }
        }
        return later;
    }

    private int hash(int row) {
        int hash = 1;
        for (int column : key) {
            int cell = isTime(column)
                    ? Long.hashCode(rows.longAt(row, column))
                    : Objects.hashCode(rows.value(row, column));
            hash = hash * 0x9E3779B1 + cell;
        }
        return hash;
    }

    private boolean same(int one, int other) {
        for (int column : key) {
            boolean same = isTime(column)
                    ? rows.longAt(one, column) == rows.longAt(other, column)
                    : Objects.equals(rows.value(one, column), rows.value(other, column));
            if (!same) {
                return false;
            }
        }
        return true;
    }

    /** The time of a store is never null and needs no object. */
    private boolean isTime(int column) {
        return rows.schema().column(column).type() == ColumnType.TIMESTAMP
                && rows.schema().column(column).required();
    }

    private RowBatch without(BitSet later) {
        RowBatch.Builder builder = RowBatch.builder(rows.schema(), rows.size() - later.cardinality() + 1);
        for (int row = later.nextClearBit(0); row < rows.size(); row = later.nextClearBit(row + 1)) {
            for (int column = 0; column < rows.schema().size(); column++) {
                if (!rows.isNull(row, column)) {
                    copy(row, column, builder);
                }
            }
            builder.endRow(rows.position(row));
        }
        return builder.build();
    }

    private void copy(int row, int column, RowBatch.Builder builder) {
        switch (rows.schema().column(column).type()) {
            case DOUBLE -> builder.setDouble(column, rows.doubleAt(row, column));
            case BIGINT, BOOLEAN, TIMESTAMP, DATE, TIME -> builder.setLong(column, rows.longAt(row, column));
            case TEXT, DECIMAL, UUID, JSON -> builder.setObject(column, rows.objectAt(row, column));
        }
    }
}
