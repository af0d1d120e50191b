package io.datalifecycle.dlt.storage.ingest;

import io.datalifecycle.dlt.spi.RowSink.Write;
import io.datalifecycle.dlt.spi.RowSink.WriteResult;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Ids of batches that are in, with their counts. A second writer of the same id waits for the first and then gets its counts. */
final class BatchTable {

    private BatchTable() {}

    static Optional<WriteResult> begin(Connection connection, Write write, Instant now) throws SQLException {
        if (write.batchId().isEmpty()) {
            return Optional.empty();
        }
        String insert =
                "INSERT INTO dlt_data.batch (workspace, store, id, accepted, duplicate, written_at) VALUES (?, ?, ?, 0, 0, ?) ON CONFLICT DO NOTHING";
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            key(statement, 1, write);
            statement.setObject(4, now.atOffset(ZoneOffset.UTC));
            if (statement.executeUpdate() == 1) {
                return Optional.empty();
            }
        }
        String select = "SELECT accepted, duplicate FROM dlt_data.batch WHERE workspace = ? AND store = ? AND id = ?";
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            key(statement, 1, write);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return Optional.of(new WriteResult(row.getLong(1), row.getLong(2), List.of(), true));
            }
        }
    }

    static void end(Connection connection, Write write, WriteResult result) throws SQLException {
        if (write.batchId().isEmpty()) {
            return;
        }
        String update =
                "UPDATE dlt_data.batch SET accepted = ?, duplicate = ? WHERE workspace = ? AND store = ? AND id = ?";
        try (PreparedStatement statement = connection.prepareStatement(update)) {
            statement.setLong(1, result.accepted());
            statement.setLong(2, result.duplicate());
            key(statement, 3, write);
            statement.executeUpdate();
        }
    }

    private static void key(PreparedStatement statement, int from, Write write) throws SQLException {
        statement.setLong(from, write.workspace().id().value());
        statement.setString(from + 1, write.store().key());
        statement.setString(from + 2, write.batchId().orElseThrow());
    }
}
