package io.datalifecycle.dlt.storage.feature;

import io.datalifecycle.dlt.lineage.Lineage;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code dlt_data.consumer}: who takes in changes of a store now. Whoever adds a line holds a lock on the store's table that writers wait for,
 * so that no write falls between.
 */
public final class ConsumerTable {

    private ConsumerTable() {}

    /**
     * Somebody takes in changes of a store. Immutable.
     *
     * @param source the store as {@code kind:key}
     * @param consumer {@code featurestore:key}, {@code model:key} or another name
     */
    public record Line(String source, String consumer) {}

    /** What a template says. */
    public static List<Line> of(Template template) {
        Lineage lineage = Lineage.of(template);
        List<Line> lines = new ArrayList<>();
        for (Store store : template.stores()) {
            lineage.consumersOf(store.ref())
                    .forEach(consumer -> lines.add(new Line(store.ref().toString(), consumer)));
        }
        return lines;
    }

    /** Adds lines that are not there. */
    public static void add(Connection connection, WorkspaceContext workspace, List<Line> lines) throws SQLException {
        String sql = "INSERT INTO dlt_data.consumer (workspace, source, consumer) "
                + "SELECT ?, * FROM unnest(?::text[], ?::text[]) ON CONFLICT DO NOTHING";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(connection, statement, workspace, lines);
            statement.executeUpdate();
        }
    }

    /** Removes lines. */
    public static void remove(Connection connection, WorkspaceContext workspace, List<Line> lines) throws SQLException {
        String sql = "DELETE FROM dlt_data.consumer WHERE workspace = ? AND (source, consumer) IN "
                + "(SELECT * FROM unnest(?::text[], ?::text[]))";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(connection, statement, workspace, lines);
            statement.executeUpdate();
        }
    }

    private static void bind(
            Connection connection, PreparedStatement statement, WorkspaceContext workspace, List<Line> lines)
            throws SQLException {
        statement.setLong(1, workspace.id().value());
        statement.setArray(
                2,
                connection.createArrayOf(
                        "text", lines.stream().map(Line::source).toArray()));
        statement.setArray(
                3,
                connection.createArrayOf(
                        "text", lines.stream().map(Line::consumer).toArray()));
    }

    /** Everybody who takes in changes of a store of the workspace now. */
    public static List<Line> all(Connection connection, WorkspaceContext workspace) throws SQLException {
        String sql = "SELECT source, consumer FROM dlt_data.consumer WHERE workspace = ? ORDER BY source, consumer";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, workspace.id().value());
            List<Line> lines = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    lines.add(new Line(rows.getString(1), rows.getString(2)));
                }
            }
            return lines;
        }
    }

    /** Who takes in changes of a store now. */
    public static List<String> consumersOf(Connection connection, WorkspaceContext workspace, Ref source)
            throws SQLException {
        String sql = "SELECT consumer FROM dlt_data.consumer WHERE workspace = ? AND source = ? ORDER BY consumer";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, workspace.id().value());
            statement.setString(2, source.toString());
            List<String> consumers = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    consumers.add(rows.getString(1));
                }
            }
            return consumers;
        }
    }
}
