package io.datalifecycle.dlt.storage.dialect;

import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Inferencestore;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.workspace.PhysicalName;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
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

    /** Schema and name in quotes. */
    public String quoted() {
        return Identifier.qualified(schema, name);
    }

    /** Span of a chunk in microseconds. */
    public long chunkMicros() {
        return chunk.toNanos() / 1_000;
    }
}
