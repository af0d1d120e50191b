package io.datalifecycle.dlt.parquet;

import io.datalifecycle.dlt.MetricHandle;
import io.datalifecycle.dlt.StoreHandle;
import io.datalifecycle.dlt.TrainingSet;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.spi.TransformEngine;
import io.datalifecycle.dlt.time.TimeRange;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Rows to write, which may be gone through more than once. */
interface Scan {

    /** What they are of, for the file's metadata. */
    String source();

    /** Their columns, in order. */
    List<Column> columns();

    /** Gives each row, cells in column order; the array is the receiver's. */
    void rows(Consumer<@Nullable Object[]> receiver);

    /** Rows of a store, read anew each time. */
    static Scan of(StoreHandle store, TimeRange range) {
        List<Column> columns = store.columns().columns();
        return new Scan() {
            @Override
            public String source() {
                return store.kind().label() + ":" + store.key();
            }

            @Override
            public List<Column> columns() {
                return columns;
            }

            @Override
            public void rows(Consumer<@Nullable Object[]> receiver) {
                store.rows(range, batch -> give(batch, receiver));
            }
        };
    }

    private static void give(RowBatch batch, Consumer<@Nullable Object[]> receiver) {
        for (int row = 0; row < batch.size(); row++) {
            @Nullable Object[] cells = new @Nullable Object[batch.schema().size()];
            for (int column = 0; column < cells.length; column++) {
                cells[column] = batch.value(row, column);
            }
            receiver.accept(cells);
        }
    }

    /** Rows of a training set, read anew each time. */
    static Scan of(TrainingSet set) {
        return new Scan() {
            @Override
            public String source() {
                return "training set";
            }

            @Override
            public List<Column> columns() {
                return set.columns().columns();
            }

            @Override
            public void rows(Consumer<@Nullable Object[]> receiver) {
                set.rows(batch -> give(batch, receiver));
            }
        };
    }

    /** Rows of a metric, evaluated once, now. */
    static Scan of(MetricHandle metric) {
        TransformEngine.Rows result = metric.rows();
        if (result.truncated()) {
            throw new DltException(
                    ProblemCode.EXPORT_FAILED,
                    "the metric gives more than " + result.rows().size()
                            + " rows, the most it may; narrow its inputs, or export the store");
        }
        return new Scan() {
            @Override
            public String source() {
                return "metric";
            }

            @Override
            public List<Column> columns() {
                return result.columns();
            }

            @Override
            public void rows(Consumer<@Nullable Object[]> receiver) {
                result.rows().forEach(row -> receiver.accept(row.toArray()));
            }
        };
    }
}
