package io.datalifecycle.dlt.storage.training;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.spi.PointInTime;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.Placements;
import io.datalifecycle.dlt.storage.rows.RowCursor;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Joins entities with stores in one statement: they are copied into a temporary table with the bounds of what each may see, and the answer is read
 * by a cursor. Apart from temporary tables nothing is written. Thread-safe.
 */
public final class TrainingJoin implements PointInTime {

    private static final int BATCH_ROWS = 10_000;

    /**
     * Steps of the statement have no statistics; sorts and hashes of all rows never cost much more than estimated, loops over loops may. A
     * training set is rare and large, so it may sort in more memory than a short query.
     */
    private static final String LARGE = "SET LOCAL enable_nestloop = off; SET LOCAL work_mem = '32MB'";

    private final Placements placements;

    public TrainingJoin(Placements placements) {
        this.placements = placements;
    }

    @Override
    public long join(WorkspaceContext workspace, Request request, Entities entities, Consumer<RowBatch> rows) {
        DataDatabase data = placements.of(workspace);
        return data.database().onConnection("read a training set of workspace " + workspace.key(), connection -> {
            execute(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            EntityTable table = new EntityTable(request);
            table.fill(connection, entities);
            if (table.count() == 0) {
                return 0L;
            }
            return new Run(connection, workspace, request, table, data.schema()).read(rows);
        });
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** One reading. */
    private record Run(
            Connection connection, WorkspaceContext workspace, Request request, EntityTable table, String schema) {

        long read(Consumer<RowBatch> rows) throws SQLException {
            boolean then = request.known().knowledge() == Knowledge.THEN;
            List<LookupSql> lookups = new ArrayList<>();
            List<KnownRows> known = new ArrayList<>();
            for (int i = 0; i < request.features().size(); i++) {
                Feature feature = request.features().get(i);
                lookups.add(new LookupSql(workspace, schema, feature, table, i));
                known.add(new KnownRows(connection, feature, lookups.get(i), i));
                if (then) {
                    known.get(i).create();
                }
            }
            execute(connection, LARGE);
            execute(connection, "SET TRANSACTION READ ONLY");
            StringBuilder joins = new StringBuilder();
            List<String> ctes = new ArrayList<>();
            List<Object> binds = new ArrayList<>();
            for (int i = 0; i < lookups.size(); i++) {
                if (then) {
                    known.get(i).fill();
                    joins.append(known.get(i).join("j" + i));
                } else {
                    ctes.addAll(lookups.get(i).ctes(request.known().at(), binds));
                    joins.append(lookups.get(i).join());
                }
            }
            String with = ctes.isEmpty() ? "" : "WITH " + String.join(", ", ctes) + " ";
            return select(
                    with + "SELECT " + columns(lookups) + " FROM " + EntityTable.NAME + " AS e" + joins
                            + " ORDER BY e.n",
                    binds,
                    rows);
        }

        private String columns(List<LookupSql> lookups) {
            List<Column> own = new ArrayList<>();
            for (int c = 0; c < request.entities().size(); c++) {
                own.add(Column.of("c" + c, request.entities().column(c).type()));
            }
            StringBuilder columns = new StringBuilder(RowCursor.select("e", own));
            for (int i = 0; i < lookups.size(); i++) {
                columns.append(", ")
                        .append(RowCursor.select("j" + i, lookups.get(i).taken()));
            }
            return columns.toString();
        }

        private long select(String sql, List<Object> binds, Consumer<RowBatch> rows) throws SQLException {
            RowSchema columns = request.columns(workspace);
            long count = 0;
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < binds.size(); i++) {
                    statement.setObject(i + 1, binds.get(i));
                }
                statement.setFetchSize(BATCH_ROWS);
                RowBatch.Builder batch = RowBatch.builder(columns, BATCH_ROWS);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        RowCursor.read(row, 1, columns, batch);
                        batch.endRow(++count);
                        if (batch.size() == BATCH_ROWS) {
                            rows.accept(batch.build());
                        }
                    }
                }
                if (batch.size() > 0) {
                    rows.accept(batch.build());
                }
            }
            return count;
        }
    }
}
