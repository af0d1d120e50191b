package io.datalifecycle.dlt.storage.dialect;

import io.datalifecycle.dlt.storage.sql.Identifier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Hypertables, of the Apache edition too: chunks come by themselves, retention is our own call of drop_chunks. */
final class TimescaleDialect {

    static String ddl(TimeTable table, String columns) {
        Duration chunk = Duration.of(table.chunkMicros(), ChronoUnit.MICROS);
        return "CREATE TABLE " + table.quoted() + " (" + columns + "); SELECT create_hypertable("
                + Identifier.literal(table.quoted()) + "::regclass, by_range(" + Identifier.literal(table.time())
                + "::name, " + Identifier.literal(chunk.toString())
                + "::interval), create_default_indexes => false)";
    }

    /** Holds for chunks to come. */
    static void chunk(Connection connection, TimeTable table) throws SQLException {
        String sql = "SELECT set_chunk_time_interval(?::regclass, ?::text::interval)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, table.quoted());
            statement.setString(
                    2, Duration.of(table.chunkMicros(), ChronoUnit.MICROS).toString());
            statement.execute();
        }
    }

    boolean hasBefore(Connection connection, TimeTable table, Instant instant) throws SQLException {
        return !chunks(connection, "show_chunks", table, instant).isEmpty();
    }

    Dropped dropBefore(Connection connection, TimeTable table, Instant instant) throws SQLException {
        Optional<Instant> end = end(connection, table, instant);
        List<String> dropped = chunks(connection, "drop_chunks", table, instant);
        return dropped.isEmpty() ? Dropped.NONE : new Dropped(dropped, Optional.of(end.orElse(instant)));
    }

    private static List<String> chunks(Connection connection, String function, TimeTable table, Instant before)
            throws SQLException {
        List<String> chunks = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT " + function + "(?::regclass, older_than => ?::timestamptz)::text")) {
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

    /** End of the last chunk that ends at or before an instant; empty where the catalogue may not be read. */
    private static Optional<Instant> end(Connection connection, TimeTable table, Instant instant) throws SQLException {
        if (!mayReadCatalogue(connection)) {
            return Optional.empty();
        }
        String sql = "SELECT max(range_end) FROM timescaledb_information.chunks "
                + "WHERE hypertable_schema = ? AND hypertable_name = ? AND range_end <= ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, table.schema());
            statement.setString(2, table.name());
            statement.setObject(3, OffsetDateTime.ofInstant(instant, ZoneOffset.UTC));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return Optional.ofNullable(row.getObject(1, OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant);
            }
        }
    }

    private static boolean mayReadCatalogue(Connection connection) throws SQLException {
        String sql = "SELECT has_schema_privilege('timescaledb_information', 'USAGE')";
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
