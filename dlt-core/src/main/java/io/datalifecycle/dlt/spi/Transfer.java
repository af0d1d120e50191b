package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Takes what a workspace holds, beside its line in the catalogue, to another one: within a data database, or out of one and into another.
 * Rows of datastores, featurestores with their hidden columns and histories, inferencestores; what featurestores and models have yet to do,
 * so that nothing that is done is done again. Not quarantines, positions of connectors, alerts and messages. Memory is bounded. Thread-safe.
 */
public interface Transfer {

    /**
     * Copies into a workspace of the same placement, which was just provisioned, from one snapshot and in one transaction.
     *
     * @param asOf rows before this instant only, and of buckets only those that had ended; what was cut off is on the agenda, as if the rows
     *     from then on had been deleted
     */
    void copy(WorkspaceContext from, WorkspaceContext to, Optional<Instant> asOf);

    /** Writes everything as CSV, from one snapshot, part after part. */
    List<Part> dump(WorkspaceContext workspace, Out out);

    /**
     * Reads parts into a workspace that was just provisioned, in one transaction. Parts that are not those of its template, with other columns
     * or another number of rows, throw {@link io.datalifecycle.dlt.problem.InvalidInputException} with {@code ARCHIVE_INVALID}.
     */
    void load(WorkspaceContext workspace, List<Part> parts, In in);

    /** Adds a version of a model as it was, number and time included. */
    void restore(WorkspaceContext workspace, ModelStore.Version version, byte[] content);

    /** Where parts go. */
    @FunctionalInterface
    interface Out {

        /** A stream for the part of that name; the one before is closed then. */
        OutputStream open(String name) throws IOException;
    }

    /** Where parts come from. */
    @FunctionalInterface
    interface In {

        /** The content of the part of that name; it is closed when it was read. */
        InputStream open(String name) throws IOException;
    }

    /**
     * One file of CSV: a header, an empty field for null and {@code ""} for the empty text, times in UTC. Immutable.
     *
     * @param name relative, for instance {@code data/datastore.sensor_data.csv}
     * @param columns as in its header
     * @param rows lines but the header
     */
    record Part(String name, List<String> columns, long rows) {
        public Part {
            columns = List.copyOf(columns);
        }
    }
}
