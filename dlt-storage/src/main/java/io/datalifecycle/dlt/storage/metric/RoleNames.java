package io.datalifecycle.dlt.storage.metric;

import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Names of the roles of one data database. Roles belong to the whole server, so the database's oid is part of them: two databases never
 * share roles, a renamed database keeps its own, and a copy gets new ones. {@code logins.sql} builds the same names. Immutable.
 *
 * @param stem what all names begin with
 */
public record RoleNames(String stem) {

    /** Those of the database behind a connection. */
    public static RoleNames of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT oid::text FROM pg_catalog.pg_database WHERE datname = current_database()")) {
            row.next();
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(row.getString(1).getBytes(StandardCharsets.UTF_8));
            return new RoleNames("dlt_" + HexFormat.of().formatHex(hash, 0, 6));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** May call cages, is member of nothing, owns nothing. */
    public String runner() {
        return stem + "_runner";
    }

    /** May make temporary tables to look at SQL over, and sees no others. */
    public String analyst() {
        return stem + "_analyst";
    }

    /** Owns the cage of one workspace and may read its tables. */
    public String workspace(WorkspaceId id) {
        return stem + "_w" + id.value();
    }

    /**
     * Cages that belong to somebody else, with their arguments: after a dump was restored, or a database copied, they are those of the
     * roles of the other database, or of whoever restored it, with his rights.
     */
    public List<String> foreignCages(Connection connection) throws SQLException {
        String sql =
                "SELECT format('%I.%I(%s)', n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)) "
                        + "FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace "
                        + "WHERE n.nspname = '" + Cage.SCHEMA
                        + "' AND pg_catalog.pg_get_userbyid(p.proowner) <> ? || '_' || p.proname ORDER BY 1";
        List<String> foreign = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, stem);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    foreign.add(row.getString(1));
                }
            }
        }
        return foreign;
    }
}
