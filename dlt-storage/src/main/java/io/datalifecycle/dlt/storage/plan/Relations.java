package io.datalifecycle.dlt.storage.plan;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.storage.dialect.Capabilities;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.StoreTables;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.feature.HistoryTable;
import io.datalifecycle.dlt.storage.feature.RealtimeView;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.StateColumns;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.workspace.PhysicalName;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The relations of a workspace's stores and the DDL of each. What is there is asked in one statement and what is missing is made in one: a
 * workspace has some twenty of them, and each round trip costs as much as a small table.
 */
final class Relations {

    private Relations() {}

    /** Makes what is missing, tables first, for views read those of other stores; gives the stores whose table was made. */
    static Set<Ref> create(Connection connection, DataDatabase data, WorkspaceContext workspace) throws SQLException {
        List<Store> stores = workspace.template().stores();
        Map<String, String> views = new LinkedHashMap<>();
        stores.forEach(store -> views.putAll(RealtimeView.all(workspace, data.schema(), store)));
        return create(connection, data, workspace, stores, views);
    }

    /** The same for the tables of some stores only. */
    static Set<Ref> create(
            Connection connection, DataDatabase data, WorkspaceContext workspace, List<? extends Store> stores)
            throws SQLException {
        return create(connection, data, workspace, stores, Map.of());
    }

    private static Set<Ref> create(
            Connection connection,
            DataDatabase data,
            WorkspaceContext workspace,
            List<? extends Store> stores,
            Map<String, String> views)
            throws SQLException {
        Capabilities can = Capabilities.of(connection);
        Map<String, String> ddl = new LinkedHashMap<>();
        for (Store store : stores) {
            ddl.putAll(tables(data, can, workspace, store));
        }
        ddl.putAll(views);
        Set<String> missing = missing(connection, ddl.keySet());
        Set<Ref> made = new HashSet<>();
        for (Store store : stores) {
            TimeTable table = TimeTable.of(workspace, data.schema(), store);
            if (missing.contains(table.quoted())) {
                refuseNullableKey(can, workspace, store);
                data.dialect().forget(table);
                made.add(store.ref());
            }
            if (store instanceof Featurestore feature && feature.history().isPresent()) {
                data.dialect().forget(HistoryTable.of(workspace, data.schema(), feature));
            }
        }
        ddl.keySet().retainAll(missing);
        execute(connection, ddl);
        return made;
    }

    /** Makes those of the named relations that are not there. */
    static void create(Connection connection, Map<String, String> ddl) throws SQLException {
        Map<String, String> absent = new LinkedHashMap<>(ddl);
        absent.keySet().retainAll(missing(connection, ddl.keySet()));
        execute(connection, absent);
    }

    private static void execute(Connection connection, Map<String, String> ddl) throws SQLException {
        if (!ddl.isEmpty()) {
            DdlProvisioner.execute(connection, String.join(";\n", ddl.values()));
        }
    }

    /** The store's table with its index, that of its history and that of its refused rows. */
    private static Map<String, String> tables(
            DataDatabase data, Capabilities can, WorkspaceContext workspace, Store store) {
        TimeTable table = TimeTable.of(workspace, data.schema(), store);
        RowSchema schema = StoreColumns.of(workspace.template(), store);
        Map<String, String> ddl = new LinkedHashMap<>();
        ddl.put(
                table.quoted(),
                data.dialect().ddl(can, table, columns(workspace, store)) + "; "
                        + StoreTables.createIndex(table, store, schema));
        if (store instanceof Featurestore feature) {
            ddl.putAll(FeatureRelations.history(data, can, workspace, feature));
        }
        if (store instanceof Datastore) {
            String quarantine =
                    Identifier.qualified(data.schema(), PhysicalName.quarantine(store.key(), workspace.id()));
            ddl.put(quarantine, StoreTables.createQuarantine(quarantine));
        }
        return ddl;
    }

    /** The store's columns and, of a roll-up that others merge, those of its state. */
    static String columns(WorkspaceContext workspace, Store store) {
        String visible = StoreTables.columns(StoreColumns.of(workspace.template(), store), store.time());
        List<Column> hidden =
                store instanceof Featurestore feature ? StateColumns.of(workspace.template(), feature) : List.of();
        return hidden.isEmpty() ? visible : visible + ", " + StoreTables.columns(new RowSchema(hidden), store.time());
    }

    private static void refuseNullableKey(Capabilities can, WorkspaceContext workspace, Store store) {
        List<String> nullable = StoreTables.nullableKey(store, StoreColumns.of(workspace.template(), store));
        if (!nullable.isEmpty() && !can.nullsNotDistinct()) {
            throw new DltException(
                    ProblemCode.CONFIGURATION,
                    store.ref() + ": its key has columns that may be null, " + nullable + ", and " + can
                            + " keeps no such key unique; list them in required of the datastore, or use PostgreSQL 15 or newer");
        }
    }

    /** Whether a relation is there, by its name in quotes. */
    static boolean exists(Connection connection, String quoted) throws SQLException {
        return missing(connection, Set.of(quoted)).isEmpty();
    }

    private static Set<String> missing(Connection connection, Set<String> quoted) throws SQLException {
        Set<String> missing = new HashSet<>();
        String sql = "SELECT name FROM unnest(?) AS name WHERE to_regclass(name) IS NULL";
        Array names = connection.createArrayOf("text", quoted.toArray());
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, names);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    missing.add(rows.getString(1));
                }
            }
        }
        names.free();
        return missing;
    }
}
