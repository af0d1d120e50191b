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
import java.util.Set;

/**
 * The cage of a workspace: a function that runs the text it is given, owned by a role that cannot log in and may read that workspace's
 * tables and nothing else. STABLE, so that PostgreSQL refuses every write in it; SECURITY DEFINER, so that {@code SET ROLE} is refused in
 * it; the text arrives as a value, so that the driver never takes it apart. Its inputs are {@code $1}, texts that the query casts, and
 * {@code $2}, instants: a cast from text to timestamptz depends on settings, so PostgreSQL would not look at it while planning and would
 * plan for all partitions and chunks of a store instead of those the instants leave. Thread-safe.
 */
public final class Cage {

    static final String SCHEMA = "dlt_cage";

    /**
     * Grants on a schema all change the one row of that schema, and of two transactions that do so at a time PostgreSQL fails one; so they queue up
     * here, until the transaction ends.
     */
    private static final String LOCK_SCHEMAS = "SELECT pg_advisory_xact_lock(hashtextextended('dlt schema grants', 0))";

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

    /**
     * Makes role, function and grants, within the provisioner's transaction. Doing it again only adds what is missing. All of it is sent as one:
     * each round trip costs as much as a grant.
     */
    public void install(Connection connection, DataDatabase data, WorkspaceContext workspace) throws SQLException {
        Set<String> relations = new LinkedHashSet<>();
        for (Store store : workspace.template().stores()) {
            relations.add(RealtimeView.readable(workspace, data.schema(), store));
            relations.add(RealtimeView.stored(workspace, data.schema(), store));
        }
        String schema = Identifier.quote(data.schema());
        CageState there = CageState.of(connection, workspace.id(), schema, relations);
        String role = Identifier.quote(there.names().workspace(workspace.id()));
        List<String> ddl = new ArrayList<>();
        if (!there.role()) {
            ddl.add("CREATE ROLE " + role + " NOLOGIN NOINHERIT");
            ddl.add("GRANT " + role + " TO CURRENT_USER"
                    + (there.server() >= 160_000 ? " WITH SET TRUE, INHERIT FALSE" : ""));
        }
        if (!there.unreadable().isEmpty()) {
            ddl.add("GRANT SELECT ON " + String.join(", ", there.unreadable()) + " TO " + role);
        }
        List<String> rights = new ArrayList<>();
        if (!there.usage()) {
            rights.add("GRANT USAGE ON SCHEMA " + schema + " TO " + role);
        }
        rights.addAll(function(there, workspace.id(), schema, role));
        if (!rights.isEmpty()) {
            ddl.add(LOCK_SCHEMAS);
            ddl.addAll(rights);
        }
        if (!ddl.isEmpty()) {
            execute(connection, String.join(";\n", ddl));
        }
    }

    /** What makes the function where it is not there or not its own, and lets runner and owner call it. */
    private static List<String> function(CageState there, WorkspaceId id, String schema, String role) {
        List<String> ddl = new ArrayList<>();
        String signature = signature(id);
        if (there.function() && !there.sound()) {
            ddl.add("DROP FUNCTION " + signature);
        }
        boolean make = !there.sound();
        if (make) {
            ddl.add("CREATE FUNCTION " + function(id)
                    + " (q text, p text[], t timestamptz[]) RETURNS SETOF record LANGUAGE plpgsql STABLE "
                    + "SECURITY DEFINER SET search_path = pg_catalog, " + schema + ", pg_temp SET work_mem = '16MB' "
                    + "AS $$ BEGIN RETURN QUERY EXECUTE q USING p, t; END $$");
            ddl.add("REVOKE ALL ON FUNCTION " + signature + " FROM PUBLIC");
            ddl.add("GRANT EXECUTE ON FUNCTION " + signature + " TO "
                    + Identifier.quote(there.names().runner()));
        }
        if (make || !there.callable()) {
            String cages = Identifier.quote(SCHEMA);
            ddl.add("GRANT USAGE, CREATE ON SCHEMA " + cages + " TO " + role); // for a moment
            if (make) {
                ddl.add("ALTER FUNCTION " + signature + " OWNER TO " + role);
            }
            ddl.add("SET LOCAL ROLE " + role); // only a function's owner may grant
            // checks run in the transaction of a refresh, so by the owner's login; the function's rights stay those of
            // its role
            ddl.add("GRANT EXECUTE ON FUNCTION " + signature + " TO " + Identifier.quote(there.owner()));
            ddl.add("RESET ROLE");
            ddl.add("REVOKE USAGE, CREATE ON SCHEMA " + cages + " FROM " + role);
        }
        return ddl;
    }

    /** Name and argument types, in quotes. */
    static String signature(WorkspaceId id) {
        return function(id) + " (text, text[], timestamptz[])";
    }

    /** Takes the right to read relations from a workspace's role, within the provisioner's transaction. */
    public void revoke(Connection connection, WorkspaceId id, List<String> relations) throws SQLException {
        if (!relations.isEmpty()) {
            execute(
                    connection,
                    "REVOKE ALL ON " + String.join(", ", relations) + " FROM "
                            + Identifier.quote(RoleNames.of(connection).workspace(id)));
        }
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
        if (hasGrant(connection, data.schema(), names.workspace(id))) {
            execute(connection, LOCK_SCHEMAS);
            execute(connection, "REVOKE ALL ON SCHEMA " + Identifier.quote(data.schema()) + " FROM " + role);
        }
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

    private static boolean hasGrant(Connection connection, String schema, String role) throws SQLException {
        String sql = "SELECT 1 FROM pg_catalog.pg_namespace n, pg_catalog.aclexplode(n.nspacl) a "
                + "WHERE n.nspname = ? AND a.grantee = to_regrole(?)::oid";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, schema);
            statement.setString(2, role);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
