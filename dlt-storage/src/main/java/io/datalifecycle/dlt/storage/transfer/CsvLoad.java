package io.datalifecycle.dlt.storage.transfer;

import io.datalifecycle.dlt.problem.InvalidInputException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.Transfer.In;
import io.datalifecycle.dlt.spi.Transfer.Part;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;

/** Reads what {@link CsvDump} wrote, in the caller's transaction. Partitioned tables by way of a temporary one, which tells the partitions they need. */
final class CsvLoad {

    private static final int BUFFER = 1 << 16;
    private static final String STAGE = "pg_temp.\"dlt_load\"";

    private final Connection connection;
    private final DataDatabase data;
    private final WorkspaceContext workspace;
    private final In in;
    private final Map<String, Part> given = new LinkedHashMap<>();

    CsvLoad(Connection connection, DataDatabase data, WorkspaceContext workspace, List<Part> parts, In in) {
        this.connection = connection;
        this.data = data;
        this.workspace = workspace;
        this.in = in;
        parts.forEach(part -> given.put(part.name(), part));
    }

    void run() throws SQLException, IOException {
        List<Carried> tables = Carried.of(data, workspace);
        List<String> expected = new ArrayList<>();
        tables.forEach(table -> require(expected, table.name(), table.columns()));
        Ledger.ALL.forEach(ledger -> require(expected, ledger.name(), ledger.columns()));
        given.keySet().stream()
                .filter(name -> !expected.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw invalid(name + " belongs to no store of template " + workspace.templateId());
                });
        CsvSettings.use(connection);
        for (Carried table : tables) {
            if (table.table().isPartitioned(connection)) {
                staged(table);
            } else {
                copied(table.name(), table.table().quoted() + " (" + table.list() + ")");
            }
        }
        for (Ledger ledger : Ledger.ALL) {
            stage(ledger.name(), ledger.list(), ledger.quoted());
            execute(ledger.delete(workspace.id()));
            execute(ledger.insert(workspace.id(), "SELECT " + ledger.list() + " FROM " + STAGE));
            execute("DROP TABLE " + STAGE);
        }
        execute(Ledger.tidy(workspace.id()));
    }

    private void require(List<String> expected, String name, List<String> columns) {
        Part part = given.get(name);
        if (part == null) {
            throw invalid(name + " is missing");
        }
        if (!part.columns().equals(columns)) {
            throw invalid(name + " has the columns " + part.columns() + ", template " + workspace.templateId()
                    + " gives " + columns);
        }
        expected.add(name);
    }

    private void staged(Carried table) throws SQLException, IOException {
        stage(table.name(), table.list(), table.table().quoted());
        List<Long> spans = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(table.spans(STAGE, ""))) {
            while (row.next()) {
                spans.add(row.getLong(1));
            }
        }
        data.dialect()
                .ensure(
                        connection,
                        table.table(),
                        spans.stream().mapToLong(Long::longValue).toArray());
        execute("INSERT INTO " + table.table().quoted() + " (" + table.list() + ") SELECT " + table.list() + " FROM "
                + STAGE);
        execute("DROP TABLE " + STAGE);
    }

    private void stage(String name, String columns, String like) throws SQLException, IOException {
        execute("CREATE TEMP TABLE dlt_load ON COMMIT DROP AS SELECT " + columns + " FROM " + like + " LIMIT 0");
        copied(name, STAGE + " (" + columns + ")");
    }

    private void copied(String name, String into) throws SQLException, IOException {
        try (InputStream stream = in.open(name)) {
            long rows = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY " + into + " FROM STDIN (FORMAT csv, HEADER)", stream, BUFFER);
            long said = given.getOrDefault(name, new Part(name, List.of(), -1)).rows();
            if (rows != said) {
                throw invalid(name + " has " + rows + " rows, its manifest says " + said);
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static InvalidInputException invalid(String what) {
        return new InvalidInputException(
                ProblemCode.ARCHIVE_INVALID, "archive: " + what + "; export it again, nothing was imported");
    }
}
