package io.datalifecycle.dlt.parquet;

import io.datalifecycle.dlt.MetricHandle;
import io.datalifecycle.dlt.StoreHandle;
import io.datalifecycle.dlt.TrainingSet;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.time.TimeRange;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Rows of a store, of a metric or of a training set as a Parquet file with a typed column for each of theirs. A store is streamed, whatever its size. Immutable,
 * thread-safe.
 *
 * <pre>{@code
 * long rows = ParquetExport.of(north, "datastore:sensor_data", from, to).to(Path.of("north.parquet"));
 * }</pre>
 */
public final class ParquetExport {

    private final Supplier<Scan> source;
    private final ParquetCompression compression;

    private ParquetExport(Supplier<Scan> source, ParquetCompression compression) {
        this.source = source;
        this.compression = compression;
    }

    /**
     * Rows of a span of a store.
     *
     * @param store {@code datastore:key}, {@code featurestore:key} or {@code inferencestore:key}
     * @param from first instant
     * @param to just after the last
     * @throws DltException with {@code ITEM_NOT_FOUND} when the workspace has no such store
     */
    public static ParquetExport of(Workspace workspace, String store, Instant from, Instant to) {
        Ref ref = Ref.parse(store)
                .orElseThrow(() -> new IllegalArgumentException("store: " + store + " is none; write datastore:key"));
        StoreHandle handle = switch (ref.kind()) {
            case DATASTORE -> workspace.datastore(ref.key());
            case FEATURESTORE -> workspace.featurestore(ref.key());
            case INFERENCESTORE -> workspace.inferencestore(ref.key());
            default -> throw new IllegalArgumentException("store: " + store + " is no store");
        };
        return of(handle, new TimeRange(from, to));
    }

    /** Rows of a span of a store. */
    public static ParquetExport of(StoreHandle store, TimeRange range) {
        return new ParquetExport(() -> Scan.of(store, range), ParquetCompression.SNAPPY);
    }

    /** The rows behind a metric, evaluated when the file is written; {@code EXPORT_FAILED} then when they are more than it may give. */
    public static ParquetExport of(MetricHandle metric) {
        return new ParquetExport(() -> Scan.of(metric), ParquetCompression.SNAPPY);
    }

    /** A training set, read when the file is written; twice where it has decimals, so its entities must not be a stream then. */
    public static ParquetExport of(TrainingSet set) {
        return new ParquetExport(() -> Scan.of(set), ParquetCompression.SNAPPY);
    }

    /** The same with another compression; {@code SNAPPY} when not given. */
    public ParquetExport compression(ParquetCompression value) {
        return new ParquetExport(source, value);
    }

    /**
     * Writes the file beside its place and puts it there when it is whole, over a file that is there. Gives the number of rows.
     *
     * @throws DltException with {@code EXPORT_FAILED} when it cannot be written, and what reading the rows throws
     */
    public long to(Path file) {
        Path place = file.toAbsolutePath();
        Path half = place.resolveSibling("." + place.getFileName() + ".part");
        try {
            try {
                long rows;
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(half), 1 << 16)) {
                    rows = to(out);
                }
                Files.move(half, place, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
                return rows;
            } finally {
                Files.deleteIfExists(half);
            }
        } catch (IOException e) {
            throw failed(file + " cannot be written", e);
        }
    }

    /**
     * Writes the file into a stream, which stays open. Gives the number of rows.
     *
     * @throws DltException as {@link #to(Path)}
     */
    public long to(OutputStream out) {
        try {
            return new ParquetFile(source.get(), compression).write(out);
        } catch (IOException | UncheckedIOException e) {
            throw failed("the file cannot be written", e);
        }
    }

    private static DltException failed(String what, Exception cause) {
        return new DltException(
                ProblemCode.EXPORT_FAILED,
                what + " (" + cause.getClass().getSimpleName() + ": " + cause.getMessage()
                        + "); check the directory, its rights and its room",
                cause);
    }
}
