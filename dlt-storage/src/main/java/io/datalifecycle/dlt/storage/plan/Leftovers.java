package io.datalifecycle.dlt.storage.plan;

import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Relations of a workspace that its template does not name: hidden ones, and what was built for an upgrade that did not end. */
final class Leftovers {

    private Leftovers() {}

    /** Drops them, views first. */
    static void drop(Connection connection, DataDatabase data, WorkspaceId id) throws SQLException {
        for (String kind : List.of("VIEW", "TABLE")) {
            for (String name : names(connection, data, id, kind.equals("VIEW") ? "v" : "rp")) {
                DdlProvisioner.execute(connection, "DROP " + kind + " IF EXISTS " + name);
            }
        }
    }

    /** Tables of a workspace, those of its template among them, quoted with their schema. */
    static List<String> tables(Connection connection, DataDatabase data, WorkspaceId id) throws SQLException {
        return names(connection, data, id, "rp");
    }

    private static List<String> names(Connection connection, DataDatabase data, WorkspaceId id, String kinds)
            throws SQLException {
        String sql =
                "SELECT c.oid::regclass::text FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
                        + "WHERE n.nspname = ? AND position(c.relkind IN ?) > 0 AND NOT c.relispartition AND c.relname ~ ? ORDER BY 1";
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, data.schema());
            statement.setString(2, kinds);
            statement.setString(3, "_wid" + id.value() + "$");
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(Identifier.qualified(data.schema(), rows.getString(1)));
                }
            }
        }
        return names;
    }
}
