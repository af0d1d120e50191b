package io.datalifecycle.dlt.testdb;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A new connection each time, in a zone that is neither UTC nor any JVM's. The zone is set by a statement because the driver
 * sends the JVM's zone when it connects, and that wins over what role and database say.
 */
final class SessionDataSource implements DataSource {

    static final String TIME_ZONE = "Asia/Kathmandu";

    private final PGSimpleDataSource driver = new PGSimpleDataSource();

    SessionDataSource(String url, String user, String password) {
        driver.setUrl(url);
        driver.setUser(user);
        driver.setPassword(password);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return inZone(driver.getConnection());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return inZone(driver.getConnection(user, password));
    }

    private static Connection inZone(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TIME ZONE '" + TIME_ZONE + "'");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return driver.getLogWriter();
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {
        driver.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) {
        driver.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() {
        return driver.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("no java.util.logging here");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        return driver.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || driver.isWrapperFor(type);
    }
}
