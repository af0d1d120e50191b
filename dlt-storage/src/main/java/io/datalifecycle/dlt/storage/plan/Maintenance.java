package io.datalifecycle.dlt.storage.plan;

import io.datalifecycle.dlt.storage.dialect.Capabilities;
import io.datalifecycle.dlt.storage.dialect.Compression;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.feature.HistoryTable;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Inferencestore;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to a workspace's chunks and partitions as time goes by. Each step is a transaction per store, compression one per chunk:
 * DDL locks a whole table, and locks on two could cross those of a refresh that reads one and writes the other. Thread-safe.
 */
final class Maintenance {

    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);

    private static final int CHUNKS_AHEAD = 2;

    private final Retention retention;

    /** What was said already: each datastore of a database is told about once. */
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    Maintenance() {
        this(new Retention());
    }

    Maintenance(Retention retention) {
        this.retention = retention;
    }

    /** Room ahead, so that the first row of a new span does not wait for DDL; then what is past its retention; then compression. */
    List<String> run(DataDatabase data, WorkspaceContext workspace, Instant now) {
        List<String> dropped = new ArrayList<>();
        for (Store store : workspace.template().stores()) {
            TimeTable table = TimeTable.of(workspace, data.schema(), store);
            String what = "maintain " + store.key() + " of workspace " + workspace.key();
            data.database().onConnection(what, connection -> {
                Duration ahead = table.chunk().multipliedBy(CHUNKS_AHEAD);
                data.dialect().ensure(connection, table, TimeRange.of(now, now.plus(ahead)));
                return true;
            });
            retention(store)
                    .map(kept -> new Retention.Past(store, before(now, kept, workspace.zone())))
                    .ifPresent(past -> dropped.addAll(data.database()
                            .onConnection(
                                    what,
                                    connection -> retention.drop(connection, data.dialect(), table, workspace, past))));
            if (store instanceof Featurestore featurestore) {
                dropped.addAll(history(data, workspace, featurestore, now));
            }
            if (store instanceof Datastore datastore) {
                datastore
                        .compressAfter()
                        .ifPresent(age -> compress(data, workspace, datastore, before(now, age, workspace.zone())));
            }
        }
        return List.copyOf(dropped);
    }

    /** What a store was before is kept as long as its {@code history} says. */
    private static List<String> history(
            DataDatabase data, WorkspaceContext workspace, Featurestore store, Instant now) {
        if (store.history().isEmpty()) {
            return List.of();
        }
        TimeTable table = HistoryTable.of(workspace, data.schema(), store);
        Instant limit = before(now, store.history().get(), workspace.zone());
        return data.database()
                .onConnection(
                        "maintain the history of " + store.key() + " of workspace " + workspace.key(),
                        connection -> data.dialect()
                                .dropBefore(connection, table, limit)
                                .names());
    }

    private void compress(DataDatabase data, WorkspaceContext workspace, Datastore store, Instant before) {
        TimeTable table = TimeTable.of(workspace, data.schema(), store);
        String what = "compress " + store.key() + " of workspace " + workspace.key();
        List<String> chunks = data.database().onConnection(what, connection -> {
            Capabilities can = Capabilities.of(connection);
            if (!can.compression() || table.isPartitioned(connection)) {
                tell(data, store, can);
                return List.<String>of();
            }
            Compression.enable(connection, table, store, StoreColumns.of(workspace.template(), store));
            return Compression.chunks(connection, table, before);
        });
        for (String chunk : chunks) {
            data.database().onConnection(what, connection -> {
                Compression.compress(connection, chunk);
                return true;
            });
        }
    }

    private void tell(DataDatabase data, Datastore store, Capabilities can) {
        if (told.add(data.database().name() + ' ' + store.key())) {
            LOG.warn(
                    "datastore {}: compress_after does nothing in database {}, which is {}; rows stay uncompressed. "
                            + "Only hypertables of TimescaleDB under the license timescale can be compressed.",
                    store.key(),
                    data.database().name(),
                    can);
        }
    }

    static Instant before(Instant now, TemporalAmount age, ZoneId zone) {
        return age instanceof Duration duration
                ? now.minus(duration)
                : now.atZone(zone).minus(age).toInstant();
    }

    static Optional<TemporalAmount> retention(Store store) {
        if (store instanceof Datastore datastore) {
            return datastore.retention();
        }
        return store instanceof Featurestore featurestore
                ? featurestore.retention()
                : ((Inferencestore) store).retention();
    }
}
