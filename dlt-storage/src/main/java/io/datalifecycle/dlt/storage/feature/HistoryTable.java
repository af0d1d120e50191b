package io.datalifecycle.dlt.storage.feature;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.StateColumns;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.workspace.PhysicalName;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.ArrayList;
import java.util.List;

/**
 * The history of a featurestore: each row as each refresh left it, and when it was found gone. What was known at an instant is, per time and key,
 * the row with the latest {@link #KNOWN_AT} not after it, unless that says {@link #GONE}.
 */
public final class HistoryTable {

    /** Time of the refresh that wrote the row. */
    public static final String KNOWN_AT = "~known_at";

    /** Whether the refresh found the row gone; its values are then the last it had. */
    public static final String GONE = "~gone";

    private HistoryTable() {}

    /** The table; its time column is the store's. */
    public static TimeTable of(WorkspaceContext workspace, String schema, Featurestore store) {
        TimeTable table = TimeTable.of(workspace, schema, store);
        return new TimeTable(
                table.placement(),
                schema,
                PhysicalName.history(store.key(), workspace.id()),
                table.time(),
                table.chunk());
    }

    /** The store's columns, hidden ones too; the table has {@link #GONE} and {@link #KNOWN_AT} beside them. */
    public static List<Column> columns(Template template, Featurestore store) {
        List<Column> columns = new ArrayList<>(StoreColumns.of(template, store).columns());
        columns.addAll(StateColumns.of(template, store));
        return columns;
    }
}
