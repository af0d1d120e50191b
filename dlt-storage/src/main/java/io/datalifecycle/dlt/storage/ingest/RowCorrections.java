package io.datalifecycle.dlt.storage.ingest;

import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.spi.RowCorrector;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.Placements;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.feature.Consumers;
import io.datalifecycle.dlt.storage.feature.RangeLog;
import io.datalifecycle.dlt.storage.health.Pulse;
import io.datalifecycle.dlt.storage.quota.QuotaTables;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;

/** Deletes and corrects rows, with the log of the times they had and have, in one transaction. Thread-safe. */
public final class RowCorrections implements RowCorrector {

    private static final int TIMES = 10_000;

    private final Placements placements;
    private final QuotaTables quotas;
    private final Consumers consumers = new Consumers();
    private final Pulse pulse;
    private final InstantSource clock;

    public RowCorrections(Placements placements, QuotaTables quotas, Pulse pulse, InstantSource clock) {
        this.placements = placements;
        this.quotas = quotas;
        this.pulse = pulse;
        this.clock = clock;
    }

    @Override
    public long delete(WorkspaceContext workspace, Datastore store, Selection rows) {
        DataDatabase data = placements.of(workspace);
        TimeTable table = TimeTable.of(workspace, data.schema(), store);
        String what = "delete from " + store.key() + " of workspace " + workspace.key();
        SelectionSql where = new SelectionSql(table, StoreColumns.of(workspace.template(), store), rows);
        long deleted = data.database().onConnection(what, connection -> {
            TouchedTimes touched = new TouchedTimes();
            long count = delete(connection, table, where, touched);
            note(connection, workspace, store, touched, count);
            return count;
        });
        if (deleted > 0) {
            pulse.beat(workspace, store.ref(), table.quoted(), clock.instant());
        }
        return deleted;
    }

    private static long delete(Connection connection, TimeTable table, SelectionSql where, TouchedTimes touched)
            throws SQLException {
        String sql = "DELETE FROM " + table.quoted() + " AS t WHERE " + where.condition() + " RETURNING "
                + SelectionSql.micros("t", table.time());
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(TIMES); // the server keeps what is returned, also of many rows
            where.bind(statement, 1);
            long count = 0;
            try (ResultSet gone = statement.executeQuery()) {
                while (gone.next()) {
                    touched.add(gone.getLong(1));
                    count++;
                }
            }
            return count;
        }
    }

    @Override
    public Corrected correct(WorkspaceContext workspace, Datastore store, Selection rows, Fix fix) {
        DataDatabase data = placements.of(workspace);
        TimeTable table = TimeTable.of(workspace, data.schema(), store);
        RowSchema schema = StoreColumns.of(workspace.template(), store);
        String what = "correct " + store.key() + " of workspace " + workspace.key();
        Corrected done = data.database().onConnection(what, connection -> {
            Correction correction = new Correction(connection, data.dialect(), table, store, schema);
            Corrected result = correction.run(new SelectionSql(table, schema, rows), fix);
            note(connection, workspace, store, correction.touched(), result.deleted());
            return result;
        });
        if (done.changed() + done.deleted() > 0) {
            pulse.beat(workspace, store.ref(), table.quoted(), clock.instant());
        }
        return done;
    }

    @SuppressWarnings("checkstyle:ParameterNumber") // what a change leaves behind, in its transaction
    private void note(
            Connection connection, WorkspaceContext workspace, Datastore store, TouchedTimes touched, long deleted)
            throws SQLException {
        RangeLog.touch(
                connection, workspace, store.ref(), consumers.of(workspace.template(), store.ref()), touched.ranges());
        quotas.uncount(connection, workspace, store, deleted);
    }
}
