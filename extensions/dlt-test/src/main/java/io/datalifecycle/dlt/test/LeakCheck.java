package io.datalifecycle.dlt.test;

import io.datalifecycle.dlt.testdb.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Whatever a test must not leave in its database: open transactions and session locks. */
final class LeakCheck {

    private static final String LEFT = """
            SELECT 'a transaction of ' || usename || ' is still open' FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%'
            UNION ALL
            SELECT 'an advisory lock is still held' FROM pg_locks
             WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
               AND pid <> pg_backend_pid()
            """;

    private LeakCheck() {}

    static void check(TestDatabase database) throws SQLException {
        List<String> left = new ArrayList<>();
        try (Connection connection = database.superuser().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(LEFT)) {
            while (row.next()) {
                left.add(row.getString(1));
            }
        }
        if (!left.isEmpty()) {
            throw new AssertionError("the test left something in its database: " + left);
        }
    }
}
