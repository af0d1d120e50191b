package io.datalifecycle.dlt.parquet;

/** How the pages of a file are compressed. */
public enum ParquetCompression {
    /** Not at all. */
    NONE,
    /** Fast, read by everything. */
    SNAPPY,
    /** Smaller and slower, needs no native library. */
    GZIP,
    /** Smaller and nearly as fast, read by tools of the last years. */
    ZSTD
}
