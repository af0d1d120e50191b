package io.datalifecycle.dlt.storage.dialect;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.time.TimeRange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Compression of whole chunks, which TimescaleDB has under its own license only. Stateless. */
public final class Compression {

    /** Of these a key usually has few values, each with many rows in a chunk: segments then compress well and are found by key. */
    private static final Set<ColumnType> SEGMENTS = Set.of(ColumnType.TEXT, ColumnType.UUID, ColumnType.BIGINT);

    private Compression() {}

    /** The statement that allows compression: segments by the natural key without the time, rows in them newest first. */
    static String enable(TimeTable table, List<String> segmentBy) {
        String segments = segmentBy.isEmpty()
                ? ""
                : ", timescaledb.compress_segmentby = " + Identifier.literal(Identifier.list(segmentBy));
        return "ALTER TABLE " + table.quoted() + " SET (timescaledb.compress, timescaledb.compress_orderby = "
                + Identifier.literal(Identifier.quote(table.time()) + " DESC") + segments + ")";
    }

    /** The columns whose values a segment has in common; may be empty. */
    static List<String> segmentBy(Store store, RowSchema schema) {
        return store.naturalKey().stream()
                .filter(name -> !name.equals(store.time()))
                .filter(name -> schema.find(name)
                        .map(Column::type)
                        .filter(SEGMENTS::contains)
                        .isPresent())
                .toList();
    }

    /** Allows compression where that was not done yet. */
    public static void enable(Connection connection, TimeTable table, Store store, RowSchema schema)
            throws SQLException {
        if (!isEnabled(connection, table)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(enable(table, segmentBy(store, schema)));
            }
        }
    }

    private static boolean isEnabled(Connection connection, TimeTable table) throws SQLException {
        String sql = "SELECT compression_enabled FROM timescaledb_information.hypertables "
                + "WHERE hypertable_schema = ? AND hypertable_name = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, table.schema());
            statement.setString(2, table.name());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** Chunks that end at or before an instant, oldest first, compressed ones among them: late rows may have come into those. */
    public static List<String> chunks(Connection connection, TimeTable table, Instant before) throws SQLException {
        List<String> chunks = new ArrayList<>();
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT show_chunks(?::regclass, older_than => ?::timestamptz)::text")) {
            statement.setString(1, table.quoted());
            statement.setObject(2, OffsetDateTime.ofInstant(before, ZoneOffset.UTC));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    chunks.add(rows.getString(1));
                }
            }
        }
        return chunks;
    }

    /**
     * Decompresses the chunks that may hold rows of a span: compressed rows have no place by which they are found again. Maintenance
     * compresses them anew.
     */
    public static void decompress(Connection connection, TimeTable table, TimeRange span) throws SQLException {
        for (String chunk : compressed(connection, table, span)) {
            decompress(connection, chunk);
        }
    }

    static void decompress(Connection connection, String chunk) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT decompress_chunk(?::regclass, if_compressed => true)")) {
            statement.setString(1, chunk);
            statement.execute();
        }
    }

    private static List<String> compressed(Connection connection, TimeTable table, TimeRange span) throws SQLException {
        List<String> chunks = new ArrayList<>();
        String sql = "SELECT format('%I.%I', chunk_schema, chunk_name) FROM timescaledb_information.chunks "
                + "WHERE hypertable_schema = ? AND hypertable_name = ? AND is_compressed AND range_start < ? AND range_end > ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, table.schema());
            statement.setString(2, table.name());
            statement.setObject(3, OffsetDateTime.ofInstant(span.to(), ZoneOffset.UTC));
            statement.setObject(4, OffsetDateTime.ofInstant(span.from(), ZoneOffset.UTC));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    chunks.add(rows.getString(1));
                }
            }
        }
        return chunks;
    }

    /** Compresses a chunk, or what came into it since. */
    public static void compress(Connection connection, String chunk) throws SQLException {
        try (Statement settings = connection.createStatement();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT compress_chunk(?::regclass, if_not_compressed => true)")) {
            settings.execute("SET LOCAL client_min_messages = warning"); // a chunk with nothing to do gives a notice
            statement.setString(1, chunk);
            statement.execute();
        }
    }
}
