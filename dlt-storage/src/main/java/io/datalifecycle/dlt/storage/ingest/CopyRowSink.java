package io.datalifecycle.dlt.storage.ingest;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.spi.Checkpoint;
import io.datalifecycle.dlt.spi.RowSink;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.Placements;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.feature.Consumers;
import io.datalifecycle.dlt.storage.feature.RangeLog;
import io.datalifecycle.dlt.storage.health.Pulse;
import io.datalifecycle.dlt.storage.quota.QuotaTables;
import io.datalifecycle.dlt.storage.sql.Database;
import io.datalifecycle.dlt.storage.sql.SqlErrors;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** One batch, one transaction: rows by COPY, quarantine, checkpoint, touched ranges, batch id. Thread-safe. */
public final class CopyRowSink implements RowSink {

    private static final int MOST_TRIES = 5;

    /** Unknown table or column, other type, other binary form, missing value: what comes of rows of another shape. */
    private static final Set<String> SHAPE = Set.of("42P01", "42703", "42804", "22P03", "23502", "42P10");

    private final Placements placements;
    private final QuarantineTables quarantine;
    private final Collisions collisions = new Collisions();
    private final Consumers consumers;
    private final Pulse pulse;
    private final QuotaTables quotas;
    private final InstantSource clock;

    public CopyRowSink(
            Placements placements, QuarantineTables quarantine, QuotaTables quotas, Pulse pulse, InstantSource clock) {
        this.quotas = quotas;
        this.pulse = pulse;
        this.consumers = new Consumers();
        this.placements = placements;
        this.quarantine = quarantine;
        this.clock = clock;
    }

    @Override
    public WriteResult write(Write write) {
        DataDatabase data = placements.of(write.workspace());
        TimeTable table = TimeTable.of(write.workspace(), data.schema(), write.store());
        String what = "write to " + write.store().key() + " of workspace "
                + write.workspace().key();
        WriteResult result = current(
                data,
                write.workspace(),
                write.store(),
                () -> again(data, table, what, connection -> write(connection, data, table, write)));
        if (write.rows().size() > 0) {
            pulse.beat(write.workspace(), write.store().ref(), table.quoted(), clock.instant());
        }
        return result;
    }

    @Override
    public WriteResult replay(WorkspaceContext workspace, Datastore store, RowBatch rows) {
        DataDatabase data = placements.of(workspace);
        TimeTable table = TimeTable.of(workspace, data.schema(), store);
        String what = "replay into " + store.key() + " of workspace " + workspace.key();
        return current(
                data,
                workspace,
                store,
                () -> again(
                        data,
                        table,
                        what,
                        connection -> replay(connection, data, table, new Replay(workspace, store, rows))));
    }

    /** A table that has changed under a writer of an earlier revision refuses his rows in many words; this is the one that helps. */
    private static <T> T current(DataDatabase data, WorkspaceContext workspace, Store store, Supplier<T> work) {
        try {
            return work.get();
        } catch (DltException failure) {
            if (SHAPE.contains(SqlErrors.state(failure))) {
                data.database().onConnection("revision of workspace " + workspace.key(), connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(
                            "SELECT revision FROM dlt_data.workspace WHERE workspace = ?")) {
                        statement.setLong(1, workspace.id().value());
                        try (ResultSet row = statement.executeQuery()) {
                            if (row.next()) {
                                RangeLog.refuseOutdated(workspace, store.ref(), row.getLong(1));
                            }
                        }
                    }
                    return true;
                });
            }
            throw failure;
        }
    }

    private static <T> T again(DataDatabase data, TimeTable table, String what, Database.ConnectionWork<T> work) {
        for (int tries = 1; ; tries++) {
            try {
                return data.database().onConnection(what, work);
            } catch (Again again) {
                data.dialect().forget(table);
                if (tries == MOST_TRIES) {
                    throw SqlErrors.of(what, again);
                }
            }
        }
    }

    private WriteResult write(Connection connection, DataDatabase data, TimeTable table, Write write)
            throws SQLException {
        Optional<WriteResult> known = BatchTable.begin(connection, write, clock.instant());
        if (known.isPresent()) {
            return known.get();
        }
        if (write.checkpoint().isPresent()) {
            CheckpointTable.advance(
                    connection, write.workspace().id(), write.checkpoint().get());
        }
        quotas.check(connection, write.workspace(), write.store(), write.rows().size());
        RowWriter.Outcome outcome = store(connection, data, table, write.store(), write.rows());
        quotas.count(connection, write.workspace(), write.store(), outcome.accepted);
        List<RowRejection> kept = new ArrayList<>(write.rejected());
        kept.addAll(outcome.rejected);
        if (write.keepRejected() && !kept.isEmpty()) {
            quarantine.add(connection, data, write, kept, clock.instant());
        }
        touch(connection, write.workspace(), write.store(), outcome, times(write.rows(), table));
        WriteResult result = new WriteResult(outcome.accepted, outcome.duplicate, outcome.rejected, false);
        BatchTable.end(connection, write, result);
        return result;
    }

    /** The entries are locked first, so that of two replays at once the later finds them gone. */
    private WriteResult replay(Connection connection, DataDatabase data, TimeTable table, Replay replay)
            throws SQLException {
        String quarantine = QuarantineTables.table(data, replay.workspace(), replay.store());
        Set<Long> there = QuarantineTables.lock(connection, quarantine, positions(replay.rows()));
        BitSet gone = new BitSet();
        IntStream.range(0, replay.rows().size())
                .filter(row -> !there.contains(replay.rows().position(row)))
                .forEach(gone::set);
        RowBatch rows = FirstOfKey.without(replay.rows(), gone);
        quotas.check(connection, replay.workspace(), replay.store(), rows.size());
        RowWriter.Outcome outcome = store(connection, data, table, replay.store(), rows);
        quotas.count(connection, replay.workspace(), replay.store(), outcome.accepted);
        touch(connection, replay.workspace(), replay.store(), outcome, times(rows, table));
        outcome.rejected.forEach(refused -> there.remove(refused.line()));
        QuarantineTables.leave(connection, quarantine, there);
        return new WriteResult(outcome.accepted, outcome.duplicate + gone.cardinality(), outcome.rejected, false);
    }

    private static List<Long> positions(RowBatch rows) {
        return IntStream.range(0, rows.size()).mapToObj(rows::position).toList();
    }

    private RowWriter.Outcome store(
            Connection connection, DataDatabase data, TimeTable table, Store store, RowBatch rows) throws SQLException {
        RowWriter.Outcome outcome = new RowWriter.Outcome();
        if (rows.size() > 0) {
            data.dialect().ensure(connection, table, times(rows, table));
            new RowWriter(connection, table, store, collisions.of(table)).write(rows, outcome);
        }
        return outcome;
    }

    private void touch(
            Connection connection, WorkspaceContext workspace, Store store, RowWriter.Outcome outcome, long[] times)
            throws SQLException {
        if (outcome.accepted > 0) {
            List<String> readers = consumers.of(workspace.template(), store.ref());
            RangeLog.touch(connection, workspace, store.ref(), readers, TouchedRanges.of(times));
        }
    }

    private record Replay(WorkspaceContext workspace, Datastore store, RowBatch rows) {}

    private static long[] times(RowBatch rows, TimeTable table) {
        int time = rows.schema().indexOf(table.time());
        return IntStream.range(0, rows.size())
                .filter(row -> !rows.isNull(row, time))
                .mapToLong(row -> rows.longAt(row, time))
                .toArray();
    }

    @Override
    public Optional<Checkpoint.Saved> checkpoint(WorkspaceContext workspace, String name) {
        return placements
                .of(workspace)
                .database()
                .onConnection(
                        "checkpoint " + name + " of workspace " + workspace.key(),
                        connection -> CheckpointTable.read(connection, workspace.id(), name));
    }

    @Override
    public Map<String, String> positions(WorkspaceContext workspace, String name) {
        return placements
                .of(workspace)
                .database()
                .onConnection(
                        "positions of " + name + " of workspace " + workspace.key(),
                        connection -> CheckpointTable.positions(connection, workspace.id(), name));
    }

    @Override
    public void forget(WorkspaceContext workspace, String name) {
        placements
                .of(workspace)
                .database()
                .onConnection("forget " + name + " of workspace " + workspace.key(), connection -> {
                    CheckpointTable.forget(connection, workspace.id(), name);
                    return true;
                });
    }

    /** The transaction cannot go on, a new one can: a partition that was remembered is gone, or another writer won a race. */
    static final class Again extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Again(SQLException cause) {
            super(cause);
        }
    }
}
