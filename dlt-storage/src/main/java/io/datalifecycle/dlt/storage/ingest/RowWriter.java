package io.datalifecycle.dlt.storage.ingest;

import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.storage.dialect.StoreTables;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.rows.CopyEncoder;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.storage.sql.SqlErrors;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Duplicates;
import io.datalifecycle.dlt.template.Store;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes the rows of one batch within a transaction. Straight into the table where no key collides; a batch that does goes through a
 * staging table and ON CONFLICT. Rows that the database refuses are found by halving, their neighbours are stored.
 */
final class RowWriter {

    private static final String UNIQUE_VIOLATION = "23505";

    /** A row without its time or another value it must have. */
    private static final String NO_TIME = "23502";

    /** A COPY that waited for its table to become a hypertable: TimescaleDB looked at the table before, and refuses it then. */
    private static final String NOT_SUPPORTED = "0A000";

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
        if (!keyed() || isUpdate() || !collided.get()) {
            write(rows, 0, rows.size(), outcome);
            return;
        }
        int[] key = StoreTables.keyColumns(store).stream()
                .mapToInt(rows.schema()::indexOf)
                .toArray();
        RowBatch first = FirstOfKey.of(rows, key);
        if (first == rows) {
            write(rows, 0, rows.size(), outcome);
            return;
        }
        outcome.duplicate += rows.size() - first.size();
        collided.set(false); // maybe the batch repeats only itself, and the rest goes in straight
        write(first, 0, first.size(), outcome);
        collided.set(true); // the next batch comes from where this one came from
    }

    private void write(RowBatch rows, int from, int to, Outcome outcome) throws SQLException {
        write(rows, from, to, outcome, keyed() && collided.get());
    }

    /** @param staged whether by way of the staging table; decided before, for other writers change what is known of collisions */
    @SuppressWarnings("checkstyle:ParameterNumber") // a part of a batch and how it goes in
    private void write(RowBatch rows, int from, int to, Outcome outcome, boolean staged) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            if (staged) {
                stage(rows, from, to, outcome);
            } else {
                encoder.copy(connection, table.quoted(), rows, from, to, null);
                outcome.accepted += to - from;
            }
            connection.releaseSavepoint(before);
        } catch (SQLException failure) {
            if (SqlErrors.isAway(failure) || connection.isClosed()) {
                throw failure;
            }
            connection.rollback(before);
            connection.releaseSavepoint(before); // else refused rows pile up savepoints within savepoints
            if (!staged && keyed() && SqlErrors.state(failure).equals(UNIQUE_VIOLATION)) {
                collided.set(true);
                write(rows, from, to, outcome, true);
            } else {
                recover(rows, from, to, outcome, failure);
            }
        }
    }

    private boolean keyed() {
        return StoreTables.isKeyed(store);
    }

    private void recover(RowBatch rows, int from, int to, Outcome outcome, SQLException failure) throws SQLException {
        String state = SqlErrors.state(failure);
        if (SqlErrors.isMissingPartition(failure) && !isTimeless(rows, from, to)) {
            throw new CopyRowSink.Again(failure);
        } else if (state.equals(NOT_SUPPORTED)) {
            throw new CopyRowSink.Again(failure);
        } else if (keyed() && SqlErrors.isLostRace(failure)) {
            collided.set(
                    true); // staging takes keys in order, so that writers wait for each other but never in a circle
            throw new CopyRowSink.Again(failure);
        } else if (!state.startsWith("22") && !state.startsWith("23") && !state.equals("54000")) {
            throw failure; // not the fault of a row
        } else if (to - from == 1) {
            outcome.rejected.add(rejection(rows, from, isTimeless(rows, from, to) ? NO_TIME : state));
        } else {
            int middle = (from + to) >>> 1;
            write(rows, from, middle, outcome);
            write(rows, middle, to, outcome);
        }
    }

    /** Whether a row has no time: no partition is there for it and none can be made. */
    private boolean isTimeless(RowBatch rows, int from, int to) {
        int time = rows.schema().indexOf(table.time());
        return IntStream.range(from, to).anyMatch(row -> rows.isNull(row, time));
    }

    private void stage(RowBatch rows, int from, int to, Outcome outcome) throws SQLException {
        List<String> columns =
                rows.schema().columns().stream().map(c -> c.name()).toList();
        List<String> key = StoreTables.keyColumns(store);
        boolean update = isUpdate();
        String ordinal = ordinal(rows.schema());
        String definition =
                StoreTables.columns(rows.schema(), table.time()) + ", " + Identifier.quote(ordinal) + " bigint";
        String stage = Identifier.qualified("pg_temp", stageName(table.quoted() + definition));
        long stored;
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL client_min_messages = warning");
            statement.execute(
                    "CREATE TEMP TABLE IF NOT EXISTS " + stage + " (" + definition + ") ON COMMIT DELETE ROWS");
            statement.execute("TRUNCATE " + stage);
            encoder.copy(connection, stage, rows, from, to, new CopyEncoder.Ordinal(ordinal, row -> row));
            stored = statement.executeLargeUpdate(merge(stage, ordinal, columns, key, update));
        }
        outcome.accepted += stored;
        outcome.duplicate += to - from - stored;
        if (stored == to - from) {
            collided.set(false);
        }
    }

    /** Of rows with one key within the batch the first is kept where duplicates are ignored, the last where they update. */
    private String merge(String stage, String ordinal, List<String> columns, List<String> key, boolean update) {
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
                + ") * FROM " + stage + " ORDER BY " + Identifier.list(key) + ", " + Identifier.quote(ordinal)
                + (update ? " DESC" : " ASC")
                + ") AS s ORDER BY " + Identifier.list(key) + " ON CONFLICT (" + Identifier.list(key) + ") " + conflict;
    }

    /** A name for the row's number that no column has. */
    static String ordinal(RowSchema schema) {
        String name = "ordinal";
        while (schema.find(name).isPresent()) {
            name += "_"; // ends before 63 bytes do: a store has fewer columns than that of this name
        }
        return name;
    }

    /** One temporary table per session, store and shape; a session lives longer than a version of a template. */
    private static String stageName(String shape) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(shape.getBytes(StandardCharsets.UTF_8));
            return "stage_" + HexFormat.of().formatHex(hash, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this Java", e);
        }
    }

    private boolean isUpdate() {
        return !(store instanceof Datastore datastore) || datastore.duplicates() == Duplicates.UPDATE;
    }

    private static RowRejection rejection(RowBatch rows, int row, String state) {
        return rejection(rows, row, new RowRejection.Reason("", "storage", told(state)));
    }

    static RowRejection rejection(RowBatch rows, int row, RowRejection.Reason reason) {
        return new RowRejection(rows.position(row), List.of(reason), payload(rows, row));
    }

    /** What is wrong with a row that is refused with a state. */
    static String told(String state) {
        return switch (state) {
            case NO_TIME -> "a required value is missing";
            case "22003" -> "a number is out of range";
            case "22021", "22P05" -> "a text holds a character the database cannot store";
            case "54000" -> "the row is too large";
            default -> "the database refuses the row (" + state + ")";
        };
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
