package io.datalifecycle.dlt.storage.plan;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.StoreTables;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.feature.HistoryTable;
import io.datalifecycle.dlt.storage.feature.RealtimeView;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Rollup;
import io.datalifecycle.dlt.template.StateColumns;
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

    static void create(Connection connection, DataDatabase data, WorkspaceContext workspace, Featurestore store)
            throws SQLException {
        if (store.history().isPresent()) {
            TimeTable table = HistoryTable.of(workspace, data.schema(), store);
            if (!DdlProvisioner.exists(connection, table.quoted())) {
                data.dialect().create(connection, table, StoreTables.columns(columns(workspace, store), table.time()));
                index(connection, table, store);
            }
        }
        for (Map.Entry<String, String> view :
                RealtimeView.all(workspace, data.schema(), store).entrySet()) {
            if (!DdlProvisioner.exists(connection, view.getKey())) {
                DdlProvisioner.execute(connection, view.getValue());
            } else if (isZoned(store)) { // the view has the zone in it, which may have changed since
                DdlProvisioner.execute(
                        connection, view.getValue().replaceFirst("CREATE VIEW", "CREATE OR REPLACE VIEW"));
            }
        }
    }

    private static boolean isZoned(Featurestore store) {
        return store.realtime()
                && store.transform() instanceof Rollup rollup
                && rollup.every() instanceof Period
                && rollup.timezone().isEmpty();
    }

    private static RowSchema columns(WorkspaceContext workspace, Featurestore store) {
        List<Column> columns = new ArrayList<>(HistoryTable.columns(workspace.template(), store));
        columns.add(Column.required(HistoryTable.GONE, ColumnType.BOOLEAN));
        columns.add(Column.required(HistoryTable.KNOWN_AT, ColumnType.TIMESTAMP));
        return new RowSchema(columns);
    }

    private static void index(Connection connection, TimeTable table, Featurestore store) throws SQLException {
        List<String> key = new ArrayList<>(StoreTables.keyColumns(store));
        key.add(HistoryTable.KNOWN_AT);
        DdlProvisioner.execute(connection, "CREATE INDEX ON " + table.quoted() + " (" + Identifier.list(key) + ")");
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
                index(connection, table, store);
            }
        }
    }

    /** Featurestores whose view reads the table of a store: its own, and realtime ones over it. */
    static List<Featurestore> viewsOver(WorkspaceContext workspace, Store store) {
        return workspace.template().featurestores().stream()
                .filter(f -> StateColumns.isViewed(workspace.template(), f))
                .filter(f -> f.ref().equals(store.ref())
                        || (f.realtime() && f.transform().sources().contains(store.ref())))
                .toList();
    }

    static void dropViews(
            Connection connection, DataDatabase data, WorkspaceContext workspace, List<Featurestore> stores)
            throws SQLException {
        for (Featurestore store : stores) {
            for (String view : RealtimeView.all(workspace, data.schema(), store).keySet()) {
                DdlProvisioner.execute(connection, "DROP VIEW IF EXISTS " + view);
            }
        }
    }
}
