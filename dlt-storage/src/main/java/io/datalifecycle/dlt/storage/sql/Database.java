package io.datalifecycle.dlt.storage.sql;

import io.datalifecycle.dlt.problem.DltException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.postgres.PostgresPlugin;

/** One database: transactions through Jdbi or plain JDBC, with errors worded. Thread-safe. */
public final class Database {

    private final String name;
    private final DataSource dataSource;
    private final Jdbi jdbi;

    public Database(String name, DataSource dataSource) {
        this.name = name;
        this.dataSource = dataSource;
        this.jdbi = Jdbi.create(dataSource).installPlugin(new PostgresPlugin());
    }

    /** Work with a Jdbi handle. */
    @FunctionalInterface
    public interface HandleWork<T> {
        T run(Handle handle) throws SQLException;
    }

    /** Work with a connection. */
    @FunctionalInterface
    public interface ConnectionWork<T> {
        T run(Connection connection) throws SQLException, java.io.IOException;
    }

    /** Name for messages. */
    public String name() {
        return name;
    }

    public DataSource dataSource() {
        return dataSource;
    }

    /** Throws when the database does not answer. */
    public void ping() {
        inTransaction("database " + name, handle -> handle.execute("SELECT 1"));
    }

    /** {@code up}, or what is wrong; never throws for a database that is away. */
    public String answer() {
        try {
            ping();
            return "up";
        } catch (DltException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Runs work in one transaction: committed when it returns, rolled back when it throws. */
    public <T> T inTransaction(String what, HandleWork<T> work) {
        try {
            return jdbi.inTransaction(handle -> work.run(handle));
        } catch (JdbiException | SQLException e) {
            throw SqlErrors.of(what, e);
        }
    }

    /** The same on the bare connection, for COPY and cursors. */
    public <T> T onConnection(String what, ConnectionWork<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            boolean done = false;
            try {
                T result = work.run(connection);
                connection.commit();
                done = true;
                return result;
            } finally {
                if (!done) {
                    rollback(connection);
                }
                restore(connection, autoCommit);
            }
        } catch (SQLException | java.io.IOException e) {
            throw SqlErrors.of(what, e);
        }
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException broken) {
            // the connection is gone and its transaction with it; the first error is the one to tell
        }
    }

    private static void restore(Connection connection, boolean autoCommit) throws SQLException {
        if (!connection.isClosed()) {
            connection.setAutoCommit(autoCommit);
        }
    }
}
