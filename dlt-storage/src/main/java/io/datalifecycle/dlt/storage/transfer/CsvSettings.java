package io.datalifecycle.dlt.storage.transfer;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Settings under which the text of values is exact and the same everywhere; they end with the transaction. */
final class CsvSettings {

    private CsvSettings() {}

    /** For reading, from one snapshot. The first statement of a transaction. */
    static void snapshot(Connection connection) throws SQLException {
        execute(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
        use(connection);
    }

    static void use(Connection connection) throws SQLException {
        execute(
                connection,
                "SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL extra_float_digits = 1; "
                        + "SET LOCAL bytea_output = 'hex'");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
