package io.datalifecycle.dlt.storage.metric;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.sql.Identifier;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.HexFormat;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two logins of a data database that run template SQL. They are made by the owner (who needs CREATEROLE), their passwords are random
 * and kept in {@code dlt_data.login}, which only the owner may read, and their connections are those of the owner's URL with another user.
 */
final class RunnerLogins implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunnerLogins.class);

    private static final List<String> RUNNER_SETTINGS = List.of(
            "default_transaction_read_only = on",
            "statement_timeout = '5s'",
            "lock_timeout = '1s'",
            "idle_in_transaction_session_timeout = '15s'",
            "search_path = pg_catalog");

    private static final List<String> ANALYST_SETTINGS =
            List.of("statement_timeout = '5s'", "lock_timeout = '1s'", "idle_in_transaction_session_timeout = '15s'");

    private final HikariDataSource runner;
    private final HikariDataSource analyst;

    private RunnerLogins(HikariDataSource runner, HikariDataSource analyst) {
        this.runner = runner;
        this.analyst = analyst;
    }

    static RunnerLogins open(DataDatabase data, int connections) {
        return data.database()
                .onConnection("logins of database " + data.database().name(), connection -> {
                    RoleNames names = RoleNames.of(connection);
                    lock(connection);
                    Cage.execute(connection, "CREATE SCHEMA IF NOT EXISTS " + Identifier.quote(Cage.SCHEMA));
                    Cage.execute(
                            connection,
                            "CREATE TABLE IF NOT EXISTS dlt_data.login (role text PRIMARY KEY, password text NOT NULL)");
                    String runnerPassword = login(connection, names.runner(), RUNNER_SETTINGS);
                    String analystPassword = login(connection, names.analyst(), ANALYST_SETTINGS);
                    Cage.execute(
                            connection,
                            "GRANT USAGE ON SCHEMA " + Identifier.quote(Cage.SCHEMA) + " TO "
                                    + Identifier.quote(names.runner()));
                    harden(connection, data, names);
                    DatabaseMetaData address = connection.getMetaData();
                    return new RunnerLogins(
                            pool(address.getURL(), names.runner(), runnerPassword, connections, true),
                            pool(address.getURL(), names.analyst(), analystPassword, 1, false));
                });
    }

    private static void lock(Connection connection) throws SQLException {
        Cage.execute(connection, "SELECT pg_advisory_xact_lock(hashtextextended('dlt logins', 0))");
    }

    private static String login(Connection connection, String role, List<String> settings) throws SQLException {
        String known = password(connection, role);
        boolean there = Cage.roleExists(connection, role);
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        String password = known.isEmpty() ? HexFormat.of().formatHex(random) : known;
        if (!there || known.isEmpty()) {
            Cage.execute(
                    connection,
                    (there ? "ALTER ROLE " : "CREATE ROLE ") + Identifier.quote(role) + " LOGIN NOINHERIT PASSWORD "
                            + Identifier.literal(password));
            for (String setting : settings) {
                Cage.execute(connection, "ALTER ROLE " + Identifier.quote(role) + " SET " + setting);
            }
            try (PreparedStatement statement =
                    connection.prepareStatement("INSERT INTO dlt_data.login (role, password) VALUES (?, ?) "
                            + "ON CONFLICT (role) DO UPDATE SET password = excluded.password")) {
                statement.setString(1, role);
                statement.setString(2, password);
                statement.executeUpdate();
            }
        }
        return password;
    }

    private static String password(Connection connection, String role) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT password FROM dlt_data.login WHERE role = ?")) {
            statement.setString(1, role);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : "";
            }
        }
    }

    /** What PUBLIC may do, the runner may do. Where the owner may not revoke it, an operator has to; the cage holds without it. */
    private static void harden(Connection connection, DataDatabase data, RoleNames names) throws SQLException {
        String database = Identifier.quote(connection.getCatalog());
        List<String> statements = List.of(
                "REVOKE TEMPORARY ON DATABASE " + database + " FROM PUBLIC",
                "GRANT TEMPORARY ON DATABASE " + database + " TO " + Identifier.quote(names.analyst()),
                "REVOKE CREATE ON SCHEMA " + Identifier.quote(data.schema()) + " FROM PUBLIC");
        for (String statement : statements) {
            Savepoint before = connection.setSavepoint();
            try {
                Cage.execute(connection, statement);
                connection.releaseSavepoint(before);
            } catch (SQLException e) {
                connection.rollback(before);
                LOG.warn(
                        "database {}: not allowed to {}; docs/isolation.md has the script for an administrator",
                        data.database().name(),
                        statement.substring(0, statement.indexOf(" ON")));
            }
        }
    }

    /** A refused write (0A000) says nothing bad of the connection; the pool would close it in the middle of the work. */
    private static final class KeepRefused implements SQLExceptionOverride {

        @java.lang.Override
        public Override adjudicate(SQLException refused) {
            return "0A000".equals(refused.getSQLState()) ? Override.DO_NOT_EVICT : Override.CONTINUE_EVICT;
        }
    }

    private static HikariDataSource pool(String url, String user, String password, int connections, boolean readOnly) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(withoutLogin(url));
        config.setUsername(user);
        config.setPassword(password);
        config.setPoolName("dlt-" + (readOnly ? "runner" : "analyst"));
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(0);
        config.setIdleTimeout(60_000);
        config.setConnectionTimeout(10_000);
        config.setAutoCommit(false);
        config.setConnectionInitSql(
                "SET TIME ZONE 'UTC'"); // the driver sends the JVM's zone, which wins over the role's
        config.setIsolateInternalQueries(true); // commits the line above, which the first rollback would undo
        config.setExceptionOverride(new KeepRefused());
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("socketTimeout", "60"); // a dead link must not hold a thread for ever
        config.addDataSourceProperty("maxResultBuffer", "64M"); // a result is cut off before it fills the heap
        return new HikariDataSource(config);
    }

    /** The URL without user and password, which would win over the pool's. */
    static String withoutLogin(String url) {
        int question = url.indexOf('?');
        if (question < 0) {
            return url;
        }
        StringBuilder kept = new StringBuilder();
        for (String parameter : url.substring(question + 1).split("&")) {
            if (!parameter.startsWith("user=") && !parameter.startsWith("password=")) {
                kept.append(kept.length() == 0 ? "?" : "&").append(parameter);
            }
        }
        return url.substring(0, question) + kept;
    }

    DataSource runner() {
        return runner;
    }

    DataSource analyst() {
        return analyst;
    }

    @Override
    public void close() {
        runner.close();
        analyst.close();
    }
}
