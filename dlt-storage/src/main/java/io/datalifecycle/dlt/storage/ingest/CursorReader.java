package io.datalifecycle.dlt.storage.ingest;

import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.spi.StoreReader;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.Placements;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.rows.RowCursor;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads stores for the engine by a server-side cursor in one read-only snapshot. Thread-safe. */
public final class CursorReader implements StoreReader {

    private final Placements placements;

    public CursorReader(Placements placements) {
        this.placements = placements;
    }

    @Override
    public long scan(WorkspaceContext workspace, Scan scan, Consumer<RowBatch> batches) {
        DataDatabase data = placements.of(workspace);
        RowSchema all = StoreColumns.of(workspace.template(), scan.store());
        RowSchema schema = scan.columns().isEmpty()
                ? all
                : new RowSchema(scan.columns().stream()
                        .map(name -> all.find(name)
                                .orElseThrow(() -> new IllegalArgumentException(
                                        "columns: " + scan.store().key() + " has no " + name)))
                        .toList());
        return data.database()
                .onConnection(
                        "read " + scan.store().key() + " of workspace " + workspace.key(),
                        connection -> scan(
                                connection,
                                TimeTable.of(workspace, data.schema(), scan.store()),
                                scan,
                                schema,
                                batches));
    }

    private static long scan(
            Connection connection, TimeTable table, Scan scan, RowSchema schema, Consumer<RowBatch> batches)
            throws SQLException {
        snapshot(connection);
        try (PreparedStatement statement = connection.prepareStatement(select(table, scan.store(), schema))) {
            statement.setObject(1, scan.range().from().atOffset(ZoneOffset.UTC));
            statement.setObject(2, scan.range().to().atOffset(ZoneOffset.UTC));
            statement.setLong(3, scan.limit());
            statement.setFetchSize(scan.batchRows());
            long count = 0;
            RowBatch.Builder builder = RowBatch.builder(schema, scan.batchRows());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    RowCursor.read(row, 1, schema, builder);
                    builder.endRow(++count);
                    if (builder.size() == scan.batchRows()) {
                        batches.accept(builder.build());
                    }
                }
            }
            if (builder.size() > 0) {
                batches.accept(builder.build());
            }
            return count;
        }
    }

    private static void snapshot(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
        }
    }

    private static String select(TimeTable table, Store store, RowSchema schema) {
        String time = "t." + Identifier.quote(table.time());
        return "SELECT " + RowCursor.select("t", schema.columns()) + " FROM " + table.quoted() + " AS t WHERE " + time
                + " >= ? AND " + time + " < ? ORDER BY " + RowCursor.order("t", table, store) + " LIMIT ?";
    }

    @Override
    public Optional<TimeRange> extent(WorkspaceContext workspace, Store store) {
        DataDatabase data = placements.of(workspace);
        TimeTable table = TimeTable.of(workspace, data.schema(), store);
        String time = Identifier.quote(table.time());
        String sql = "SELECT min(" + time + "), max(" + time + ") + interval '1 microsecond' FROM " + table.quoted();
        return data.database()
                .onConnection("extent of " + store.key() + " of workspace " + workspace.key(), connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(sql);
                            ResultSet row = statement.executeQuery()) {
                        row.next();
                        OffsetDateTime from = row.getObject(1, OffsetDateTime.class);
                        OffsetDateTime to = row.getObject(2, OffsetDateTime.class);
                        return from == null || to == null
                                ? Optional.<TimeRange>empty()
                                : Optional.of(TimeRange.of(from.toInstant(), to.toInstant()));
                    }
                });
    }
}
