package io.datalifecycle.dlt;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.training.internal.CsvFile;
import io.datalifecycle.dlt.training.internal.PreparedSet;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Rows joined with what stores said at each row's time. Nothing is read before it is asked for, and anew each time; each reading sees one
 * snapshot and holds one batch in memory. Immutable, thread-safe.
 */
public final class TrainingSet {

    final PreparedSet prepared;

    TrainingSet(PreparedSet prepared) {
        this.prepared = prepared;
    }

    /** Its columns: those of the entities, then those of each feature, in the order they were named. */
    public RowSchema columns() {
        return prepared.columns();
    }

    /**
     * Gives each entity once, in the order given, in batches; a value that was not known is null. Gives their number.
     *
     * @throws DltException with {@code ROW_INVALID} when an entity lacks its time or has a value of another type, told by line
     */
    public long rows(Consumer<RowBatch> batches) {
        return prepared.rows(batches);
    }

    /**
     * Writes CSV with a header in UTF-8, such as {@code Rows.csv} reads: an empty field is null, {@code ""} the empty text. The file is put into
     * its place when it is whole. Gives the number of rows.
     *
     * @throws DltException with {@code EXPORT_FAILED} when it cannot be written, and as {@link #rows}
     */
    public long writeCsv(Path file) {
        return CsvFile.write(prepared, file);
    }

    /** The same into a stream, which stays open. */
    public long writeCsv(OutputStream out) {
        return CsvFile.write(prepared, out);
    }
}
