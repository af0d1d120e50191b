package io.datalifecycle.dlt.ingest;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows to ingest: where they are and how they are written. Nothing is read before they are ingested; files whose name ends in
 * {@code .gz} are unpacked on the way. Rows of a path, of maps or of a repeatable {@code Iterable} can be ingested again, rows of
 * a stream only once; a stream is read by the ingesting thread and not closed.
 *
 * <pre>{@code
 * north.datastore("sensor_data").ingest(Rows.ndjson(Path.of("north.ndjson.gz")));
 * north.datastore("sensor_data").ingest(Rows.of(Map.of("ts", Instant.now(), "asset_id", "P-101", "pressure", 2.5)));
 * }</pre>
 */
public final class Rows {

    private final RowsFormat format;
    private final String name;
    private final @Nullable Path path;
    private final @Nullable InputStream stream;
    private final Iterable<?> values;
    private final CsvFormat csv;

    private Rows(
            RowsFormat format,
            String name,
            @Nullable Path path,
            @Nullable InputStream stream,
            Iterable<?> values,
            CsvFormat csv) {
        this.format = format;
        this.name = name;
        this.path = path;
        this.stream = stream;
        this.values = values;
        this.csv = csv;
    }

    /** One JSON object a line, UTF-8; blank lines are skipped. */
    public static Rows ndjson(Path path) {
        return of(RowsFormat.NDJSON, path, CsvFormat.ofDefaults());
    }

    /** One JSON object a line, UTF-8; blank lines are skipped. */
    public static Rows ndjson(InputStream stream) {
        return of(RowsFormat.NDJSON, stream, CsvFormat.ofDefaults());
    }

    /** A JSON array of objects or one object, UTF-8; rows are numbered from 1. */
    public static Rows json(Path path) {
        return of(RowsFormat.JSON, path, CsvFormat.ofDefaults());
    }

    /** A JSON array of objects or one object, UTF-8; rows are numbered from 1. */
    public static Rows json(InputStream stream) {
        return of(RowsFormat.JSON, stream, CsvFormat.ofDefaults());
    }

    /** CSV with a header whose names are the columns' names, in UTF-8. */
    public static Rows csv(Path path) {
        return csv(path, CsvFormat.ofDefaults());
    }

    /** CSV of the given format. */
    public static Rows csv(Path path, CsvFormat format) {
        return of(RowsFormat.CSV, path, format);
    }

    /** CSV with a header whose names are the columns' names, in UTF-8. */
    public static Rows csv(InputStream stream) {
        return csv(stream, CsvFormat.ofDefaults());
    }

    /** CSV of the given format. */
    public static Rows csv(InputStream stream, CsvFormat format) {
        return of(RowsFormat.CSV, stream, format);
    }

    /**
     * Rows as maps from column to value: {@code String}, {@code Number}, {@code Boolean}, {@code Instant}, {@code LocalDate},
     * {@code UUID}, {@code Map}, {@code List} or null.
     */
    @SafeVarargs
    public static Rows of(Map<String, ?>... rows) {
        return of(List.copyOf(Arrays.asList(rows)));
    }

    /**
     * The same for any number of rows; the iterator runs in the ingesting thread and need not hold them all. When it throws
     * {@link java.io.UncheckedIOException} the source counts as broken there; one that is {@link java.io.Closeable} is closed.
     */
    public static Rows of(Iterable<? extends Map<String, ?>> rows) {
        Objects.requireNonNull(rows, "rows");
        return new Rows(RowsFormat.MAPS, "maps", null, null, rows, CsvFormat.ofDefaults());
    }

    /**
     * Rows as Java records or beans. A component or property {@code assetId} goes into the column of that name or else into
     * {@code asset_id}; Jackson's annotations are obeyed; null is no value. An object that cannot be read is refused as any bad row.
     */
    public static Rows ofObjects(Iterable<?> rows) {
        Objects.requireNonNull(rows, "rows");
        return new Rows(RowsFormat.OBJECTS, "objects", null, null, rows, CsvFormat.ofDefaults());
    }

    private static Rows of(RowsFormat format, Path path, CsvFormat csv) {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(csv, "format");
        return new Rows(format, String.valueOf(path.getFileName()), path, null, List.of(), csv);
    }

    private static Rows of(RowsFormat format, InputStream stream, CsvFormat csv) {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(csv, "format");
        return new Rows(format, "stream", null, stream, List.of(), csv);
    }

    /** How they are written. */
    public RowsFormat format() {
        return format;
    }

    /** Name of the file, else {@code stream}, {@code maps} or {@code objects}; used as source unless the options name another. */
    public String name() {
        return name;
    }

    /** The file; empty for everything else. */
    public Optional<Path> path() {
        return Optional.ofNullable(path);
    }

    /** Format of CSV; the defaults for other rows. */
    public CsvFormat csvFormat() {
        return csv;
    }

    /** The same rows read with another format of CSV; it changes nothing for rows that are no CSV. */
    public Rows with(CsvFormat format) {
        return new Rows(this.format, name, path, stream, values, Objects.requireNonNull(format, "format"));
    }

    /** The same rows under another name, which is their source unless the options name one. */
    public Rows named(String text) {
        return new Rows(format, text, path, stream, values, csv);
    }

    /** The maps, records or beans; empty for rows that are bytes. */
    public Iterable<?> values() {
        return values;
    }

    /**
     * Opens the file, or gives the stream; closing it closes only what was opened here.
     *
     * @throws DltException with {@code SOURCE_UNREADABLE} when it cannot be opened
     */
    public InputStream open() {
        if (stream != null) {
            return new KeptOpen(stream);
        }
        if (path == null) {
            throw new IllegalStateException("rows given as Java values have no bytes");
        }
        try {
            InputStream file = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
            return path.toString().toLowerCase(Locale.ROOT).endsWith(".gz") ? unpacked(file) : file;
        } catch (IOException e) {
            throw new DltException(ProblemCode.SOURCE_UNREADABLE, path + " cannot be read: " + why(e), e);
        }
    }

    private static InputStream unpacked(InputStream file) throws IOException {
        try {
            return new GZIPInputStream(file, 1 << 16);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static String why(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        return e instanceof AccessDeniedException ? "this process may not read it" : String.valueOf(e.getMessage());
    }

    /** A stream of the caller, which the caller closes. */
    private static final class KeptOpen extends FilterInputStream {

        KeptOpen(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            return in.read(buffer, from, length);
        }

        @Override
        public void close() {}
    }
}
