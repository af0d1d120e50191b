package io.datalifecycle.dlt.storage.ingest;

import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.storage.dialect.Capabilities;
import io.datalifecycle.dlt.storage.dialect.Compression;
import io.datalifecycle.dlt.storage.dialect.StoreTables;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.rows.CopyEncoder;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.storage.sql.SqlErrors;
import io.datalifecycle.dlt.template.Store;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The temporary tables of a correction: places of rows that go, rows that come. They are gone when the transaction ends. */
final class CorrectionTables {

    private static final String OLD = Identifier.qualified("pg_temp", "dlt_correction_old");
    private static final String NEW = Identifier.qualified("pg_temp", "dlt_correction_new");
    private static final int MOST_PAYLOAD = 65_536;

    private final Connection connection;
    private final TimeTable table;
    private final Store store;
    private final RowSchema schema;
    private final String ordinal;
    private final CopyEncoder encoder = new CopyEncoder();
    private boolean indexed;

    CorrectionTables(Connection connection, TimeTable table, Store store, RowSchema schema) {
        this.connection = connection;
        this.table = table;
        this.store = store;
        this.schema = schema;
        this.ordinal = RowWriter.ordinal(schema);
    }

    /** Makes them, and looks that all rows of the selection have a place. */
    void create(SelectionSql rows) throws SQLException {
        if (Capabilities.of(connection).compression() && !table.isPartitioned(connection)) {
            Compression.decompress(connection, table, rows.range());
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE dlt_correction_old (part oid, place tid) ON COMMIT DROP");
            statement.execute("CREATE TEMP TABLE dlt_correction_new (" + StoreTables.columns(schema, table.time())
                    + ", " + Identifier.quote(ordinal) + " bigint NOT NULL) ON COMMIT DROP");
        }
    }

    /** Notes rows that are to be deleted. */
    void leave(List<Correction.Place> places) throws SQLException {
        if (places.isEmpty()) {
            return;
        }
        String sql = "INSERT INTO " + OLD
                + " SELECT part::oid, place::tid FROM unnest(?::bigint[], ?::text[]) AS p (part, place)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "bigint",
                            places.stream().map(Correction.Place::part).toArray()));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "text", places.stream().map(Correction.Place::at).toArray()));
            statement.executeUpdate();
        }
    }

    /** Notes rows that are to come; gives those the database cannot hold. */
    List<RowRejection> come(RowBatch rows) throws SQLException {
        List<RowRejection> refused = new ArrayList<>();
        if (rows.size() > 0) {
            come(rows, 0, rows.size(), refused);
        }
        return refused;
    }

    private void come(RowBatch rows, int from, int to, List<RowRejection> refused) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            encoder.copy(connection, NEW, rows, from, to, new CopyEncoder.Ordinal(ordinal, rows::position));
            connection.releaseSavepoint(before);
        } catch (SQLException failure) {
            if (!isOfRow(failure)) {
                throw failure;
            }
            connection.rollback(before);
            connection.releaseSavepoint(before);
            if (to - from == 1) {
                refused.add(RowWriter.rejection(rows, from, Correction.reason(failure, store)));
            } else {
                int middle = (from + to) >>> 1;
                come(rows, from, middle, refused);
                come(rows, middle, to, refused);
            }
        }
    }

    /** Whether a row is to blame. */
    static boolean isOfRow(SQLException failure) {
        String state = SqlErrors.state(failure);
        return !SqlErrors.isAway(failure)
                && (state.startsWith("22") || state.startsWith("23") || state.equals("54000"));
    }

    /** Deletes the rows that go; the span spares a look at other chunks. */
    long deleteOld(SelectionSql rows) throws SQLException {
        String sql = "DELETE FROM " + table.quoted() + " AS t USING " + OLD
                + " AS o WHERE t.tableoid = o.part AND t.ctid = o.place AND " + rows.span();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            rows.bindSpan(statement, 1);
            return statement.executeLargeUpdate();
        }
    }

    /** Inserts rows that come, of positions from one to before another. */
    void insertNew(long from, long to) throws SQLException {
        String columns =
                Identifier.list(schema.columns().stream().map(c -> c.name()).toList());
        String line = Identifier.quote(ordinal);
        String sql = "INSERT INTO " + table.quoted() + " (" + columns + ") SELECT " + columns + " FROM " + NEW
                + " WHERE " + line + " >= ? AND " + line + " < ? ORDER BY " + line;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, from);
            statement.setLong(2, to);
            statement.executeLargeUpdate();
        }
    }

    /** Makes it cheap to look for the row that is to blame. */
    void index() throws SQLException {
        if (!indexed) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE INDEX ON " + NEW + " (" + Identifier.quote(ordinal) + ")");
            }
            indexed = true;
        }
    }

    /** The refusal of the row of a position. */
    RowRejection rejection(long position, SQLException failure) throws SQLException {
        String line = Identifier.quote(ordinal);
        String sql = "SELECT left((to_jsonb(n) - ?)::text, " + MOST_PAYLOAD + ") FROM " + NEW + " AS n WHERE " + line
                + " = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, ordinal);
            statement.setLong(2, position);
            try (ResultSet row = statement.executeQuery()) {
                String payload = row.next() ? row.getString(1) : "";
                return new RowRejection(position, List.of(Correction.reason(failure, store)), payload);
            }
        }
    }
}
