package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.ingest.Rows;
import java.nio.file.Path;
import java.util.Set;

/** Reads files of a format beyond CSV, NDJSON and JSON, for the file connector. Thread-safe. */
public interface FileFormat {

    /** Name as in a connector's {@code format}: {@code parquet}. */
    String name();

    /** Endings of file names, with the dot, in lower case. */
    Set<String> endings();

    /** The rows of a file; nothing is opened before they are read. */
    Rows rows(Path file);
}
