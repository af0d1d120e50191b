package io.datalifecycle.dlt.storage.ingest;

import io.datalifecycle.dlt.lineage.Lineage;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.spi.Checkpoint;
import io.datalifecycle.dlt.spi.RowSink;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.Placements;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.feature.RangeLog;
import io.datalifecycle.dlt.storage.sql.SqlErrors;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One batch, one transaction: rows by COPY, quarantine, checkpoint, touched ranges, batch id. Thread-safe. */
public final class CopyRowSink implements RowSink {

    static final String ORDINAL = "dlt_ordinal";

    private final Placements placements;
    private final QuarantineTables quarantine;
    private final Collisions collisions = new Collisions();
    private final InstantSource clock;

    public CopyRowSink(Placements placements, QuarantineTables quarantine, InstantSource clock) {
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
        try {
            return data.database().onConnection(what, connection -> write(connection, data, table, write));
        } catch (PartitionGone gone) {
            data.dialect().forget(table); // another node dropped a partition we remembered: look again, once
            return data.database().onConnection(what, connection -> write(connection, data, table, write));
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
        if (write.rows().size() > 0) {
            data.dialect().ensure(connection, table, times(write.rows(), table));
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
                    Lineage.of(write.workspace().template())
                            .consumersOf(write.store().ref()),
                    TouchedRanges.of(times(write.rows(), table)));
        }
        WriteResult result = new WriteResult(outcome.accepted, outcome.duplicate, outcome.rejected, false);
        BatchTable.end(connection, write, result);
        return result;
    }

    private static long[] times(RowBatch rows, TimeTable table) {
        int time = rows.schema().indexOf(table.time());
        long[] micros = new long[rows.size()];
        for (int row = 0; row < micros.length; row++) {
            micros[row] = rows.longAt(row, time);
        }
        return micros;
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

    /** A partition that was remembered is not there any more. */
    static final class PartitionGone extends RuntimeException {

        private static final long serialVersionUID = 1L;

        PartitionGone(SQLException cause) {
            super(cause);
        }

        /** Check violation, which a missing partition is reported as. */
        static boolean is(SQLException failure) {
            return SqlErrors.state(failure).equals("23514")
                    && String.valueOf(failure.getMessage()).contains("no partition");
        }
    }
}
