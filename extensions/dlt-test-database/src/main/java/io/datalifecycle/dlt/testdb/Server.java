package io.datalifecycle.dlt.testdb;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * A running PostgreSQL and what this JVM has made on it. Every name starts with a prefix of this JVM's own, so that several
 * may share a server.
 */
final class Server {

    /** A login. */
    record Account(String name, String password) {}

    private static final Pattern URL = Pattern.compile("(jdbc:postgresql://[^/?]+/)([^?]*)(\\?.*)?");

    private final String urlBefore;
    private final String urlAfter;
    private final String maintenanceDatabase;
    private final Account administrator;
    private final Account owner;
    private final String prefix = "dlt_test_" + UUID.randomUUID().toString().substring(0, 8);
    private final AtomicInteger sequence = new AtomicInteger();
    private final Set<Backend> backends;

    /** Connects, looks for TimescaleDB and makes the owner. */
    Server(String url, Account administrator) throws SQLException {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw new SQLException("not jdbc:postgresql://host:port/database: " + url);
        }
        this.urlBefore = parts.group(1);
        this.maintenanceDatabase = parts.group(2).isEmpty() ? "postgres" : parts.group(2);
        this.urlAfter = parts.group(3) == null ? "" : parts.group(3);
        this.administrator = administrator;
        this.owner = new Account(prefix + "_owner", UUID.randomUUID().toString());
        try (Connection connection = maintenance();
                Statement statement = connection.createStatement()) {
            this.backends = Collections.unmodifiableSet(backends(statement));
            statement.execute("CREATE ROLE " + owner.name() + " LOGIN CREATEROLE PASSWORD '" + owner.password() + "'");
            // An administrator that is no superuser may give away a database only to a role it is a member of.
            statement.execute("DO $$ BEGIN IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN "
                    + "EXECUTE 'GRANT " + owner.name() + " TO ' || quote_ident(current_user); END IF; END $$");
        }
    }

    private static Set<Backend> backends(Statement statement) throws SQLException {
        Set<Backend> backends = EnumSet.of(Backend.PLAIN);
        // Only a superuser may end the extension's worker in a template, and without that there are no clones. The
        // setting
        // is one of the preloaded library; the list of preloaded libraries is for superusers to see.
        String preloaded =
                "SELECT FROM pg_available_extensions, pg_roles WHERE name = 'timescaledb' AND rolname = current_user"
                        + " AND rolsuper AND current_setting('timescaledb.disable_load', true) IS NOT NULL";
        try (ResultSet rows = statement.executeQuery(preloaded)) {
            if (rows.next()) {
                backends.add(Backend.TIMESCALE);
            }
        }
        return backends;
    }

    Set<Backend> backends() {
        return backends;
    }

    Account owner() {
        return owner;
    }

    Account administrator() {
        return administrator;
    }

    String jdbcUrl(String database) {
        return urlBefore + database + urlAfter;
    }

    DataSource dataSource(String database, Account account) {
        return new SessionDataSource(jdbcUrl(database), account.name(), account.password());
    }

    private Connection maintenance() throws SQLException {
        return dataSource(maintenanceDatabase, administrator).getConnection();
    }

    TestDatabase create(String template, Backend backend) throws SQLException {
        String name = prefix + "_" + sequence.incrementAndGet();
        try (Connection connection = maintenance();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT max(oid)::bigint FROM pg_roles")) {
            rows.next();
            long newestRole = rows.getLong(1);
            createDatabase(connection, name, template);
            return new TestDatabase(this, name, backend, newestRole);
        }
    }

    /** An empty database with the extension, which only the administrator may be allowed to create. */
    String createTimescaleTemplate() throws SQLException {
        String name = prefix + "_t_timescale";
        try (Connection connection = maintenance()) {
            createDatabase(connection, name, "template0");
            try (Connection inside = dataSource(name, administrator).getConnection();
                    Statement statement = inside.createStatement()) {
                statement.execute("CREATE EXTENSION timescaledb");
            }
            freeze(connection, name);
        }
        return name;
    }

    String createTemplate(String suffix, String template, Consumer<DataSource> preparation) throws SQLException {
        String name = prefix + "_" + suffix;
        try (Connection connection = maintenance()) {
            createDatabase(connection, name, template);
            try {
                preparation.accept(dataSource(name, owner));
            } catch (RuntimeException | Error e) {
                drop(connection, name);
                throw e;
            }
            freeze(connection, name);
        }
        return name;
    }

    private void createDatabase(Connection connection, String name, String template) throws SQLException {
        execute(connection, "CREATE DATABASE " + name + " OWNER " + owner.name() + " TEMPLATE " + template);
    }

    /** A template must have no connections, neither a pool's that was left open nor TimescaleDB's own worker. */
    private static void freeze(Connection connection, String name) throws SQLException {
        execute(connection, "ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
        execute(
                connection,
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '" + name + "'");
    }

    private static void drop(Connection connection, String name) throws SQLException {
        execute(connection, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }

    /** Roles belong to the whole server, so those made through a database have to be dropped after it. */
    void drop(String name, long newestRole) throws SQLException {
        try (Connection connection = maintenance()) {
            drop(connection, name);
            for (String role : unusedRoles(connection, newestRole)) {
                execute(connection, "DROP ROLE IF EXISTS \"" + role.replace("\"", "\"\"") + '"');
            }
        }
    }

    private List<String> unusedRoles(Connection connection, long newestRole) throws SQLException {
        // Since PostgreSQL 16 a role's maker is its first member; older servers keep the roles until the server goes.
        String sql = "SELECT r.rolname FROM pg_roles r JOIN pg_auth_members m ON m.roleid = r.oid"
                + " WHERE m.member = '" + owner.name() + "'::regrole AND m.admin_option AND r.oid::bigint > "
                + newestRole
                + " AND NOT EXISTS (SELECT FROM pg_shdepend d WHERE d.refclassid = 'pg_authid'::regclass AND d.refobjid = r.oid)";
        List<String> roles = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                roles.add(rows.getString(1));
            }
        }
        return roles;
    }

    /** Removes whatever this JVM has made and not closed; for servers that outlive it. */
    void dropEverything() throws SQLException {
        try (Connection connection = maintenance()) {
            List<String> databases = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT datname FROM pg_database WHERE starts_with(datname, '" + prefix + "_')")) {
                while (rows.next()) {
                    databases.add(rows.getString(1));
                }
            }
            for (String database : databases) {
                drop(connection, database);
            }
            for (String role : unusedRoles(connection, 0)) {
                execute(connection, "DROP ROLE IF EXISTS \"" + role.replace("\"", "\"\"") + '"');
            }
            execute(connection, "DROP ROLE IF EXISTS " + owner.name());
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
