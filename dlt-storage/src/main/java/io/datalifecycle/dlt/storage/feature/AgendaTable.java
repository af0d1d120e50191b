package io.datalifecycle.dlt.storage.feature;

import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code dlt_data.feature}: what is to be done of each featurestore. Its row is the lock of everything that is done to the store. */
final class AgendaTable {

    private static final String WHERE = " FROM dlt_data.feature WHERE workspace = ? AND store = ?";

    private AgendaTable() {}

    /**
     * A row.
     *
     * @param definition hash of the definition that its intervals are of
     * @param todo intervals to redo
     * @param asked until when it was last asked
     */
    record Row(String definition, List<TimeRange> todo, Optional<Instant> asked, boolean paused, long fence) {}

    static Optional<Row> read(Connection connection, WorkspaceContext workspace, String store, boolean lock)
            throws SQLException {
        String sql = "SELECT definition, asked, paused, fence, " + Multirange.columns("todo") + WHERE
                + (lock ? " FOR UPDATE" : "");
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, workspace.id().value());
            statement.setString(2, store);
            return row(statement);
        }
    }

    /** The row, locked, with only those of the given intervals that are still to be done. */
    static Optional<Row> lock(Connection connection, WorkspaceContext workspace, String store, List<TimeRange> of)
            throws SQLException {
        String sql = "SELECT definition, asked, paused, fence, " + Multirange.columns("todo * ?::tstzmultirange")
                + WHERE + " FOR UPDATE";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            String wanted = Multirange.text(of);
            statement.setString(1, wanted);
            statement.setString(2, wanted);
            statement.setLong(3, workspace.id().value());
            statement.setString(4, store);
            return row(statement);
        }
    }

    private static Optional<Row> row(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            return Optional.of(new Row(
                    row.getString(1),
                    Multirange.read(row, 5),
                    Optional.ofNullable(row.getObject(2, OffsetDateTime.class)).map(OffsetDateTime::toInstant),
                    row.getBoolean(3),
                    row.getLong(4)));
        }
    }

    /** Adds a row for a store that has none; another node may be quicker. */
    static void insert(Connection connection, WorkspaceContext workspace, String store, String definition)
            throws SQLException {
        insert(connection, workspace, Map.of(store, definition));
    }

    /** The same for several stores, each with its definition; one round trip. */
    static void insert(Connection connection, WorkspaceContext workspace, Map<String, String> definitions)
            throws SQLException {
        String sql =
                "INSERT INTO dlt_data.feature (workspace, store, definition) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Map.Entry<String, String> store : definitions.entrySet()) {
                statement.setLong(1, workspace.id().value());
                statement.setString(2, store.getKey());
                statement.setString(3, store.getValue());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    static void update(Connection connection, WorkspaceContext workspace, String store, Row row) throws SQLException {
        String sql =
                "UPDATE dlt_data.feature SET definition = ?, todo = ?::tstzmultirange, asked = ?, paused = ?, fence = ? "
                        + "WHERE workspace = ? AND store = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, row.definition());
            statement.setString(2, Multirange.text(row.todo()));
            statement.setObject(
                    3, row.asked().map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null));
            statement.setBoolean(4, row.paused());
            statement.setLong(5, row.fence());
            statement.setLong(6, workspace.id().value());
            statement.setString(7, store);
            statement.executeUpdate();
        }
    }

    static void done(Connection connection, WorkspaceContext workspace, String store, List<TimeRange> intervals)
            throws SQLException {
        String sql = "UPDATE dlt_data.feature SET todo = todo - ?::tstzmultirange WHERE workspace = ? AND store = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, Multirange.text(intervals));
            statement.setLong(2, workspace.id().value());
            statement.setString(3, store);
            statement.executeUpdate();
        }
    }
}
