package io.datalifecycle.dlt.storage.ingest;

import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.plan.StoreTables;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.storage.sql.SqlErrors;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Duplicates;
import io.datalifecycle.dlt.template.Store;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Writes the rows of one batch within a transaction. Straight into the table where no key collides; a batch that does goes through a
 * staging table and ON CONFLICT. Rows that the database refuses are found by halving, their neighbours are stored.
 */
final class RowWriter {

    private static final String UNIQUE_VIOLATION = "23505";

    private final Connection connection;
    private final TimeTable table;
    private final Store store;
    private final AtomicBoolean collided;
    private final CopyEncoder encoder = new CopyEncoder();

    RowWriter(Connection connection, TimeTable table, Store store, AtomicBoolean collided) {
        this.connection = connection;
        this.table = table;
        this.store = store;
        this.collided = collided;
    }

    /** Counts of a batch. */
    static final class Outcome {
        long accepted;
        long duplicate;
        final List<RowRejection> rejected = new ArrayList<>();
    }

    void write(RowBatch rows, Outcome outcome) throws SQLException {
        write(rows, 0, rows.size(), outcome);
    }

    private void write(RowBatch rows, int from, int to, Outcome outcome) throws SQLException {
        boolean keyed = StoreTables.isKeyed(store);
        Savepoint before = connection.setSavepoint();
        try {
            if (keyed && collided.get()) {
                stage(rows, from, to, outcome);
            } else {
                encoder.copy(connection, table.quoted(), rows, from, to, false);
                outcome.accepted += to - from;
            }
            connection.releaseSavepoint(before);
        } catch (SQLException failure) {
            if (SqlErrors.isAway(failure) || connection.isClosed()) {
                throw failure;
            }
            connection.rollback(before);
            recover(rows, from, to, outcome, failure);
        }
    }

    private void recover(RowBatch rows, int from, int to, Outcome outcome, SQLException failure) throws SQLException {
        String state = SqlErrors.state(failure);
        if (state.equals(UNIQUE_VIOLATION) && !collided.get()) {
            collided.set(true);
            write(rows, from, to, outcome);
        } else if (CopyRowSink.PartitionGone.is(failure)) {
            throw new CopyRowSink.PartitionGone(failure);
        } else if (!state.startsWith("22") && !state.startsWith("23") && !state.equals("54000")) {
            throw failure; // not the fault of a row
        } else if (to - from == 1) {
            outcome.rejected.add(rejection(rows, from, state));
        } else {
            int middle = (from + to) >>> 1;
            write(rows, from, middle, outcome);
            write(rows, middle, to, outcome);
        }
    }

    private void stage(RowBatch rows, int from, int to, Outcome outcome) throws SQLException {
        List<String> columns =
                rows.schema().columns().stream().map(c -> c.name()).toList();
        List<String> key = StoreTables.keyColumns(store);
        boolean update = isUpdate();
        String stage = Identifier.qualified(
                "pg_temp", "stage_" + Integer.toHexString((table + columns.toString()).hashCode()));
        long stored;
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL client_min_messages = warning");
            statement.execute("CREATE TEMP TABLE IF NOT EXISTS " + stage.substring("\"pg_temp\".".length()) + " ("
                    + StoreTables.columns(rows.schema(), table.time()) + ", " + CopyRowSink.ORDINAL
                    + " bigint) ON COMMIT DELETE ROWS");
            statement.execute("TRUNCATE " + stage);
            encoder.copy(connection, stage, rows, from, to, true);
            stored = statement.executeLargeUpdate(merge(stage, columns, key, update));
        }
        outcome.accepted += stored;
        outcome.duplicate += to - from - stored;
        if (stored == to - from) {
            collided.set(false);
        }
    }

    /** Of rows with one key within the batch the first is kept where duplicates are ignored, the last where they update. */
    private String merge(String stage, List<String> columns, List<String> key, boolean update) {
        String all = Identifier.list(columns);
        String conflict = "DO NOTHING";
        List<String> values = columns.stream().filter(c -> !key.contains(c)).toList();
        if (update && !values.isEmpty()) {
            conflict = "DO UPDATE SET "
                    + values.stream()
                            .map(c -> Identifier.quote(c) + " = excluded." + Identifier.quote(c))
                            .collect(Collectors.joining(", "))
                    + " WHERE (" + Identifier.list("t", values) + ") IS DISTINCT FROM ("
                    + Identifier.list("excluded", values) + ")";
        }
        return "INSERT INTO " + table.quoted() + " AS t (" + all + ") SELECT " + all + " FROM (SELECT DISTINCT ON ("
                + Identifier.list(key)
                + ") * FROM " + stage + " ORDER BY " + Identifier.list(key) + ", " + CopyRowSink.ORDINAL
                + (update ? " DESC" : " ASC")
                + ") AS s ORDER BY " + Identifier.list(key) + " ON CONFLICT (" + Identifier.list(key) + ") " + conflict;
    }

    private boolean isUpdate() {
        return !(store instanceof Datastore datastore) || datastore.duplicates() == Duplicates.UPDATE;
    }

    private static RowRejection rejection(RowBatch rows, int row, String state) {
        String message = switch (state) {
            case "23502" -> "a required value is missing";
            case "22003" -> "a number is out of range";
            case "22021", "22P05" -> "a text holds a character the database cannot store";
            case "54000" -> "the row is too large";
            default -> "the database refuses the row (" + state + ")";
        };
        return new RowRejection(
                rows.position(row), List.of(new RowRejection.Reason("", "storage", message)), payload(rows, row));
    }

    private static String payload(RowBatch rows, int row) {
        String text = String.valueOf(io.datalifecycle.dlt.storage.sql.PlainJson.write(printable(rows, row)));
        return text.length() > 65_536 ? text.substring(0, 65_536) : text;
    }

    private static java.util.Map<String, Object> printable(RowBatch rows, int row) {
        java.util.Map<String, Object> values = new java.util.LinkedHashMap<>();
        rows.row(row).forEach((name, value) -> {
            if (value != null) {
                values.put(name, value instanceof Number || value instanceof Boolean ? value : value.toString());
            }
        });
        return values;
    }
}
