package io.datalifecycle.dlt.storage.transfer;

import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.workspace.PhysicalName;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.SQLException;
import java.util.List;

/**
 * The refused rows of a datastore, which keep their numbers when they move. Immutable.
 *
 * @param from quoted name here
 * @param to quoted name there
 */
record Quarantined(String from, String to) {

    private static final String COLUMNS = "id, line, reasons, payload, source, template_version, at, expires_at";

    static List<Quarantined> of(DataDatabase source, DataDatabase target, WorkspaceContext from, WorkspaceContext to) {
        return from.template().datastores().stream()
                .map(store -> new Quarantined(
                        Identifier.qualified(source.schema(), PhysicalName.quarantine(store.key(), from.id())),
                        Identifier.qualified(target.schema(), PhysicalName.quarantine(store.key(), to.id()))))
                .toList();
    }

    void copy(TableCopy copy) throws SQLException {
        TableCopy.execute(copy.source(), "LOCK TABLE " + from + " IN ACCESS EXCLUSIVE MODE");
        TableCopy.execute(copy.target(), "DELETE FROM " + to);
        copy.copy("SELECT " + COLUMNS + " FROM " + from, to + " (" + COLUMNS + ")");
        TableCopy.execute(
                copy.target(),
                "SELECT setval(pg_get_serial_sequence(" + Identifier.literal(to)
                        + ", 'id'), (SELECT coalesce(max(id), 0) + 1 FROM " + to + "), false)");
    }
}
