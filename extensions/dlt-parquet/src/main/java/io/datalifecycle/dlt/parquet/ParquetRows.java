package io.datalifecycle.dlt.parquet;

import com.jerolba.carpet.CarpetParquetReader;
import com.jerolba.carpet.io.FileSystemInputFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/** The rows of a file as maps; opened by the first question, closed at its end. Not thread-safe. */
final class ParquetRows implements Iterator<Map<String, ?>>, Closeable {

    private final Path file;
    private final ZoneId zone;

    @SuppressWarnings("rawtypes")
    private @Nullable ParquetReader<Map> rows;

    private @Nullable Map<?, ?> upcoming;
    private @Nullable Cells cells;
    private long read;
    private boolean ended;

    /** Opens nothing yet. */
    ParquetRows(Path file, ZoneId zone) {
        this.file = file;
        this.zone = zone;
    }

    @Override
    public boolean hasNext() {
        if (ended || upcoming != null) {
            return !ended;
        }
        try {
            Map<?, ?> row = opened().read();
            if (row == null) {
                close();
                return false;
            }
            upcoming = row;
            return true;
        } catch (IOException | RuntimeException e) { // the reader tells of broken bytes with whatever they lead to
            throw broken(e);
        }
    }

    @Override
    public Map<String, ?> next() {
        if (!hasNext() || upcoming == null || cells == null) {
            throw new NoSuchElementException();
        }
        try {
            Map<String, ?> row = cells.row(upcoming);
            upcoming = null;
            read++;
            return row;
        } catch (RuntimeException e) {
            throw broken(e);
        }
    }

    @SuppressWarnings("rawtypes") // the library asks for the class
    private ParquetReader<Map> opened() throws IOException {
        ParquetReader<Map> known = rows;
        if (known != null) {
            return known;
        }
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no such file");
        }
        InputFile input = new Named(file);
        try (ParquetFileReader footer = ParquetFileReader.open(input)) {
            MessageType schema = footer.getFileMetaData().getSchema();
            refuseInt96(schema);
            cells = new Cells(schema, zone);
        }
        ParquetReader<Map> opened = CarpetParquetReader.builder(input, Map.class)
                .usePageChecksumVerification()
                .build();
        rows = opened;
        return opened;
    }

    private static void refuseInt96(MessageType schema) throws IOException {
        for (ColumnDescriptor column : schema.getColumns()) {
            if (column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT96) {
                throw new IOException("column " + String.join(".", column.getPath())
                        + " holds times as INT96, which is out of use; write them as TIMESTAMP_MICROS");
            }
        }
    }

    private UncheckedIOException broken(Exception cause) {
        ended = true;
        try {
            close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        Throwable root = cause;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String problem = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        String where = read == 0 ? "" : "after row " + read + ": ";
        return new UncheckedIOException(new IOException(where + "cannot be read as Parquet (" + problem + ")", cause));
    }

    @Override
    public void close() throws IOException {
        ended = true;
        Closeable open = rows;
        rows = null;
        if (open != null) {
            open.close();
        }
    }

    /** A file that messages show by its name. */
    private static final class Named extends FileSystemInputFile {

        private final String name;

        Named(Path file) {
            super(file.toFile());
            this.name = String.valueOf(file.getFileName());
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
