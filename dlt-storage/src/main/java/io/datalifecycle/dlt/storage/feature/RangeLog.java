package io.datalifecycle.dlt.storage.feature;

import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.FeatureWriter.Consumer;
import io.datalifecycle.dlt.spi.FeatureWriter.Touched;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The log of touched spans: one entry per span and consumer, written in the transaction of the rows, deleted in the transaction that took
 * it in. There is no mark to fall behind: an entry that commits late is simply still there.
 */
public final class RangeLog {

    private RangeLog() {}

    /**
     * Logs spans of a store for everyone who takes in its changes now. A caller who works with an earlier revision than the tables are of is
     * refused, for he has written rows of another shape: the transaction has the table locked against changes by now, so it is known for sure.
     *
     * @param declared who does by the caller's version; counts only for workspaces that were provisioned before this was kept
     */
    public static void touch(
            Connection connection,
            WorkspaceContext workspace,
            Ref source,
            Collection<String> declared,
            List<TimeRange> ranges)
            throws SQLException {
        if (ranges.isEmpty()) {
            return;
        }
        String sql = "WITH shape AS (SELECT revision FROM dlt_data.workspace WHERE workspace = ?), logged AS ("
                + "INSERT INTO dlt_data.touched (workspace, consumer, source, range_from, range_to) "
                + "SELECT ?, c.name, ?, r.lo, r.hi FROM (SELECT consumer AS name FROM dlt_data.consumer WHERE workspace = ? AND source = ? "
                + "UNION SELECT unnest(?::text[]) WHERE NOT EXISTS (SELECT FROM shape)) AS c, "
                + "unnest(?::timestamptz[], ?::timestamptz[]) AS r (lo, hi)) SELECT revision FROM shape";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            long id = workspace.id().value();
            statement.setLong(1, id);
            statement.setLong(2, id);
            statement.setString(3, source.toString());
            statement.setLong(4, id);
            statement.setString(5, source.toString());
            statement.setArray(6, connection.createArrayOf("text", declared.toArray()));
            statement.setArray(7, DerivedRows.instants(connection, ranges, TimeRange::from));
            statement.setArray(8, DerivedRows.instants(connection, ranges, TimeRange::to));
            try (ResultSet row = statement.executeQuery()) {
                if (row.next()) {
                    refuseOutdated(workspace, source, row.getLong(1));
                }
            }
        }
    }

    /** Throws when the tables are of a later revision than the caller's. */
    public static void refuseOutdated(WorkspaceContext workspace, Ref store, long revision) {
        if (revision > workspace.revision()) {
            throw new ConflictException(
                    ProblemCode.WORKSPACE_CHANGED,
                    store + " of workspace " + workspace.key() + ": this is revision " + workspace.revision()
                            + ", the workspace has revision " + revision + " by now; ask for the workspace anew");
        }
    }

    /** Logs spans of a store for one consumer only. */
    public static void touch(
            Connection connection, WorkspaceContext workspace, Ref source, String consumer, List<TimeRange> ranges)
            throws SQLException {
        String sql = "INSERT INTO dlt_data.touched (workspace, consumer, source, range_from, range_to) "
                + "SELECT ?, ?, ?, * FROM unnest(?::timestamptz[], ?::timestamptz[])";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, workspace.id().value());
            statement.setString(2, consumer);
            statement.setString(3, source.toString());
            statement.setArray(4, DerivedRows.instants(connection, ranges, TimeRange::from));
            statement.setArray(5, DerivedRows.instants(connection, ranges, TimeRange::to));
            statement.executeUpdate();
        }
    }

    /** Forgets what was logged for a consumer of a source that it no longer reads. */
    public static void forget(Connection connection, WorkspaceContext workspace, String consumer, String source)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "DELETE FROM dlt_data.touched WHERE workspace = ? AND consumer = ? AND source = ?")) {
            statement.setLong(1, workspace.id().value());
            statement.setString(2, consumer);
            statement.setString(3, source);
            statement.executeUpdate();
        }
    }

    /** What was logged for a consumer, oldest first. */
    public static List<Touched> pending(Connection connection, WorkspaceContext workspace, Consumer consumer)
            throws SQLException {
        String sql =
                "SELECT id, source, range_from, range_to FROM dlt_data.touched WHERE workspace = ? AND consumer = ? ORDER BY id";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, workspace.id().value());
            statement.setString(2, consumer.name());
            List<Touched> pending = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    pending.add(new Touched(
                            row.getLong(1),
                            Ref.parse(row.getString(2)).orElseThrow(),
                            TimeRange.of(
                                    row.getObject(3, OffsetDateTime.class).toInstant(),
                                    row.getObject(4, OffsetDateTime.class).toInstant())));
                }
            }
            return pending;
        }
    }

    /** Forgets entries that were taken in. */
    public static void forget(Connection connection, WorkspaceContext workspace, Collection<Long> ids)
            throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM dlt_data.touched WHERE workspace = ? AND id = ANY (?)")) {
            statement.setLong(1, workspace.id().value());
            statement.setArray(2, connection.createArrayOf("bigint", ids.toArray()));
            statement.executeUpdate();
        }
    }
}
