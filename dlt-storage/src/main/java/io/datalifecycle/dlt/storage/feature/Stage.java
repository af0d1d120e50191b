package io.datalifecycle.dlt.storage.feature;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.storage.dialect.StoreTables;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.rows.CopyEncoder;
import io.datalifecycle.dlt.storage.rows.RowCursor;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Formula;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fresh rows that are made outside the database, on their way into it: a temporary table of the transaction, filled by COPY batch by batch, so that
 * memory is bounded. Used by one thread.
 */
final class Stage {

    private static final Logger LOG = LoggerFactory.getLogger(Stage.class);

    private static final String NAME = Identifier.qualified("pg_temp", "dlt_fresh");
    private static final int BATCH_ROWS = 5_000;

    private final Connection connection;
    private final WorkspaceContext workspace;
    private final Featurestore store;
    private final RowSchema columns;
    private final CopyEncoder encoder = new CopyEncoder();

    Stage(Connection connection, WorkspaceContext workspace, Featurestore store) throws SQLException {
        this.connection = connection;
        this.workspace = workspace;
        this.store = store;
        this.columns = StoreColumns.of(workspace.template(), store);
        String definitions = columns.columns().stream()
                .map(c -> Identifier.quote(c.name()) + " " + StoreTables.sqlType(c.type()))
                .collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE " + NAME + " (" + definitions + ") ON COMMIT DROP");
        }
    }

    /** What was put into it, as fresh rows. */
    static String select(RowSchema columns) {
        return "SELECT "
                + Identifier.list(columns.columns().stream().map(Column::name).toList())
                + ", 0 AS \"~in\" FROM " + NAME;
    }

    void add(RowBatch rows) throws SQLException {
        encoder.copy(connection, NAME, rows, 0, rows.size(), null);
    }

    /** Computes a formula over the source's rows of the spans; gives their number. Of rows alike in time and key the least stands for all. */
    long compute(Formula formula, TimeTable source, List<TimeRange> spans) throws SQLException {
        Store from = workspace.template().store(formula.from()).orElseThrow();
        RowSchema read = StoreColumns.of(workspace.template(), from);
        FormulaRows rows = new FormulaRows(formula, read, columns, workspace.parameters());
        long count = 0;
        try (PreparedStatement statement = connection.prepareStatement(select(formula, from, source, read))) {
            statement.setFetchSize(BATCH_ROWS);
            for (TimeRange span : spans) {
                statement.setObject(1, span.from().atOffset(ZoneOffset.UTC));
                statement.setObject(2, span.to().atOffset(ZoneOffset.UTC));
                RowBatch.Builder batch = RowBatch.builder(read, BATCH_ROWS);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        RowCursor.read(row, 1, read, batch);
                        batch.endRow(++count);
                        if (batch.size() == BATCH_ROWS) {
                            add(rows.compute(batch.build()));
                        }
                    }
                }
                if (batch.size() > 0) {
                    add(rows.compute(batch.build()));
                }
            }
        }
        if (rows.failed() > 0) {
            LOG.warn(
                    "workspace {}: {} values of featurestore {} could not be computed and are null; look at the types its expressions give",
                    workspace.key(),
                    rows.failed(),
                    store.key());
        }
        return count;
    }

    private static String select(Formula formula, Store from, TimeTable source, RowSchema read) {
        String time = Identifier.quote(source.time());
        List<String> key = new ArrayList<>(formula.by());
        key.add(source.time());
        boolean unique = StoreTables.isKeyed(from) && key.containsAll(from.naturalKey());
        String order = "";
        String distinct = "";
        if (!unique) {
            distinct = "DISTINCT ON (" + Identifier.list(key) + ") ";
            order = " ORDER BY " + Identifier.list(key)
                    + read.columns().stream()
                            .filter(c -> !key.contains(c.name()))
                            .map(c -> ", " + Identifier.quote(c.name()) + "::text")
                            .collect(Collectors.joining());
        }
        return "SELECT " + distinct + RowCursor.select("", read.columns()) + " FROM " + source.quoted() + " WHERE "
                + time + " >= ? AND " + time + " < ?" + order;
    }
}
