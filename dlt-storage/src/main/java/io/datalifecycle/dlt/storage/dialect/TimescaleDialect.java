package io.datalifecycle.dlt.storage.dialect;

import io.datalifecycle.dlt.time.TimeRange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Hypertables, of the Apache edition too: chunks come by themselves, retention is our own call of drop_chunks. */
final class TimescaleDialect implements StoreDialect {

    @Override
    public String name() {
        return "timescaledb";
    }

    @Override
    public String tableSuffix(TimeTable table) {
        return "";
    }

    @Override
    public void created(Connection connection, TimeTable table) throws SQLException {
        String sql =
                "SELECT create_hypertable(?::regclass, by_range(?::name, ?::text::interval), create_default_indexes => false)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, table.quoted());
            statement.setString(2, table.time());
            statement.setString(3, table.chunkMicros() + " microseconds");
            statement.execute();
        }
    }

    @Override
    public void ensure(Connection connection, TimeTable table, long[] micros) {
        // chunks are created by the extension as rows come
    }

    @Override
    public void ensure(Connection connection, TimeTable table, TimeRange span) {
        // as above
    }

    @Override
    public List<String> dropBefore(Connection connection, TimeTable table, Instant instant) throws SQLException {
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

    @Override
    public void forget(TimeTable table) {
        // nothing is remembered
    }
}
