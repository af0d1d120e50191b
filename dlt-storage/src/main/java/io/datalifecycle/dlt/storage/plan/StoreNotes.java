package io.datalifecycle.dlt.storage.plan;

import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** What is noted of a store beside its rows, under its key or its reference: it moves along when the store is renamed, hidden or swapped. */
final class StoreNotes {

    private static final List<String> BY_KEY = List.of("feature", "feature_run", "check_result", "batch");

    private static final List<String[]> BY_REF = List.of(
            new String[] {"touched", "consumer"},
            new String[] {"touched", "source"},
            new String[] {"consumer", "consumer"},
            new String[] {"consumer", "source"},
            new String[] {"pulse", "item"},
            new String[] {"floor", "store"});

    private final Connection connection;
    private final WorkspaceContext workspace;

    StoreNotes(Connection connection, WorkspaceContext workspace) {
        this.connection = connection;
        this.workspace = workspace;
    }

    /** Everything noted of one store is noted of another. */
    void rename(Ref from, Ref to) throws SQLException {
        for (String table : BY_KEY) {
            update(table, "store", from.key(), to.key());
        }
        for (String[] place : BY_REF) {
            update(place[0], place[1], from.toString(), to.toString());
        }
    }

    /** A store is hidden: what says which rows it has seen is kept for the case that it comes back, its agenda is not. */
    void hide(Ref store, long id) throws SQLException {
        update("batch", "store", store.key(), HiddenTable.owner(id));
        update("floor", "store", store.toString(), HiddenTable.owner(id));
        delete("feature", "store", store.key());
        delete("pulse", "item", store.toString());
        delete("touched", "consumer", store.toString());
        delete("touched", "source", store.toString());
    }

    /** A hidden store comes back. */
    void restore(Ref store, long id) throws SQLException {
        update("batch", "store", HiddenTable.owner(id), store.key());
        update("floor", "store", HiddenTable.owner(id), store.toString());
    }

    /** Nothing of a hidden table is left. */
    void forget(long id) throws SQLException {
        delete("batch", "store", HiddenTable.owner(id));
        delete("floor", "store", HiddenTable.owner(id));
    }

    /** What was built under one key takes the place of another, whose agenda and log are gone already; the ledger of both is one. */
    void swap(Ref built, Ref store) throws SQLException {
        update("feature", "store", built.key(), store.key());
        update("feature_run", "store", built.key(), store.key());
        update("touched", "consumer", built.toString(), store.toString());
        delete("consumer", "consumer", built.toString());
        delete("consumer", "source", built.toString());
        delete("touched", "source", built.toString());
        delete("pulse", "item", built.toString());
    }

    /** Nothing noted of a store is left. */
    void forget(Ref store) throws SQLException {
        for (String table : BY_KEY) {
            delete(table, "store", store.key());
        }
        for (String[] place : BY_REF) {
            delete(place[0], place[1], store.toString());
        }
    }

    /** Positions and log of a connector or a model move along with its name, {@code kind:key}. */
    void renameReader(String from, String to) throws SQLException {
        for (String table : List.of("checkpoint", "checkpoint_state")) {
            String sql = "UPDATE dlt_data." + table
                    + " SET name = ? || substr(name, length(?) + 1) WHERE workspace = ? AND (name = ? OR starts_with(name, ?) OR starts_with(name, ?))";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, to);
                statement.setString(2, from);
                statement.setLong(3, workspace.id().value());
                statement.setString(4, from);
                statement.setString(5, from + "#"); // lanes of a connector
                statement.setString(6, from + "@"); // versions of a model
                statement.executeUpdate();
            }
        }
        update("touched", "consumer", from, to);
        update("consumer", "consumer", from, to);
    }

    private void update(String table, String column, String from, String to) throws SQLException {
        String sql = "UPDATE dlt_data." + table + " SET " + column + " = ? WHERE workspace = ? AND " + column + " = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, to);
            statement.setLong(2, workspace.id().value());
            statement.setString(3, from);
            statement.executeUpdate();
        }
    }

    private void delete(String table, String column, String value) throws SQLException {
        String sql = "DELETE FROM dlt_data." + table + " WHERE workspace = ? AND " + column + " = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, workspace.id().value());
            statement.setString(2, value);
            statement.executeUpdate();
        }
    }
}
