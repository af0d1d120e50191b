package io.datalifecycle.dlt.storage.training;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.spi.PointInTime;
import io.datalifecycle.dlt.storage.rows.CopyEncoder;
import io.datalifecycle.dlt.storage.rows.RowCursor;
import io.datalifecycle.dlt.storage.sql.Identifier;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was known of a store at each entity's own time, from its history: one pass over versions and entities in the order of time, into a
 * temporary table of the transaction. Used by one thread.
 */
final class KnownRows {

    private static final int BATCH_ROWS = 5_000;
    private static final int NUMBER = 0;
    private static final int AT = 1;
    private static final int LOWER = 2;
    private static final int TIME = 3;
    private static final int UNTIL = 4;
    private static final int KEYS = 5;

    private final Connection connection;
    private final LookupSql sql;
    private final String table;
    private final RowSchema events;
    private final RowSchema found;
    private final int keys;
    private final Cut cut;
    private final Frontier frontier = new Frontier();
    private final CopyEncoder encoder = new CopyEncoder();
    private @Nullable Object @Nullable [] key;

    /** @param number of the feature */
    KnownRows(Connection connection, PointInTime.Feature feature, LookupSql sql, int number) {
        this.connection = connection;
        this.sql = sql;
        this.table = Identifier.qualified("pg_temp", "dlt_known_" + number);
        this.events = sql.eventColumns();
        this.keys = feature.by().size();
        this.cut = Cut.of(feature);
        List<Column> columns = new ArrayList<>();
        columns.add(Column.required("n", ColumnType.BIGINT));
        columns.addAll(sql.taken());
        this.found = new RowSchema(columns);
    }

    void create() throws SQLException {
        EntityTable.create(connection, table, found);
    }

    /** How the entities, behind the alias {@code e}, find their row. */
    String join(String alias) {
        return " LEFT JOIN " + table + " AS " + alias + " ON " + alias + ".n = e.n";
    }

    void fill() throws SQLException {
        List<Object> binds = new ArrayList<>();
        String select = sql.events(binds);
        RowBatch.Builder out = RowBatch.builder(found, BATCH_ROWS);
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            for (int i = 0; i < binds.size(); i++) {
                statement.setObject(i + 1, binds.get(i));
            }
            statement.setFetchSize(BATCH_ROWS);
            RowBatch.Builder in = RowBatch.builder(events, BATCH_ROWS);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    RowCursor.read(row, 1, events, in);
                    in.endRow(1);
                    if (in.size() == BATCH_ROWS) {
                        pass(in.build(), out);
                    }
                }
            }
            pass(in.build(), out);
        }
        write(out);
    }

    private void pass(RowBatch batch, RowBatch.Builder out) throws SQLException {
        for (int row = 0; row < batch.size(); row++) {
            if (key == null || !isSame(batch, row, key)) {
                key = cells(batch, row, KEYS, keys);
                frontier.clear();
            }
            if (batch.isNull(row, NUMBER)) {
                long time = batch.longAt(row, TIME);
                long until = batch.isNull(row, UNTIL) ? Frontier.FOREVER : batch.longAt(row, UNTIL);
                @Nullable Object[] values = cells(batch, row, KEYS + keys, found.size() - 1);
                frontier.add(batch.longAt(row, AT), cut.knownFrom(time), new Frontier.Version(time, until, values));
            } else {
                find(batch, row, out);
            }
        }
    }

    private void find(RowBatch batch, int row, RowBatch.Builder out) throws SQLException {
        Frontier.Version latest = frontier.at(batch.longAt(row, AT));
        if (latest == null || (!batch.isNull(row, LOWER) && latest.time() < batch.longAt(row, LOWER))) {
            return;
        }
        out.setLong(0, batch.longAt(row, NUMBER));
        for (int i = 0; i < latest.values().length; i++) {
            out.set(i + 1, latest.values()[i]);
        }
        out.endRow(1);
        if (out.size() == BATCH_ROWS) {
            write(out);
        }
    }

    private void write(RowBatch.Builder out) throws SQLException {
        RowBatch rows = out.build();
        encoder.copy(connection, table, rows, 0, rows.size(), null);
    }

    private static @Nullable Object[] cells(RowBatch batch, int row, int from, int size) {
        @Nullable Object[] cells = new @Nullable Object[size];
        for (int i = 0; i < size; i++) {
            cells[i] = batch.value(row, from + i);
        }
        return cells;
    }

    /** As the database orders them: 1.0 and 1.00 are one number, and so are 0.0 and -0.0. */
    private static boolean isSame(RowBatch batch, int row, @Nullable Object[] key) {
        for (int i = 0; i < key.length; i++) {
            Object value = batch.value(row, KEYS + i);
            Object other = key[i];
            boolean same;
            if (value instanceof BigDecimal a && other instanceof BigDecimal b) {
                same = a.compareTo(b) == 0;
            } else if (value instanceof Double a && other instanceof Double b) {
                same = a.equals(b) || a.doubleValue() == b.doubleValue();
            } else {
                same = Objects.equals(value, other);
            }
            if (!same) {
                return false;
            }
        }
        return true;
    }
}
