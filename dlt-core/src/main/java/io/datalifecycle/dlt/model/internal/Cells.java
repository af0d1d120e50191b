package io.datalifecycle.dlt.model.internal;

import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowBatch;

/** Copies cells between batches without boxing numbers. */
final class Cells {

    private Cells() {}

    /** Adds all rows of a batch to a builder of the same columns. */
    static void copyAll(RowBatch from, RowBatch.Builder to) {
        for (int row = 0; row < from.size(); row++) {
            copyRow(from, row, to);
        }
    }

    /** Adds one row to a builder of the same columns. */
    static void copyRow(RowBatch from, int row, RowBatch.Builder to) {
        for (int column = 0; column < from.schema().size(); column++) {
            copy(from, row, column, to, column);
        }
        to.endRow(from.position(row));
    }

    /** Sets a cell of the builder's current row to a cell of the same type; null stays null. */
    static void copy(RowBatch from, int row, int column, RowBatch.Builder to, int target) {
        if (from.isNull(row, column)) {
            return;
        }
        ColumnType type = from.schema().column(column).type();
        switch (type) {
            case DOUBLE -> to.setDouble(target, from.doubleAt(row, column));
            case BIGINT, BOOLEAN, TIMESTAMP, DATE, TIME -> to.setLong(target, from.longAt(row, column));
            case TEXT, DECIMAL, UUID, JSON -> to.setObject(target, from.objectAt(row, column));
        }
    }
}
