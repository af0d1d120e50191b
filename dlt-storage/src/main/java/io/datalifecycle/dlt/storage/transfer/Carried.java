package io.datalifecycle.dlt.storage.transfer;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.feature.HistoryTable;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.StateColumns;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of a workspace that is carried: that of a store, or of a featurestore's history. Immutable.
 *
 * @param name of its part
 * @param store whose it is
 * @param table where it is
 * @param columns all that the template knows, in order
 * @param cutBy column that says when a row counts: the time, of a history when it was known
 */
record Carried(String name, Store store, TimeTable table, List<String> columns, String cutBy) {

    Carried {
        columns = List.copyOf(columns);
    }

    /** The tables of a workspace, in the order of its template. */
    static List<Carried> of(DataDatabase data, WorkspaceContext workspace) {
        List<Carried> all = new ArrayList<>();
        for (Store store : workspace.template().stores()) {
            TimeTable table = TimeTable.of(workspace, data.schema(), store);
            List<String> columns = new ArrayList<>(StoreColumns.of(workspace.template(), store).columns().stream()
                    .map(Column::name)
                    .toList());
            String part = store.ref().toString().replace(':', '.') + ".csv";
            if (store instanceof Featurestore feature) {
                StateColumns.of(workspace.template(), feature).forEach(c -> columns.add(c.name()));
                if (feature.history().isPresent()) {
                    List<String> known = new ArrayList<>(columns);
                    known.add(HistoryTable.GONE);
                    known.add(HistoryTable.KNOWN_AT);
                    TimeTable history = HistoryTable.of(workspace, data.schema(), feature);
                    all.add(new Carried("history/" + part, store, history, known, HistoryTable.KNOWN_AT));
                }
            }
            all.add(new Carried("data/" + part, store, table, columns, store.time()));
        }
        return List.copyOf(all);
    }

    boolean isHistory() {
        return cutBy.equals(HistoryTable.KNOWN_AT);
    }

    /** Its columns in quotes. */
    String list() {
        return Identifier.list(columns);
    }

    /** The query of the first microsecond of each chunk that rows of a relation fall into. */
    String spans(String from, String where) {
        return "SELECT DISTINCT (floor(extract(epoch FROM " + Identifier.quote(table.time()) + ") * 1000000 / "
                + table.chunkMicros() + ") * " + table.chunkMicros() + ")::bigint FROM " + from + where;
    }
}
