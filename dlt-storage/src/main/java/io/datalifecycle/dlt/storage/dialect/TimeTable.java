package io.datalifecycle.dlt.storage.dialect;

import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Inferencestore;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.workspace.PhysicalName;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A table that is cut by time. Immutable.
 *
 * @param placement data database it is in
 * @param schema its schema
 * @param name its name
 * @param time its time column
 * @param chunk span of one chunk or partition
 */
public record TimeTable(String placement, String schema, String name, String time, Duration chunk) {

    /** The table of a store in a workspace. */
    public static TimeTable of(WorkspaceContext workspace, String schema, Store store) {
        Duration chunk = store instanceof Datastore datastore
                ? datastore.chunk()
                : store instanceof Featurestore featurestore ? featurestore.chunk() : ((Inferencestore) store).chunk();
        return new TimeTable(
                workspace.placement(), schema, PhysicalName.table(store.key(), workspace.id()), store.time(), chunk);
    }

    /** The same under another name. */
    public TimeTable named(String other) {
        return new TimeTable(placement, schema, other, time, chunk);
    }

    /** Schema and name in quotes. */
    public String quoted() {
        return Identifier.qualified(schema, name);
    }

    /** Whether it is a partitioned table rather than a hypertable; one that is not there is neither. */
    public boolean isPartitioned(Connection connection) throws SQLException {
        String sql = "SELECT relkind = 'p' FROM pg_catalog.pg_class WHERE oid = to_regclass(?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, quoted());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** Span of a chunk in microseconds. */
    public long chunkMicros() {
        return chunk.toNanos() / 1_000;
    }
}
