package io.datalifecycle.dlt.storage.ingest;

import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.spi.Checkpoint;
import io.datalifecycle.dlt.spi.RowSink;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.Placements;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.feature.Consumers;
import io.datalifecycle.dlt.storage.feature.RangeLog;
import io.datalifecycle.dlt.storage.sql.SqlErrors;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** One batch, one transaction: rows by COPY, quarantine, checkpoint, touched ranges, batch id. Thread-safe. */
public final class CopyRowSink implements RowSink {

    private static final int MOST_TRIES = 5;

    private final Placements placements;
    private final QuarantineTables quarantine;
    private final Collisions collisions = new Collisions();
    private final Consumers consumers;
    private final InstantSource clock;

    public CopyRowSink(Placements placements, QuarantineTables quarantine, Consumers consumers, InstantSource clock) {
        this.consumers = consumers;
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
        for (int tries = 1; ; tries++) {
            try {
                return data.database().onConnection(what, connection -> write(connection, data, table, write));
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
        RowWriter.Outcome outcome = new RowWriter.Outcome();
        long[] times = times(write.rows(), table);
        if (write.rows().size() > 0) {
            data.dialect().ensure(connection, table, times);
            RowWriter writer = new RowWriter(connection, table, write.store(), collisions.of(table));
            writer.write(write.rows(), outcome);
        }
        List<RowRejection> kept = new ArrayList<>(write.rejected());
        kept.addAll(outcome.rejected);
        if (write.keepRejected() && !kept.isEmpty()) {
            quarantine.add(connection, data, write, kept, clock.instant());
        }
        if (outcome.accepted > 0) {
            RangeLog.touch(
                    connection,
                    write.workspace(),
                    write.store().ref(),
                    consumers.of(write.workspace().template(), write.store().ref()),
                    TouchedRanges.of(times));
        }
        WriteResult result = new WriteResult(outcome.accepted, outcome.duplicate, outcome.rejected, false);
        BatchTable.end(connection, write, result);
        return result;
    }

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
