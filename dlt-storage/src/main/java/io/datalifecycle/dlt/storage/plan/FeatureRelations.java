package io.datalifecycle.dlt.storage.plan;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.storage.dialect.Capabilities;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.StoreTables;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.feature.HistoryTable;
import io.datalifecycle.dlt.storage.feature.RealtimeView;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Rollup;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a featurestore has beside its table: the view through which metrics read it, and the table of its history. */
final class FeatureRelations {

    private FeatureRelations() {}

    /** The table of its history, by name in quotes; none where it keeps none. */
    static Map<String, String> history(
            DataDatabase data, Capabilities can, WorkspaceContext workspace, Featurestore store) {
        if (store.history().isEmpty()) {
            return Map.of();
        }
        TimeTable table = HistoryTable.of(workspace, data.schema(), store);
        String columns = StoreTables.columns(columns(workspace, store), table.time());
        return Map.of(table.quoted(), data.dialect().ddl(can, table, columns) + "; " + index(table, store));
    }

    /** Makes views that are not there. */
    static void createViews(Connection connection, DataDatabase data, WorkspaceContext workspace, Store store)
            throws SQLException {
        Relations.create(connection, RealtimeView.all(workspace, data.schema(), store));
    }

    /** Views that have the zone in them, which may have changed since they were made. */
    static void followZone(Connection connection, DataDatabase data, WorkspaceContext workspace) throws SQLException {
        for (Featurestore store : workspace.template().featurestores()) {
            boolean zoned = store.realtime()
                    && store.transform() instanceof Rollup rollup
                    && rollup.every() instanceof Period
                    && rollup.timezone().isEmpty();
            if (zoned) {
                for (String view :
                        RealtimeView.all(workspace, data.schema(), store).values()) {
                    DdlProvisioner.execute(connection, view.replaceFirst("CREATE VIEW", "CREATE OR REPLACE VIEW"));
                }
            }
        }
    }

    private static RowSchema columns(WorkspaceContext workspace, Featurestore store) {
        List<Column> columns = new ArrayList<>(HistoryTable.columns(workspace.template(), store));
        columns.add(Column.required(HistoryTable.GONE, ColumnType.BOOLEAN));
        columns.add(Column.required(HistoryTable.KNOWN_AT, ColumnType.TIMESTAMP));
        return new RowSchema(columns);
    }

    private static String index(TimeTable table, Featurestore store) {
        List<String> key = new ArrayList<>(StoreTables.keyColumns(store));
        key.add(HistoryTable.KNOWN_AT);
        return "CREATE INDEX ON " + table.quoted() + " (" + Identifier.list(key) + ")";
    }

    /** The history becomes a hypertable like the table. */
    static void convert(Connection connection, DataDatabase data, WorkspaceContext workspace, Featurestore store)
            throws SQLException {
        if (store.history().isPresent()) {
            TimeTable table = HistoryTable.of(workspace, data.schema(), store);
            RowSchema columns = columns(workspace, store);
            boolean converted = data.dialect()
                    .convert(
                            connection,
                            table,
                            StoreTables.columns(columns, table.time()),
                            columns.columns().stream().map(Column::name).toList())
                    .isPresent();
            if (converted) {
                DdlProvisioner.execute(connection, index(table, store));
            }
        }
    }

    /** Stores whose view reads the table of a store: its own, and realtime ones over it. */
    static List<Store> viewsOver(WorkspaceContext workspace, Store store) {
        return workspace.template().stores().stream()
                .filter(s -> RealtimeView.isViewed(workspace, s))
                .filter(s -> s.ref().equals(store.ref())
                        || (s instanceof Featurestore feature
                                && feature.realtime()
                                && feature.transform().sources().contains(store.ref())))
                .toList();
    }

    static void dropViews(
            Connection connection, DataDatabase data, WorkspaceContext workspace, List<? extends Store> stores)
            throws SQLException {
        for (Store store : stores) {
            for (String view : RealtimeView.all(workspace, data.schema(), store).keySet()) {
                DdlProvisioner.execute(connection, "DROP VIEW IF EXISTS " + view);
            }
        }
    }
}
