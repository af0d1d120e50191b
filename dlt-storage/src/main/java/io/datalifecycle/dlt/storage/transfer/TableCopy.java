package io.datalifecycle.dlt.storage.transfer;

import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.storage.sql.InstantText;
import io.datalifecycle.dlt.time.TimeRange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;

/** Streams rows of one connection into another by binary COPY, a row at a time in memory. */
record TableCopy(Connection source, Connection target, DataDatabase into) {

    /** Count and sum of hashes of rows, equal where the rows are. */
    record Sum(long rows, String hash) {}

    /** Replaces the target's rows that meet a condition by the source's. */
    void replace(Carried from, Carried to, String where) throws SQLException {
        execute(target, "DELETE FROM " + to.table().quoted() + where);
        into.dialect().ensure(target, to.table(), spans(from, where));
        copy(
                "SELECT " + from.list() + " FROM " + from.table().quoted() + where,
                to.table().quoted() + " (" + to.list() + ")");
    }

    private long[] spans(Carried from, String where) throws SQLException {
        List<Long> spans = new ArrayList<>();
        try (Statement statement = source.createStatement();
                ResultSet row = statement.executeQuery(from.spans(from.table().quoted(), where))) {
            while (row.next()) {
                spans.add(row.getLong(1));
            }
        }
        return spans.stream().mapToLong(Long::longValue).toArray();
    }

    void copy(String select, String to) throws SQLException {
        CopyOut out = source.unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY (" + select + ") TO STDOUT (FORMAT binary)");
        CopyIn in = target.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY " + to + " FROM STDIN (FORMAT binary)");
        try {
            for (byte[] row = out.readFromCopy(); row != null; row = out.readFromCopy()) {
                in.writeToCopy(row, 0, row.length);
            }
            in.endCopy();
        } finally {
            if (in.isActive()) {
                in.cancelCopy();
            }
            if (out.isActive()) {
                out.cancelCopy();
            }
        }
    }

    /** Whether both sides have the same rows where a condition holds. */
    boolean isEqual(Carried from, Carried to, String where) throws SQLException {
        return sum(source, from, where).equals(sum(target, to, where));
    }

    private static Sum sum(Connection connection, Carried of, String where) throws SQLException {
        CsvSettings.use(connection);
        String sql = "SELECT count(*), coalesce(sum(hashtextextended(ROW(" + of.list()
                + ")::text, 0)::numeric), 0)::text FROM " + of.table().quoted() + where;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return new Sum(row.getLong(1), row.getString(2));
        }
    }

    /** A line of bookkeeping of a workspace goes over with its number, but not with that of the line. */
    void ledger(String table, long workspace, String only) throws SQLException {
        String quoted = Identifier.qualified("dlt_data", table);
        List<String> columns = new ArrayList<>();
        try (PreparedStatement statement = source.prepareStatement(
                "SELECT attname FROM pg_catalog.pg_attribute "
                        + "WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped AND attidentity = '' ORDER BY attnum")) {
            statement.setString(1, quoted);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    columns.add(row.getString(1));
                }
            }
        }
        execute(target, "DELETE FROM " + quoted + " WHERE workspace = " + workspace);
        copy(
                "SELECT " + Identifier.list(columns) + " FROM " + quoted + " WHERE workspace = " + workspace + only,
                quoted + " (" + Identifier.list(columns) + ")");
    }

    /** The condition that a row's time lies in one of some spans. */
    static String within(Carried table, Collection<TimeRange> ranges) {
        return " WHERE " + Identifier.quote(table.store().time()) + " <@ " + multirange(ranges);
    }

    /** The condition that it lies in none. */
    static String without(Carried table, Collection<TimeRange> ranges) {
        return " WHERE NOT " + Identifier.quote(table.store().time()) + " <@ " + multirange(ranges);
    }

    private static String multirange(Collection<TimeRange> ranges) {
        return Identifier.literal(ranges.stream()
                        .map(range ->
                                "[\"" + InstantText.of(range.from()) + "\",\"" + InstantText.of(range.to()) + "\")")
                        .collect(Collectors.joining(",", "{", "}")))
                + "::tstzmultirange";
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
