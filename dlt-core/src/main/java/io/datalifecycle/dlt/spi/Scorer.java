package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.row.RowBatch;
import java.util.Map;

/** Scores rows with one model. Not thread-safe. */
public interface Scorer extends AutoCloseable {

    /**
     * Scores rows in their order.
     *
     * @param rows the time column, the {@code by} columns and the features, ordered by time
     * @param learn whether a model with state per asset goes on from those rows that are later than the last row it learnt of their
     *     asset; earlier rows, and all rows when false, are scored without a trace
     * @return one row per input row with the algorithm's output columns; rows with a missing feature give nulls
     */
    RowBatch score(RowBatch rows, boolean learn);

    /**
     * Parts of the state that changed since the last call, one per asset; empty for models without state. A part of no bytes means
     * none: the asset goes on from what the model learnt in training.
     */
    Map<String, byte[]> changedState();

    @Override
    default void close() {}
}
