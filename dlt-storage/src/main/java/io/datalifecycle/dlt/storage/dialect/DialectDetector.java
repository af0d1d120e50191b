package io.datalifecycle.dlt.storage.dialect;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Looks which dialect a data database speaks. */
public final class DialectDetector {

    private DialectDetector() {}

    /** TimescaleDB where its extension is installed in this database, else plain PostgreSQL. */
    public static StoreDialect detect(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found =
                        statement.executeQuery("SELECT 1 FROM pg_catalog.pg_extension WHERE extname = 'timescaledb'")) {
            return found.next() ? new TimescaleDialect() : new PartitionDialect();
        }
    }
}
