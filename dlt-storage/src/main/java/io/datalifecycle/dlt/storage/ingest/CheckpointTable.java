package io.datalifecycle.dlt.storage.ingest;

import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.Checkpoint;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Positions that move with rows: locked, compared, advanced in the rows' transaction. */
final class CheckpointTable {

    private static final String OWNED = "(name = ? OR starts_with(name, ?))";

    private CheckpointTable() {}

    static void advance(Connection connection, WorkspaceId workspace, Checkpoint checkpoint) throws SQLException {
        Optional<String> there = position(connection, workspace, checkpoint.name(), " FOR UPDATE");
        boolean moved = there.equals(checkpoint.expected())
                && (there.isEmpty()
                        ? insert(connection, workspace, checkpoint)
                        : update(connection, workspace, checkpoint));
        if (!moved) {
            throw new ConflictException(
                    ProblemCode.CHECKPOINT_CONFLICT,
                    "checkpoint " + checkpoint.name()
                            + " has moved on; somebody else does this work, read the position again");
        }
        for (Map.Entry<String, byte[]> part : checkpoint.state().entrySet()) {
            if (part.getValue().length == 0) {
                remove(connection, workspace, checkpoint.name(), part.getKey());
            } else {
                save(connection, workspace, checkpoint.name(), part.getKey(), part.getValue());
            }
        }
    }

    private static boolean insert(Connection connection, WorkspaceId workspace, Checkpoint checkpoint)
            throws SQLException {
        String sql =
                "INSERT INTO dlt_data.checkpoint (workspace, name, position) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, workspace.value());
            statement.setString(2, checkpoint.name());
            statement.setString(3, checkpoint.next());
            return statement.executeUpdate() == 1;
        }
    }

    private static boolean update(Connection connection, WorkspaceId workspace, Checkpoint checkpoint)
            throws SQLException {
        String sql = "UPDATE dlt_data.checkpoint SET position = ? WHERE workspace = ? AND name = ? AND position = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, checkpoint.next());
            statement.setLong(2, workspace.value());
            statement.setString(3, checkpoint.name());
            statement.setString(4, checkpoint.expected().orElseThrow());
            return statement.executeUpdate() == 1;
        }
    }

    private static void save(Connection connection, WorkspaceId workspace, String name, String part, byte[] content)
            throws SQLException {
        String sql = "INSERT INTO dlt_data.checkpoint_state (workspace, name, part, content) VALUES (?, ?, ?, ?) "
                + "ON CONFLICT (workspace, name, part) DO UPDATE SET content = excluded.content";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, workspace.value());
            statement.setString(2, name);
            statement.setString(3, part);
            statement.setBytes(4, content);
            statement.executeUpdate();
        }
    }

    private static void remove(Connection connection, WorkspaceId workspace, String name, String part)
            throws SQLException {
        String sql = "DELETE FROM dlt_data.checkpoint_state WHERE workspace = ? AND name = ? AND part = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, workspace.value());
            statement.setString(2, name);
            statement.setString(3, part);
            statement.executeUpdate();
        }
    }

    /** Positions of an owner and its lanes. */
    static Map<String, String> positions(Connection connection, WorkspaceId workspace, String name)
            throws SQLException {
        Map<String, String> positions = new LinkedHashMap<>();
        String sql =
                "SELECT name, position FROM dlt_data.checkpoint WHERE workspace = ? AND " + OWNED + " ORDER BY name";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            owned(statement, workspace, name);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    positions.put(rows.getString(1), rows.getString(2));
                }
            }
        }
        return positions;
    }

    /** Removes positions and states of an owner and its lanes. */
    static void forget(Connection connection, WorkspaceId workspace, String name) throws SQLException {
        for (String table : new String[] {"checkpoint", "checkpoint_state"}) {
            String sql = "DELETE FROM dlt_data." + table + " WHERE workspace = ? AND " + OWNED;
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                owned(statement, workspace, name);
                statement.executeUpdate();
            }
        }
    }

    private static void owned(PreparedStatement statement, WorkspaceId workspace, String name) throws SQLException {
        statement.setLong(1, workspace.value());
        statement.setString(2, name);
        statement.setString(3, name + "#");
    }

    static Optional<Checkpoint.Saved> read(Connection connection, WorkspaceId workspace, String name)
            throws SQLException {
        Optional<String> position = position(connection, workspace, name, "");
        if (position.isEmpty()) {
            return Optional.empty();
        }
        Map<String, byte[]> state = new LinkedHashMap<>();
        String sql =
                "SELECT part, content FROM dlt_data.checkpoint_state WHERE workspace = ? AND name = ? ORDER BY part";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, workspace.value());
            statement.setString(2, name);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    state.put(rows.getString(1), rows.getBytes(2));
                }
            }
        }
        return Optional.of(new Checkpoint.Saved(position.get(), state));
    }

    private static Optional<String> position(Connection connection, WorkspaceId workspace, String name, String lock)
            throws SQLException {
        String sql = "SELECT position FROM dlt_data.checkpoint WHERE workspace = ? AND name = ?" + lock;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, workspace.value());
            statement.setString(2, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }
}
