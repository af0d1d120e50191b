package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.ingest.Rows;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Set;

/** Reads files of a format beyond CSV, NDJSON and JSON, for the file connector. Thread-safe. */
public interface FileFormat {

    /** Name as in a connector's {@code format}: {@code parquet}. */
    String name();

    /** Endings of file names, with the dot, in lower case. */
    Set<String> endings();

    /**
     * The rows of a file; nothing is opened before they are read. An iterator that finds the file broken throws
     * {@link java.io.UncheckedIOException}: what came before is kept, and the file put aside. One that is {@link java.io.Closeable} is closed.
     *
     * @param zone for times without an offset
     */
    Rows rows(Path file, ZoneId zone);
}
