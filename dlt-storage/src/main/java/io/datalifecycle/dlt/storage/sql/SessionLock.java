package io.datalifecycle.dlt.storage.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Supplier;

/** A lock of the session: it ends with the connection, so with its node. No transaction is open meanwhile. */
public final class SessionLock {

    private SessionLock() {}

    /**
     * Runs work while the lock is held.
     *
     * @param name what is locked, the same on all nodes
     * @param taken made and thrown when somebody else holds it
     */
    public static <T> T hold(Database database, String name, Supplier<RuntimeException> taken, Supplier<T> work) {
        try (Connection connection = database.dataSource().getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(true);
            try {
                if (!ask(connection, "SELECT pg_try_advisory_lock(hashtextextended(?, 0))", name)) {
                    throw taken.get();
                }
                try {
                    return work.get();
                } finally {
                    unlock(connection, name);
                }
            } finally {
                restore(connection, autoCommit);
            }
        } catch (SQLException e) {
            throw SqlErrors.of("lock " + name, e);
        }
    }

    private static boolean ask(Connection connection, String sql, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** A connection that broke has let go already; what the work threw is what counts. */
    private static void unlock(Connection connection, String name) {
        try {
            ask(connection, "SELECT pg_advisory_unlock(hashtextextended(?, 0))", name);
        } catch (SQLException broken) {
            // gone with its lock
        }
    }

    private static void restore(Connection connection, boolean autoCommit) throws SQLException {
        if (!connection.isClosed()) {
            connection.setAutoCommit(autoCommit);
        }
    }
}
