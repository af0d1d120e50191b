package io.datalifecycle.dlt.storage.plan;

import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;

/** {@code dlt_data.workspace}: the revision that a workspace's tables are of. Its row is locked by whoever changes them. */
final class ShapeTable {

    private ShapeTable() {}

    /** Notes the revision of tables that were just made; a later one that is noted stays. */
    static void begin(Connection connection, WorkspaceContext workspace) throws SQLException {
        String sql =
                "INSERT INTO dlt_data.workspace (workspace, revision) VALUES (?, ?) ON CONFLICT (workspace) DO UPDATE "
                        + "SET revision = excluded.revision WHERE workspace.revision < excluded.revision";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, workspace.id().value());
            statement.setLong(2, workspace.revision());
            statement.executeUpdate();
        }
    }

    /** The revision, locked until the transaction ends; empty when the workspace has no tables here. */
    static OptionalLong lock(Connection connection, WorkspaceContext workspace) throws SQLException {
        String sql = "SELECT revision FROM dlt_data.workspace WHERE workspace = ? FOR UPDATE";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, workspace.id().value());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    /** The upgrade that builds tables beside those in use; empty when none does. */
    static OptionalLong building(Connection connection, WorkspaceContext workspace) throws SQLException {
        String sql = "SELECT building FROM dlt_data.workspace WHERE workspace = ? AND building IS NOT NULL";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, workspace.id().value());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    /** Notes that an upgrade builds tables beside those in use, or with empty that none does. */
    static void building(Connection connection, WorkspaceContext workspace, OptionalLong upgrade) throws SQLException {
        String sql = "UPDATE dlt_data.workspace SET building = ? WHERE workspace = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, upgrade.isPresent() ? upgrade.getAsLong() : null, java.sql.Types.BIGINT);
            statement.setLong(2, workspace.id().value());
            statement.executeUpdate();
        }
    }

    /** Raises the revision. */
    static void raise(Connection connection, WorkspaceContext workspace, long revision) throws SQLException {
        String sql = "UPDATE dlt_data.workspace SET revision = ?, building = NULL WHERE workspace = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, revision);
            statement.setLong(2, workspace.id().value());
            statement.executeUpdate();
        }
    }
}
