package io.datalifecycle.dlt.storage.dialect;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What a data database can. Immutable.
 *
 * @param server number of the PostgreSQL version, for instance 170_011
 * @param timescale version of the TimescaleDB extension in this database; empty where it is not created
 * @param license {@code timescale}, {@code apache}, or empty where there is no TimescaleDB
 */
public record Capabilities(int server, Optional<String> timescale, String license) {

    private static final int NULLS_NOT_DISTINCT = 150_000;

    /** Looks at the database behind a connection: the extension may come later than the first workspace. */
    public static Capabilities of(Connection connection) throws SQLException {
        String sql = "SELECT current_setting('server_version_num')::int, "
                + "(SELECT extversion FROM pg_catalog.pg_extension WHERE extname = 'timescaledb'), "
                + "coalesce(current_setting('timescaledb.license', true), '')";
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            Optional<String> version = Optional.ofNullable(row.getString(2));
            return new Capabilities(row.getInt(1), version, version.isEmpty() ? "" : row.getString(3));
        }
    }

    /** Whether tables become hypertables. */
    public boolean hypertables() {
        return timescale().isPresent();
    }

    /** Whether chunks can be compressed: TimescaleDB under its own license; the Apache edition refuses. */
    public boolean compression() {
        return hypertables() && license.equals("timescale");
    }

    /** Whether a unique index can take a null for a value, since PostgreSQL 15. */
    public boolean nullsNotDistinct() {
        return server >= NULLS_NOT_DISTINCT;
    }

    @Override
    public String toString() {
        String postgres = "PostgreSQL " + server / 10_000;
        return hypertables()
                ? postgres + " with TimescaleDB " + timescale().get() + " (license " + license + ")"
                : postgres;
    }
}
