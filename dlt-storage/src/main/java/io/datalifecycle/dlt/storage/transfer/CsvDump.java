package io.datalifecycle.dlt.storage.transfer;

import io.datalifecycle.dlt.spi.Transfer.Out;
import io.datalifecycle.dlt.spi.Transfer.Part;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Writes a workspace as CSV by COPY: whatever PostgreSQL writes it reads again exactly, under the settings of {@link CsvSettings}. */
final class CsvDump {

    private final CopyManager copy;
    private final Out out;
    private final List<Part> parts = new ArrayList<>();

    private CsvDump(CopyManager copy, Out out) {
        this.copy = copy;
        this.out = out;
    }

    static List<Part> of(Connection connection, DataDatabase data, WorkspaceContext workspace, Out out)
            throws SQLException, IOException {
        CsvSettings.snapshot(connection);
        CsvDump dump = new CsvDump(connection.unwrap(PGConnection.class).getCopyAPI(), out);
        for (Carried table : Carried.of(data, workspace)) {
            dump.part(
                    table.name(),
                    table.columns(),
                    "SELECT " + table.list() + " FROM " + table.table().quoted());
        }
        for (Ledger ledger : Ledger.ALL) {
            dump.part(ledger.name(), ledger.columns(), ledger.select(workspace.id()));
        }
        return List.copyOf(dump.parts);
    }

    private void part(String name, List<String> columns, String select) throws SQLException, IOException {
        try (OutputStream stream = out.open(name)) {
            long rows = copy.copyOut("COPY (" + select + ") TO STDOUT (FORMAT csv, HEADER)", stream);
            parts.add(new Part(name, columns, rows));
        }
    }
}
