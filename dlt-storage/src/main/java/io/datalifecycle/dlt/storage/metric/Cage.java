package io.datalifecycle.dlt.storage.metric;

import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.feature.RealtimeView;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The cage of a workspace: a function that runs the text it is given, owned by a role that cannot log in and may read that workspace's
 * tables and nothing else. STABLE, so that PostgreSQL refuses every write in it; SECURITY DEFINER, so that {@code SET ROLE} is refused in
 * it; the text arrives as a value, so that the driver never takes it apart. Its inputs are {@code $1}, texts that the query casts, and
 * {@code $2}, instants: a cast from text to timestamptz depends on settings, so PostgreSQL would not look at it while planning and would
 * plan for all partitions and chunks of a store instead of those the instants leave. Thread-safe.
 */
public final class Cage {

    static final String SCHEMA = "dlt_cage";

    /** Quoted name of the function of a workspace. */
    static String function(WorkspaceId id) {
        return Identifier.qualified(SCHEMA, "w" + id.value());
    }

    /** Held while a workspace's objects are made or removed, until the transaction ends. */
    public void lock(Connection connection, WorkspaceId id) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")) {
            lock.setString(1, "dlt workspace " + id);
            lock.execute();
        }
    }

    /** Makes role, function and grants, within the provisioner's transaction. Doing it again only adds what is missing. */
    public void install(Connection connection, DataDatabase data, WorkspaceContext workspace) throws SQLException {
        RoleNames names = RoleNames.of(connection);
        String role = Identifier.quote(names.workspace(workspace.id()));
        if (!roleExists(connection, names.workspace(workspace.id()))) {
            execute(connection, "CREATE ROLE " + role + " NOLOGIN NOINHERIT");
            execute(
                    connection,
                    "GRANT " + role + " TO CURRENT_USER"
                            + (version(connection) >= 160_000 ? " WITH SET TRUE, INHERIT FALSE" : ""));
        }
        if (functionExists(connection, workspace.id()) && !isSound(connection, workspace.id())) {
            execute(connection, "DROP FUNCTION " + signature(workspace.id()));
        }
        if (!functionExists(connection, workspace.id())) {
            create(connection, data, workspace.id(), role, Identifier.quote(names.runner()));
        }
        if (!isCallable(connection, workspace.id())) {
            letOwnerCall(connection, workspace.id(), role);
        }
        execute(connection, "GRANT USAGE ON SCHEMA " + Identifier.quote(data.schema()) + " TO " + role);
        for (Store store : workspace.template().stores()) {
            for (String relation : new LinkedHashSet<>(List.of(
                    RealtimeView.readable(workspace, data.schema(), store),
                    RealtimeView.stored(workspace, data.schema(), store)))) {
                execute(connection, "GRANT SELECT ON " + relation + " TO " + role);
            }
        }
    }

    /** Whether the user of this connection may call it; cages of older versions were the runner's alone. */
    boolean isCallable(Connection connection, WorkspaceId id) throws SQLException {
        return exists(
                connection,
                "SELECT 1 FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace "
                        + "WHERE n.nspname = '" + SCHEMA
                        + "' AND p.proname = ? AND pg_catalog.has_function_privilege(p.oid, 'EXECUTE')",
                "w" + id.value());
    }

    /** Checks run in the transaction of a refresh, so by the owner's login; the function's rights stay those of its role. */
    private static void letOwnerCall(Connection connection, WorkspaceId id, String role) throws SQLException {
        String owner;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_user::text")) {
            row.next();
            owner = row.getString(1);
        }
        execute(connection, "GRANT USAGE ON SCHEMA " + Identifier.quote(SCHEMA) + " TO " + role);
        execute(connection, "SET LOCAL ROLE " + role); // only a function's owner may grant
        execute(connection, "GRANT EXECUTE ON FUNCTION " + signature(id) + " TO " + Identifier.quote(owner));
        execute(connection, "RESET ROLE");
        execute(connection, "REVOKE USAGE ON SCHEMA " + Identifier.quote(SCHEMA) + " FROM " + role);
    }

    /** Whether it is there, belongs to its role, and the runner of this database may call it: in a copy of a database it is not. */
    boolean isSound(Connection connection, WorkspaceId id) throws SQLException {
        RoleNames names = RoleNames.of(connection);
        String sql = "SELECT pg_catalog.pg_get_userbyid(p.proowner) = ? AND EXISTS (SELECT FROM pg_catalog.pg_roles r "
                + "WHERE r.rolname = ? AND has_function_privilege(r.oid, p.oid, 'EXECUTE')) FROM pg_catalog.pg_proc p "
                + "JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = '" + SCHEMA
                + "' AND p.proname = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, names.workspace(id));
            statement.setString(2, names.runner());
            statement.setString(3, "w" + id.value());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static String signature(WorkspaceId id) {
        return function(id) + " (text, text[], timestamptz[])";
    }

    private static void create(Connection connection, DataDatabase data, WorkspaceId id, String role, String runner)
            throws SQLException {
        String signature = signature(id);
        execute(
                connection,
                "CREATE FUNCTION " + function(id)
                        + " (q text, p text[], t timestamptz[]) RETURNS SETOF record LANGUAGE plpgsql STABLE "
                        + "SECURITY DEFINER SET search_path = pg_catalog, " + Identifier.quote(data.schema())
                        + ", pg_temp SET work_mem = '16MB' "
                        + "AS $$ BEGIN RETURN QUERY EXECUTE q USING p, t; END $$");
        execute(connection, "REVOKE ALL ON FUNCTION " + signature + " FROM PUBLIC");
        execute(connection, "GRANT EXECUTE ON FUNCTION " + signature + " TO " + runner);
        execute(
                connection,
                "GRANT CREATE ON SCHEMA " + Identifier.quote(SCHEMA) + " TO "
                        + role); // a new owner needs it for a moment
        execute(connection, "ALTER FUNCTION " + signature + " OWNER TO " + role);
        execute(connection, "REVOKE CREATE ON SCHEMA " + Identifier.quote(SCHEMA) + " FROM " + role);
    }

    /** Removes function, grants and role, within the provisioner's transaction. */
    public void uninstall(Connection connection, DataDatabase data, WorkspaceId id) throws SQLException {
        RoleNames names = RoleNames.of(connection);
        if (!roleExists(connection, names.workspace(id))) {
            return;
        }
        String role = Identifier.quote(names.workspace(id));
        execute(connection, "SET LOCAL ROLE " + role);
        execute(connection, "DROP OWNED BY " + role); // its function; grants of other owners need their owner
        execute(connection, "RESET ROLE");
        execute(connection, "REVOKE ALL ON SCHEMA " + Identifier.quote(data.schema()) + " FROM " + role);
        for (String table : granted(connection, names.workspace(id))) {
            execute(connection, "REVOKE ALL ON " + table + " FROM " + role);
        }
        execute(connection, "DROP ROLE " + role);
    }

    /** Roles and functions that are left of a workspace. */
    public List<String> residue(Connection connection, DataDatabase data, WorkspaceId id) throws SQLException {
        List<String> left = new ArrayList<>();
        if (roleExists(connection, RoleNames.of(connection).workspace(id))) {
            left.add("role " + RoleNames.of(connection).workspace(id));
        }
        if (functionExists(connection, id)) {
            left.add("function " + function(id));
        }
        return left;
    }

    private static List<String> granted(Connection connection, String role) throws SQLException {
        String sql =
                "SELECT DISTINCT c.oid::regclass::text FROM pg_catalog.pg_class c, pg_catalog.aclexplode(c.relacl) a "
                        + "JOIN pg_catalog.pg_roles r ON r.oid = a.grantee WHERE r.rolname = ?";
        List<String> tables = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, role);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    tables.add(rows.getString(1)); // regclass gives it quoted
                }
            }
        }
        return tables;
    }

    static boolean roleExists(Connection connection, String role) throws SQLException {
        return exists(connection, "SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = ?", role);
    }

    private static boolean functionExists(Connection connection, WorkspaceId id) throws SQLException {
        return exists(
                connection,
                "SELECT 1 FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace "
                        + "WHERE n.nspname = '" + SCHEMA + "' AND p.proname = ?",
                "w" + id.value());
    }

    private static boolean exists(Connection connection, String sql, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW server_version_num")) {
            row.next();
            return Integer.parseInt(row.getString(1));
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
