package io.datalifecycle.dlt.storage.ingest;

import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.problem.StoreUnavailableException;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.row.RowRejection.Reason;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.spi.RowCorrector.Corrected;
import io.datalifecycle.dlt.spi.RowCorrector.Fix;
import io.datalifecycle.dlt.spi.RowCorrector.Fixed;
import io.datalifecycle.dlt.storage.dialect.StoreDialect;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.rows.RowCursor;
import io.datalifecycle.dlt.storage.sql.SqlErrors;
import io.datalifecycle.dlt.template.Store;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One correction within a transaction. Rows are read and locked by a cursor; where those stand that are to go, and what comes in their
 * place, waits in temporary tables until all are right. Then the old ones are deleted by place and the new ones inserted: so rows may
 * exchange their keys and move to other chunks, and of rows that are the same each is its own.
 */
final class Correction {

    private static final int BATCH_ROWS = 1_000;

    private final Connection connection;
    private final StoreDialect dialect;
    private final TimeTable table;
    private final Store store;
    private final RowSchema schema;
    private final CorrectionTables waiting;
    private final TouchedTimes touched = new TouchedTimes();
    private final List<RowRejection> rejections = new ArrayList<>();
    /** A time of each chunk that rows move to. */
    private final Set<Long> chunks = new HashSet<>();

    private long read;
    private long changed;
    private long deleted;

    @SuppressWarnings("checkstyle:ParameterNumber") // what a transaction works on, kept together
    Correction(Connection connection, StoreDialect dialect, TimeTable table, Store store, RowSchema schema) {
        this.connection = connection;
        this.dialect = dialect;
        this.table = table;
        this.store = store;
        this.schema = schema;
        this.waiting = new CorrectionTables(connection, table, store, schema);
    }

    /** The times rows had and have; none when nothing was changed. */
    TouchedTimes touched() {
        return rejections.isEmpty() ? touched : new TouchedTimes();
    }

    Corrected run(SelectionSql rows, Fix fix) throws SQLException {
        waiting.create(rows);
        read(rows, fix);
        if (rejections.isEmpty() && changed + deleted > 0) {
            apply(rows);
        }
        boolean done = rejections.isEmpty();
        return new Corrected(read, done ? changed : 0, done ? deleted : 0, rejections);
    }

    private void read(SelectionSql rows, Fix fix) throws SQLException {
        String sql = "SELECT t.tableoid::bigint, t.ctid::text, " + RowCursor.select("t", schema.columns()) + " FROM "
                + table.quoted() + " AS t WHERE " + rows.condition() + " ORDER BY "
                + RowCursor.order("t", table, store) + " FOR UPDATE OF t";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            rows.bind(statement, 1);
            statement.setFetchSize(BATCH_ROWS);
            RowBatch.Builder builder = RowBatch.builder(schema, BATCH_ROWS + 1);
            List<Place> places = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (rejections.size() < Corrected.MOST_REJECTIONS && row.next()) {
                    places.add(new Place(row.getLong(1), row.getString(2)));
                    RowCursor.read(row, 3, schema, builder);
                    builder.endRow(++read);
                    if (builder.size() == BATCH_ROWS) {
                        take(builder.build(), places, fix);
                        places.clear();
                    }
                }
            }
            if (builder.size() > 0 && rejections.size() < Corrected.MOST_REJECTIONS) {
                take(builder.build(), places, fix);
            }
        }
    }

    /** Where a row stands until somebody changes it, which our lock prevents. */
    record Place(long part, String at) {}

    private void take(RowBatch rows, List<Place> places, Fix fix) throws SQLException {
        Fixed fixed = fix.fix(rows);
        reject(fixed.rejections());
        if (!rejections.isEmpty()) {
            return; // nothing will be changed: go on only to tell more of what is wrong
        }
        RowBatch replacements = differing(rows, fixed.replacements());
        int time = schema.indexOf(table.time());
        List<Place> gone = new ArrayList<>();
        for (long position : fixed.deleted()) {
            int row = index(rows, position);
            gone.add(places.get(row));
            touched.add(rows.longAt(row, time));
        }
        for (int i = 0; i < replacements.size(); i++) {
            int row = index(rows, replacements.position(i));
            gone.add(places.get(row));
            touched.add(rows.longAt(row, time));
            touched.add(replacements.longAt(i, time));
            chunks.add(Math.floorDiv(replacements.longAt(i, time), table.chunkMicros()) * table.chunkMicros());
        }
        deleted += fixed.deleted().size();
        changed += replacements.size();
        waiting.leave(gone);
        reject(waiting.come(replacements));
    }

    private static int index(RowBatch rows, long position) {
        return (int) (position - rows.position(0));
    }

    private void reject(List<RowRejection> more) {
        more.stream()
                .limit(Corrected.MOST_REJECTIONS - (long) rejections.size())
                .forEach(rejections::add);
    }

    /** Without those that are what they replace. */
    private static RowBatch differing(RowBatch rows, RowBatch replacements) {
        BitSet same = new BitSet();
        for (int i = 0; i < replacements.size(); i++) {
            if (isSame(rows, index(rows, replacements.position(i)), replacements, i)) {
                same.set(i);
            }
        }
        return FirstOfKey.without(replacements, same);
    }

    private static boolean isSame(RowBatch rows, int row, RowBatch others, int other) {
        for (int c = 0; c < rows.schema().size(); c++) {
            if (!Objects.equals(rows.value(row, c), others.value(other, c))) {
                return false;
            }
        }
        return true;
    }

    private void apply(SelectionSql rows) throws SQLException {
        Savepoint before = connection.setSavepoint();
        long gone = waiting.deleteOld(rows);
        if (gone != changed + deleted) {
            throw new IllegalStateException(
                    "of " + (changed + deleted) + " rows that were locked " + gone + " were there to delete");
        }
        dialect.ensure(
                connection, table, chunks.stream().mapToLong(Long::longValue).toArray());
        insert(1, read + 1);
        if (!rejections.isEmpty()) {
            connection.rollback(before);
        }
    }

    /** Rows of these positions; where the database refuses, by halves until the row is found. */
    private void insert(long from, long to) throws SQLException {
        if (rejections.size() == Corrected.MOST_REJECTIONS) {
            return;
        }
        Savepoint before = connection.setSavepoint();
        try {
            waiting.insertNew(from, to);
            connection.releaseSavepoint(before);
        } catch (SQLException failure) {
            if (SqlErrors.isMissingPartition(failure)) {
                dialect.forget(table);
                throw new StoreUnavailableException(
                        ProblemCode.STORAGE_FAILED,
                        "correct " + store.key() + ": its partitions were changed meanwhile; try again",
                        true,
                        SqlErrors.withoutValues(failure));
            }
            if (!CorrectionTables.isOfRow(failure)) {
                throw failure;
            }
            connection.rollback(before);
            connection.releaseSavepoint(before);
            if (to - from == 1) {
                rejections.add(waiting.rejection(from, failure));
            } else {
                waiting.index();
                insert(from, (from + to) >>> 1);
                insert((from + to) >>> 1, to);
            }
        }
    }

    /** Why the database refuses a row. */
    static Reason reason(SQLException failure, Store store) {
        if (SqlErrors.state(failure).equals("23505")) {
            return new Reason(
                    "",
                    "natural_key",
                    "another row has the same " + String.join(" and ", store.naturalKey())
                            + "; correct or delete that one, too");
        }
        return new Reason("", "storage", RowWriter.told(SqlErrors.state(failure)));
    }
}
