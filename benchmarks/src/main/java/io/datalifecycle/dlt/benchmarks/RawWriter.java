package io.datalifecycle.dlt.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** The other side of the comparison: the same rows written with plain JDBC. */
final class RawWriter {

    private static final String COLUMNS = "(ts, asset_id, pressure, vibration, temperature, flow, cycles, state)";
    private static final long EPOCH_2000 = 946_684_800L;
    private static final int CHUNK = 64 * 1024;

    private final List<byte[]> encoded;
    private final List<SensorRows.Row> rows;

    /** Encodes now, so that writing is all that is timed. */
    RawWriter(int count) throws IOException {
        rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rows.add(SensorRows.row(i));
        }
        encoded = encode(rows);
    }

    private static List<byte[]> encode(List<SensorRows.Row> rows) throws IOException {
        List<byte[]> chunks = new ArrayList<>();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(CHUNK + 512);
        DataOutputStream out = new DataOutputStream(bytes);
        out.write("PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1));
        out.writeInt(0);
        out.writeInt(0);
        for (SensorRows.Row row : rows) {
            encode(row, out);
            if (bytes.size() >= CHUNK) {
                chunks.add(bytes.toByteArray());
                bytes.reset();
            }
        }
        out.writeShort(-1);
        chunks.add(bytes.toByteArray());
        return chunks;
    }

    private static void encode(SensorRows.Row row, DataOutputStream out) throws IOException {
        out.writeShort(8);
        out.writeInt(8);
        out.writeLong((row.second() - EPOCH_2000) * 1_000_000L);
        text(row.asset(), out);
        for (double value : new double[] {row.pressure(), row.vibration(), row.temperature(), row.flow()}) {
            out.writeInt(8);
            out.writeDouble(value);
        }
        out.writeInt(8);
        out.writeLong(row.cycles());
        text(row.state(), out);
    }

    private static void text(String text, DataOutputStream out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** Binary COPY of all rows in one transaction. */
    void copy(DataSource database, String table) throws SQLException {
        try (Connection connection = database.getConnection()) {
            CopyIn copy = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY " + table + " " + COLUMNS + " FROM STDIN (FORMAT binary)");
            for (byte[] chunk : encoded) {
                copy.writeToCopy(chunk, 0, chunk.length);
            }
            copy.endCopy();
        }
    }

    /** Batches of 1,000 prepared inserts, each batch a transaction: what is usual. */
    void jdbc(DataSource database, String table, boolean keyed) throws SQLException {
        String sql = "INSERT INTO " + table + " " + COLUMNS + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                + (keyed ? " ON CONFLICT (ts, asset_id) DO NOTHING" : "");
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(sql)) {
            connection.setAutoCommit(false);
            int n = 0;
            for (SensorRows.Row row : rows) {
                insert.setObject(1, OffsetDateTime.ofInstant(Instant.ofEpochSecond(row.second()), ZoneOffset.UTC));
                insert.setString(2, row.asset());
                insert.setDouble(3, row.pressure());
                insert.setDouble(4, row.vibration());
                insert.setDouble(5, row.temperature());
                insert.setDouble(6, row.flow());
                insert.setLong(7, row.cycles());
                insert.setString(8, row.state());
                insert.addBatch();
                if (++n % 1_000 == 0) {
                    insert.executeBatch();
                    connection.commit();
                }
            }
            insert.executeBatch();
            connection.commit();
            connection.setAutoCommit(true);
        }
    }
}
