package io.datalifecycle.dlt.storage.plan;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.spi.Reshaper.Hidden;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.workspace.PhysicalName;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code dlt_data.hidden}: columns and tables that nobody reads. A hidden column is called {@code ~gone<id>} in its table, a hidden table
 * {@code gone<id>_wid<n>}; columns that were hidden in it before are noted under {@code gone:<id>} while it is hidden itself.
 */
final class HiddenTable {

    private static final String REPLACED = "replaced";
    private static final String REMOVED = "removed";

    private HiddenTable() {}

    /** Name of a hidden column in its table. */
    static String column(long id) {
        return "~gone" + id;
    }

    /** Key that a hidden table is named after. */
    static String key(long id) {
        return "gone" + id;
    }

    /** What the columns of a hidden table are noted under. */
    static String owner(long id) {
        return "gone:" + id;
    }

    /** What is hidden: a column of a store, or without one its table. */
    record Gone(Ref store, Optional<Column> column, String shape, boolean replaced) {

        static Gone column(Ref store, Column column) {
            return new Gone(store, Optional.of(column), "", false);
        }

        static Gone table(Ref store, String shape, boolean replaced) {
            return new Gone(store, Optional.empty(), shape, replaced);
        }
    }

    /** Notes what is hidden now; gives its number. */
    static long add(Connection connection, WorkspaceContext workspace, Gone gone, Instant at) throws SQLException {
        String sql =
                "INSERT INTO dlt_data.hidden (workspace, store, \"column\", type, relation, shape, reason, hidden_at) "
                        + "VALUES (?, ?, ?, ?, '', ?, ?, ?) RETURNING id";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, workspace.id().value());
            statement.setString(2, gone.store().toString());
            statement.setString(3, gone.column().map(Column::name).orElse(null));
            statement.setString(4, gone.column().map(c -> c.type().label()).orElse(null));
            statement.setString(5, gone.shape());
            statement.setString(6, gone.replaced() ? REPLACED : REMOVED);
            statement.setObject(7, at.atOffset(ZoneOffset.UTC));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                long id = row.getLong(1);
                relation(
                        connection,
                        id,
                        gone.column().isPresent() ? column(id) : PhysicalName.table(key(id), workspace.id()));
                return id;
            }
        }
    }

    private static void relation(Connection connection, long id, String name) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("UPDATE dlt_data.hidden SET relation = ? WHERE id = ?")) {
            statement.setString(1, name);
            statement.setLong(2, id);
            statement.executeUpdate();
        }
    }

    /** Columns noted under one name are noted under another. */
    static void move(Connection connection, WorkspaceContext workspace, String from, String to) throws SQLException {
        String sql =
                "UPDATE dlt_data.hidden SET store = ? WHERE workspace = ? AND store = ? AND \"column\" IS NOT NULL";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, to);
            statement.setLong(2, workspace.id().value());
            statement.setString(3, from);
            statement.executeUpdate();
        }
    }

    static void remove(Connection connection, long id) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM dlt_data.hidden WHERE id = ? OR store = ?")) {
            statement.setLong(1, id);
            statement.setString(2, owner(id));
            statement.executeUpdate();
        }
    }

    /** All that is hidden, the first hidden first; without columns of hidden tables. */
    static List<Hidden> all(Connection connection, WorkspaceContext workspace) throws SQLException {
        String sql =
                "SELECT id, store, \"column\", type, shape, reason, hidden_at FROM dlt_data.hidden WHERE workspace = ? ORDER BY id";
        List<Hidden> all = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, workspace.id().value());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Optional<Ref> store = Ref.parse(row.getString(2));
                    if (store.isPresent()) {
                        all.add(hidden(row, store.get()));
                    }
                }
            }
        }
        return all;
    }

    private static Hidden hidden(ResultSet row, Ref store) throws SQLException {
        return new Hidden(
                row.getLong(1),
                store,
                Optional.ofNullable(row.getString(3)),
                Optional.ofNullable(row.getString(4)).flatMap(ColumnType::of),
                row.getString(5),
                row.getString(6).equals(REPLACED),
                row.getObject(7, OffsetDateTime.class).toInstant());
    }
}
