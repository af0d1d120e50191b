package io.datalifecycle.dlt.storage.dialect;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Hypertables, of the Apache edition too: chunks come by themselves, retention is our own call of drop_chunks. */
final class TimescaleDialect {

    void create(Connection connection, TimeTable table, String columns) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + table.quoted() + " (" + columns + ")");
        }
        String sql =
                "SELECT create_hypertable(?::regclass, by_range(?::name, ?::text::interval), create_default_indexes => false)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, table.quoted());
            statement.setString(2, table.time());
            statement.setString(
                    3, Duration.of(table.chunkMicros(), ChronoUnit.MICROS).toString());
            statement.execute();
        }
    }

    List<String> dropBefore(Connection connection, TimeTable table, Instant instant) throws SQLException {
        List<String> dropped = new ArrayList<>();
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT drop_chunks(?::regclass, older_than => ?::timestamptz)")) {
            statement.setString(1, table.quoted());
            statement.setObject(2, OffsetDateTime.ofInstant(instant, ZoneOffset.UTC));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    dropped.add(rows.getString(1));
                }
            }
        }
        return dropped;
    }
}
