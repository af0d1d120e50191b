package io.datalifecycle.dlt.model.internal;

import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowSchema;
import java.util.function.BiConsumer;

/**
 * Cuts a stream of rows ordered by time into batches that never split an instant, so that a position in time says exactly which rows
 * are done. Not thread-safe.
 */
final class WholeInstants {

    private final RowBatch.Builder rows;
    private final int time;
    private final int batchRows;
    private final BiConsumer<RowBatch, Long> out;
    private long last;

    /**
     * @param out takes each batch and the first instant after it, in microseconds
     */
    WholeInstants(RowSchema schema, int time, int batchRows, BiConsumer<RowBatch, Long> out) {
        this.rows = RowBatch.builder(schema, batchRows);
        this.time = time;
        this.batchRows = batchRows;
        this.out = out;
    }

    void add(RowBatch batch) {
        for (int row = 0; row < batch.size(); row++) {
            long at = batch.longAt(row, time);
            if (rows.size() >= batchRows && at != last) {
                flush();
            }
            last = at;
            Cells.copyRow(batch, row, rows);
        }
    }

    void flush() {
        if (rows.size() > 0) {
            out.accept(rows.build(), last + 1);
        }
    }
}
