package io.datalifecycle.dlt.storage.metric;

import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/**
 * What is there of a cage, asked in one statement whose every part is found by name or oid, so that it costs as much among ten thousand roles
 * as among ten. Immutable.
 *
 * @param names of the roles of this database
 * @param server number of the PostgreSQL version
 * @param owner whoever is asking, and owns the tables
 * @param role whether its role is there
 * @param function whether its function is there
 * @param sound whether the function belongs to its role and the runner of this database may call it
 * @param callable whether the owner may call it
 * @param usage whether the role may use the schema of the tables, by a grant of its own or one to everybody
 * @param unreadable relations that the role may not read yet
 */
record CageState(
        RoleNames names,
        int server,
        String owner,
        boolean role,
        boolean function,
        boolean sound,
        boolean callable,
        boolean usage,
        List<String> unreadable) {

    /** The stem of the names is the one that {@link RoleNames} gives, so that it need not be asked for first. */
    private static final String SQL = """
            WITH stem AS (SELECT 'dlt_' || encode(substring(sha256(convert_to(oid::text, 'UTF8')) FROM 1 FOR 6), 'hex') AS stem
                            FROM pg_catalog.pg_database WHERE datname = current_database())
            SELECT o.stem, current_setting('server_version_num')::int, current_user::text, o.role IS NOT NULL, o.function IS NOT NULL,
                   coalesce((SELECT p.proowner = o.role FROM pg_catalog.pg_proc p WHERE p.oid = o.function)
                       AND has_function_privilege(o.runner, o.function, 'EXECUTE'), false),
                   coalesce(has_function_privilege(o.function, 'EXECUTE'), false),
                   coalesce(has_schema_privilege(o.role, o.home, 'USAGE'), false),
                   ARRAY(SELECT name FROM unnest(?::text[]) WITH ORDINALITY AS t(name, ordinal)
                         WHERE NOT coalesce(has_table_privilege(o.role, to_regclass(name)::oid, 'SELECT'), false) ORDER BY ordinal)
              FROM (SELECT stem, to_regrole(stem || ?)::oid AS role, to_regrole(stem || ?)::oid AS runner,
                           to_regnamespace(?)::oid AS home, to_regprocedure(?)::oid AS function FROM stem) AS o""";

    static CageState of(Connection connection, WorkspaceId id, String quotedSchema, Collection<String> relations)
            throws SQLException {
        RoleNames tail = new RoleNames("");
        Array wanted = connection.createArrayOf("text", relations.toArray());
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            statement.setArray(1, wanted);
            statement.setString(2, tail.workspace(id));
            statement.setString(3, tail.runner());
            statement.setString(4, quotedSchema);
            statement.setString(5, Cage.signature(id));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new CageState(
                        new RoleNames(row.getString(1)),
                        row.getInt(2),
                        row.getString(3),
                        row.getBoolean(4),
                        row.getBoolean(5),
                        row.getBoolean(6),
                        row.getBoolean(7),
                        row.getBoolean(8),
                        List.of((String[]) row.getArray(9).getArray()));
            }
        } finally {
            wanted.free();
        }
    }
}
