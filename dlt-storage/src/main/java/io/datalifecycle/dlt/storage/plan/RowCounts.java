package io.datalifecycle.dlt.storage.plan;

import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** About how many rows stores have, from what PostgreSQL knows of their parts; reads no rows. */
final class RowCounts {

    /** Of a part that was never analysed its size is what is known; eight columns make some hundred bytes a row. */
    private static final int BYTES_OF_ROW = 100;

    private RowCounts() {}

    static Map<Ref, Long> of(Connection connection, DataDatabase data, WorkspaceContext workspace) throws SQLException {
        List<Store> stores = workspace.template().stores();
        List<String> names = new ArrayList<>();
        stores.forEach(
                store -> names.add(TimeTable.of(workspace, data.schema(), store).quoted()));
        // parts are looked up by oid: a condition over all of pg_class would read every relation of every workspace
        String sql = "SELECT t.n, (SELECT coalesce(sum(CASE WHEN c.reltuples < 0 THEN pg_relation_size(c.oid) / "
                + BYTES_OF_ROW
                + " ELSE c.reltuples END), 0)::bigint FROM (SELECT to_regclass(t.name)::oid AS part UNION ALL "
                + "SELECT i.inhrelid FROM pg_catalog.pg_inherits i WHERE i.inhparent = to_regclass(t.name)) AS p "
                + "JOIN pg_catalog.pg_class c ON c.oid = p.part WHERE c.relkind = 'r') "
                + "FROM unnest(?::text[]) WITH ORDINALITY AS t (name, n) ORDER BY t.n";
        Map<Ref, Long> counts = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("text", names.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                for (Store store : stores) {
                    row.next();
                    counts.put(store.ref(), row.getLong(2));
                }
            }
        }
        return counts;
    }
}
