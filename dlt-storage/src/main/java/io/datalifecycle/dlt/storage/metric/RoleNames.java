package io.datalifecycle.dlt.storage.metric;

import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;

/** Names of the roles of one data database. Roles belong to the whole server, so the database's identity is part of them. */
record RoleNames(String stem) {

    static RoleNames of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT oid::text || '/' || datname FROM pg_catalog.pg_database WHERE datname = current_database()")) {
            row.next();
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(row.getString(1).getBytes(StandardCharsets.UTF_8));
            return new RoleNames("dlt_" + HexFormat.of().formatHex(hash, 0, 6));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** May call cages, is member of nothing, owns nothing. */
    String runner() {
        return stem + "_runner";
    }

    /** May make temporary tables to look at SQL over, and sees no others. */
    String analyst() {
        return stem + "_analyst";
    }

    /** Owns the cage of one workspace and may read its tables. */
    String workspace(WorkspaceId id) {
        return stem + "_w" + id.value();
    }
}
