package io.datalifecycle.dlt.storage.dialect;

import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * {@code dlt_data.floor}: the instant before which rows of a store may have gone by retention. What reaches below it cannot be computed
 * again from that store and is left as it is. Stateless; works within the caller's transaction.
 */
public final class Floors {

    private static final String LOCK = "(hashtextextended(?, 0))";

    private Floors() {}

    /**
     * The floor of a store; empty while nothing was dropped. It holds until the transaction ends: retention waits for whoever asked,
     * and who asks waits for retention. Ask before the rows are read; each statement must see its own snapshot (read committed).
     */
    public static Optional<Instant> of(Connection connection, WorkspaceContext workspace, Ref store)
            throws SQLException {
        lock(connection, "SELECT pg_advisory_xact_lock_shared" + LOCK, workspace, store);
        String sql = "SELECT dropped_before FROM dlt_data.floor WHERE workspace = ? AND store = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, workspace.id().value());
            statement.setString(2, store.toString());
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(row.getObject(1, OffsetDateTime.class).toInstant())
                        : Optional.empty();
            }
        }
    }

    /** To be held by whoever drops rows, before anything is looked at. */
    public static void hold(Connection connection, WorkspaceContext workspace, Ref store) throws SQLException {
        lock(connection, "SELECT pg_advisory_xact_lock" + LOCK, workspace, store);
    }

    private static void lock(Connection connection, String sql, WorkspaceContext workspace, Ref store)
            throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(sql)) {
            lock.setString(1, "dlt floor " + workspace.id().value() + " " + store);
            lock.execute();
        }
    }

    /** Notes that rows before an instant may be gone; never moves back. */
    public static void raise(Connection connection, WorkspaceContext workspace, Ref store, Instant end)
            throws SQLException {
        String sql =
                "INSERT INTO dlt_data.floor (workspace, store, dropped_before) VALUES (?, ?, ?) ON CONFLICT (workspace, store) "
                        + "DO UPDATE SET dropped_before = greatest(floor.dropped_before, excluded.dropped_before)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, workspace.id().value());
            statement.setString(2, store.toString());
            statement.setObject(3, end.atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
        }
    }
}
