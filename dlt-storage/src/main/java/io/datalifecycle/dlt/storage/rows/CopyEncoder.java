package io.datalifecycle.dlt.storage.rows;

import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.storage.sql.Identifier;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Writes rows of a batch by binary COPY: column arrays straight into one buffer, no object per row. Not thread-safe. */
public final class CopyEncoder {

    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int FLUSH = 64 * 1024;

    private final CopyBuffer buffer = new CopyBuffer(FLUSH + 8 * 1024);

    /** A column behind those of the batch, with a number for each index of a row. */
    public record Ordinal(String column, IntToLongFunction of) {}

    /** Writes rows from one index to another into a table whose columns are the batch's, with their number behind them, if any. */
    public void copy(Connection connection, String table, RowBatch rows, int from, int to, @Nullable Ordinal ordinal)
            throws SQLException {
        String columns = Identifier.list(
                        rows.schema().columns().stream().map(c -> c.name()).toList())
                + (ordinal == null ? "" : ", " + Identifier.quote(ordinal.column()));
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + table + " (" + columns + ") FROM STDIN (FORMAT binary)");
        boolean done = false;
        try {
            buffer.clear();
            buffer.raw(SIGNATURE);
            buffer.int4(0);
            buffer.int4(0);
            write((bytes, size) -> copy.writeToCopy(bytes, 0, size), rows, from, to, ordinal);
            buffer.int2(-1);
            copy.writeToCopy(buffer.bytes(), 0, buffer.size());
            copy.endCopy();
            done = true;
        } finally {
            if (!done && copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    /** Where full buffers go. */
    interface Out {
        void write(byte[] bytes, int size) throws SQLException;
    }

    void write(Out out, RowBatch rows, int from, int to, @Nullable Ordinal ordinal) throws SQLException {
        RowSchema schema = rows.schema();
        int columns = schema.size();
        ColumnType[] types = new ColumnType[columns];
        for (int c = 0; c < columns; c++) {
            types[c] = schema.column(c).type();
        }
        for (int row = from; row < to; row++) {
            buffer.int2(columns + (ordinal == null ? 0 : 1));
            for (int c = 0; c < columns; c++) {
                if (rows.isNull(row, c)) {
                    buffer.nullField();
                } else {
                    field(rows, row, c, types[c]);
                }
            }
            if (ordinal != null) {
                buffer.int8Field(ordinal.of().applyAsLong(row));
            }
            if (buffer.size() >= FLUSH) {
                out.write(buffer.bytes(), buffer.size());
                buffer.clear();
            }
        }
    }

    private void field(RowBatch rows, int row, int c, ColumnType type) throws SQLException {
        switch (type) {
            case DOUBLE -> buffer.int8Field(Double.doubleToLongBits(rows.doubleAt(row, c)));
            case BIGINT, TIME -> buffer.int8Field(rows.longAt(row, c));
            case TIMESTAMP -> buffer.int8Field(rows.longAt(row, c) - CopyBuffer.EPOCH_MICROS);
            case BOOLEAN -> buffer.boolField(rows.longAt(row, c) != 0);
            case DATE -> {
                buffer.int4(4);
                buffer.int4((int) rows.longAt(row, c) - CopyBuffer.EPOCH_DAYS);
            }
            case TEXT -> buffer.textField((String) rows.objectAt(row, c));
            case JSON -> buffer.jsonField((String) rows.objectAt(row, c));
            case DECIMAL -> buffer.numericField((BigDecimal) rows.objectAt(row, c));
            case UUID -> buffer.uuidField((UUID) rows.objectAt(row, c));
        }
    }
}
