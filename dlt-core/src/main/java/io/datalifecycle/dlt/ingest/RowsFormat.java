package io.datalifecycle.dlt.ingest;

/** How {@link Rows} are written. */
public enum RowsFormat {
    /** One JSON object a line. */
    NDJSON,
    /** One JSON array of objects, or one object. */
    JSON,
    /** Comma-separated values with a header. */
    CSV,
    /** Java maps. */
    MAPS,
    /** Java records and beans. */
    OBJECTS
}
