package io.datalifecycle.dlt.parquet;

import com.jerolba.carpet.CarpetWriter;
import com.jerolba.carpet.TimeUnit;
import com.jerolba.carpet.model.FieldType;
import com.jerolba.carpet.model.FieldTypes;
import com.jerolba.carpet.model.WriteRecordModelType;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.jspecify.annotations.Nullable;

/** Writes rows as a file, a row group at a time. Used once. */
final class ParquetFile {

    /** Bytes held before they are written; readers hold as much. */
    private static final long ROW_GROUP = 16L << 20;

    private static final int PAGE = 256 << 10;
    private static final int MOST_DIGITS = 38;

    private final Scan scan;
    private final ParquetCompression compression;
    private final List<Column> columns;
    private final Digits[] digits;
    private long written;

    ParquetFile(Scan scan, ParquetCompression compression) {
        this.scan = scan;
        this.compression = compression;
        this.columns = scan.columns();
        this.digits = new Digits[columns.size()];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = new Digits();
        }
    }

    /** A row as the library wants it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Row(@Nullable Object[] cells) {}

    /** The widest decimal of a column. */
    private static final class Digits {

        private int whole = 1;
        private int scale;

        void widen(BigDecimal value) {
            BigDecimal plain = value.stripTrailingZeros();
            scale = Math.max(scale, plain.scale());
            whole = Math.max(whole, plain.precision() - plain.scale());
        }

        boolean fits() {
            return whole + scale <= MOST_DIGITS;
        }

        boolean holds(BigDecimal value) {
            BigDecimal plain = value.stripTrailingZeros();
            return plain.scale() <= scale && plain.precision() - plain.scale() <= whole;
        }
    }

    /** Writes all; gives the number of rows. */
    long write(OutputStream out) throws IOException {
        if (columns.stream().anyMatch(column -> column.type() == ColumnType.DECIMAL)) {
            scan.rows(this::measure); // a file names digits and scale of a column before its first row
        }
        CarpetWriter.Builder<Row> builder = new CarpetWriter.Builder<>(new KeptOpen(out), Row.class)
                .withWriteRecordModel(model())
                .withDefaultTimeUnit(TimeUnit.MICROS)
                .withRowGroupSize(ROW_GROUP)
                .withPageSize(PAGE)
                .withCompressionCodec(codec())
                .withExtraMetaData("dlt.source", scan.source());
        for (Column column : columns) {
            if (column.unit().isPresent()) {
                builder = builder.withExtraMetaData(
                        "dlt.unit." + column.name(), column.unit().get());
            }
        }
        try (CarpetWriter<Row> writer = builder.build()) {
            scan.rows(cells -> write(writer, cells));
        }
        return written;
    }

    private void measure(@Nullable Object[] cells) {
        for (int i = 0; i < cells.length; i++) {
            if (cells[i] instanceof BigDecimal value) {
                digits[i].widen(value);
            }
        }
    }

    private void write(CarpetWriter<Row> writer, @Nullable Object[] cells) {
        for (int i = 0; i < cells.length; i++) {
            if (cells[i] instanceof BigDecimal value) {
                cells[i] = decimal(value, i);
            }
        }
        try {
            writer.write(new Row(cells));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        written++;
    }

    private Object decimal(BigDecimal value, int column) {
        if (!digits[column].fits()) {
            return value.toPlainString();
        }
        if (!digits[column].holds(value)) {
            throw new DltException(
                    ProblemCode.EXPORT_FAILED,
                    "column " + columns.get(column).name()
                            + " was given longer numbers while it was exported; export again");
        }
        return value.setScale(digits[column].scale);
    }

    private WriteRecordModelType<Row> model() {
        WriteRecordModelType<Row> model = FieldTypes.writeRecordModel(Row.class);
        for (int i = 0; i < columns.size(); i++) {
            int index = i;
            model = model.withField(columns.get(i).name(), type(i), row -> row.cells()[index]);
        }
        return model;
    }

    private FieldType type(int column) {
        return switch (columns.get(column).type()) {
            case TEXT -> FieldTypes.STRING;
            case DOUBLE -> FieldTypes.DOUBLE;
            case BIGINT -> FieldTypes.LONG;
            case DECIMAL ->
                digits[column].fits()
                        ? FieldTypes.BIG_DECIMAL.withPrecisionScale(
                                digits[column].whole + digits[column].scale, digits[column].scale)
                        : FieldTypes.STRING;
            case BOOLEAN -> FieldTypes.BOOLEAN;
            case TIMESTAMP -> FieldTypes.INSTANT;
            case DATE -> FieldTypes.LOCAL_DATE;
            case TIME -> FieldTypes.LOCAL_TIME;
            case UUID -> FieldTypes.UUID;
            case JSON -> FieldTypes.STRING.asJson();
        };
    }

    private CompressionCodecName codec() {
        return switch (compression) {
            case NONE -> CompressionCodecName.UNCOMPRESSED;
            case SNAPPY -> CompressionCodecName.SNAPPY;
            case GZIP -> CompressionCodecName.GZIP;
            case ZSTD -> CompressionCodecName.ZSTD;
        };
    }

    /** The caller's stream, which the caller closes. */
    private static final class KeptOpen extends FilterOutputStream {

        KeptOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] buffer, int from, int length) throws IOException {
            out.write(buffer, from, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
