package io.datalifecycle.dlt.storage.plan;

import io.datalifecycle.dlt.spi.Reshaper.Hidden;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.feature.HistoryTable;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.workspace.PhysicalName;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Drops what is hidden, for good. */
final class Purge {

    private Purge() {}

    /** Names of what was dropped, as it was called when it was in use. */
    static List<String> run(
            Connection connection,
            DataDatabase data,
            WorkspaceContext workspace,
            Instant hiddenBefore,
            boolean onlyReplaced)
            throws SQLException {
        ShapeTable.lock(connection, workspace);
        List<String> dropped = new ArrayList<>();
        for (Hidden hidden : HiddenTable.all(connection, workspace)) {
            if (hidden.hiddenAt().isBefore(hiddenBefore) && (hidden.replaced() || !onlyReplaced)) {
                if (hidden.column().isPresent()) {
                    column(connection, data, workspace, hidden);
                } else {
                    table(connection, data, workspace, hidden);
                }
                HiddenTable.remove(connection, hidden.id());
                dropped.add(hidden.store() + hidden.column().map(c -> "#" + c).orElse(""));
            }
        }
        return List.copyOf(dropped);
    }

    private static void column(Connection connection, DataDatabase data, WorkspaceContext workspace, Hidden hidden)
            throws SQLException {
        Optional<Store> store = workspace.template().store(hidden.store());
        if (store.isEmpty()) {
            return;
        }
        String drop = " DROP COLUMN IF EXISTS " + Identifier.quote(HiddenTable.column(hidden.id()));
        DdlProvisioner.execute(
                connection,
                "ALTER TABLE "
                        + TimeTable.of(workspace, data.schema(), store.get()).quoted() + drop);
        if (store.get() instanceof Featurestore feature && feature.history().isPresent()) {
            DdlProvisioner.execute(
                    connection,
                    "ALTER TABLE "
                            + HistoryTable.of(workspace, data.schema(), feature).quoted() + drop);
        }
    }

    private static void table(Connection connection, DataDatabase data, WorkspaceContext workspace, Hidden hidden)
            throws SQLException {
        String key = HiddenTable.key(hidden.id());
        for (String name : List.of(
                PhysicalName.table(key, workspace.id()),
                PhysicalName.history(key, workspace.id()),
                PhysicalName.quarantine(key, workspace.id()))) {
            DdlProvisioner.execute(connection, "DROP TABLE IF EXISTS " + Identifier.qualified(data.schema(), name));
        }
        new StoreNotes(connection, workspace).forget(hidden.id());
    }
}
