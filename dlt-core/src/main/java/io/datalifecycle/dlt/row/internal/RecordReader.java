package io.datalifecycle.dlt.row.internal;

import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.row.RowRejection;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Gives the records of a source one by one, before they are rows. Not thread-safe. */
public interface RecordReader extends AutoCloseable {

    /** Goes to the next record; false at the end. */
    boolean next() throws IOException;

    /** 1-based line or number of the record. */
    long position();

    /** Bytes or characters of source text given so far, for bounded blocks. */
    long size();

    /** Why the record cannot be read; null when it can. */
    @Nullable
    RowRejection broken();

    /** The record, when it is not broken. */
    JsonNode record();

    /** How texts of this source are read. */
    default RecordMapping.Lexis lexis(RowRules rules) {
        return RecordMapping.Lexis.TYPED;
    }

    /** What somebody should look at although records were read. */
    default List<Problem> warnings() {
        return List.of();
    }

    @Override
    void close() throws IOException;
}
