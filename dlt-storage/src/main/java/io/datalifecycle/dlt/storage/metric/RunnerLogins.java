package io.datalifecycle.dlt.storage.metric;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.schema.AppSchema;
import io.datalifecycle.dlt.storage.sql.Identifier;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two logins of a data database that run template SQL, the runner's with a pool for metrics and one for features. They are made by the owner (who needs CREATEROLE), their passwords are random
 * and kept in {@code dlt_data.login}, which only the owner may read, and their connections are those of the owner's URL with another user.
 */
final class RunnerLogins implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunnerLogins.class);

    private final HikariDataSource runner;
    private final HikariDataSource features;
    private final HikariDataSource analyst;

    private RunnerLogins(HikariDataSource runner, HikariDataSource features, HikariDataSource analyst) {
        this.runner = runner;
        this.features = features;
        this.analyst = analyst;
    }

    /** @param making whether they are made where they are missing; else nothing is changed */
    static RunnerLogins open(DataDatabase data, int connections, boolean making) {
        return data.database()
                .onConnection("logins of database " + data.database().name(), connection -> {
                    RoleNames names = RoleNames.of(connection);
                    if (making) {
                        make(connection, data, names);
                    }
                    Map<String, String> passwords = passwords(connection);
                    if (!passwords.keySet().containsAll(List.of(names.runner(), names.analyst()))) {
                        throw new DltException(
                                ProblemCode.SCHEMA_OUTDATED,
                                "database " + data.database().name() + ": the logins " + names.runner() + " and "
                                        + names.analyst()
                                        + " are not made; open it once with SchemaMode.MIGRATE or run what AppSchema.print() gives");
                    }
                    DatabaseMetaData address = connection.getMetaData();
                    return new RunnerLogins(
                            pool("runner", address.getURL(), names.runner(), passwords, connections),
                            pool("features", address.getURL(), names.runner(), passwords, connections),
                            pool("analyst", address.getURL(), names.analyst(), passwords, 1));
                });
    }

    private static void make(Connection connection, DataDatabase data, RoleNames names) throws SQLException {
        Cage.execute(connection, "SELECT pg_advisory_xact_lock(hashtextextended('dlt logins', 0))");
        // each is made anew when its workspace is first asked
        for (String foreign : names.foreignCages(connection)) {
            LOG.warn(
                    "database {}: {} is of another database, it is made anew",
                    data.database().name(),
                    foreign);
            Cage.execute(connection, "DROP FUNCTION " + foreign);
        }
        Cage.execute(connection, AppSchema.logins());
        harden(connection, data);
    }

    private static Map<String, String> passwords(Connection connection) throws SQLException {
        Map<String, String> passwords = new HashMap<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet there = statement.executeQuery("SELECT to_regclass('dlt_data.login') IS NOT NULL")) {
                if (!there.next() || !there.getBoolean(1)) {
                    return passwords;
                }
            }
            try (ResultSet row = statement.executeQuery("SELECT role, password FROM dlt_data.login")) {
                while (row.next()) {
                    passwords.put(row.getString(1), row.getString(2));
                }
            }
        }
        return passwords;
    }

    /**
     * What PUBLIC may do, the runner may do. Where the owner may not revoke it, an administrator has to; the cage holds without it. To
     * revoke what one did not grant is not even an error, so what counts is what is left.
     */
    private static void harden(Connection connection, DataDatabase data) throws SQLException {
        String database = Identifier.quote(connection.getCatalog());
        String schema = Identifier.quote(data.schema());
        Map<String, String> statements = Map.of(
                "REVOKE TEMPORARY ON DATABASE " + database + " FROM PUBLIC",
                "SELECT has_database_privilege('public', current_database(), 'TEMPORARY')",
                "REVOKE CREATE ON SCHEMA " + schema + " FROM PUBLIC",
                "SELECT has_schema_privilege('public', " + Identifier.literal(data.schema()) + ", 'CREATE')");
        for (Map.Entry<String, String> entry : statements.entrySet()) {
            if (!holds(connection, entry.getValue())) {
                continue;
            }
            Savepoint before = connection.setSavepoint();
            try {
                Cage.execute(connection, entry.getKey());
                connection.releaseSavepoint(before);
            } catch (SQLException e) {
                connection.rollback(before);
            }
            if (holds(connection, entry.getValue())) {
                LOG.warn(
                        "database {}: not allowed to {}; docs/isolation.md has the script for an administrator",
                        data.database().name(),
                        entry.getKey());
            }
        }
    }

    private static boolean holds(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** A refused write (0A000) says nothing bad of the connection; the pool would close it in the middle of the work. */
    private static final class KeepRefused implements SQLExceptionOverride {

        @java.lang.Override
        public Override adjudicate(SQLException refused) {
            return "0A000".equals(refused.getSQLState()) ? Override.DO_NOT_EVICT : Override.CONTINUE_EVICT;
        }
    }

    private static HikariDataSource pool(
            String name, String url, String user, Map<String, String> passwords, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(withoutLogin(url));
        config.setUsername(user);
        config.setPassword(passwords.get(user));
        config.setPoolName("dlt-" + name);
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

    DataSource features() {
        return features;
    }

    DataSource analyst() {
        return analyst;
    }

    @Override
    public void close() {
        runner.close();
        features.close();
        analyst.close();
    }
}
