package io.datalifecycle.dlt.parquet;

import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.spi.FileFormat;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Set;

/**
 * Parquet for the file connector: {@code FileConnector.below(data).with(new ParquetFormat())}, or {@link #read} without a connector. A file
 * is read a row group at a time. Immutable, thread-safe.
 */
public final class ParquetFormat implements FileFormat {

    /** Makes the format. */
    public ParquetFormat() {}

    /**
     * The rows of a file, to be ingested; it is opened when they are. What breaks on the way counts as a broken source.
     *
     * @param zone for timestamps that are not instants
     */
    public static Rows read(Path file, ZoneId zone) {
        return Rows.of(() -> new ParquetRows(file, zone)).named(String.valueOf(file.getFileName()));
    }

    @Override
    public String name() {
        return "parquet";
    }

    @Override
    public Set<String> endings() {
        return Set.of(".parquet");
    }

    @Override
    public Rows rows(Path file, ZoneId zone) {
        return read(file, zone);
    }
}
