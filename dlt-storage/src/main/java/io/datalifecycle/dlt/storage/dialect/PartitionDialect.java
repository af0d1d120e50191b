package io.datalifecycle.dlt.storage.dialect;

import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.workspace.PhysicalName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Native range partitions of plain PostgreSQL, one per chunk span counted from the Unix epoch, created when the first row of a span is on
 * its way. The number of the span is part of the partition's name, in base 36.
 */
final class PartitionDialect {

    private static final String INFIX = "_p";

    /** Spans known to be there, per table. Only committed ones get in: a span of a rolled-back transaction would be missed later. */
    private final Map<TimeTable, Set<Long>> known = new ConcurrentHashMap<>();

    /** Partitions come with the first rows and with maintenance. */
    static String ddl(TimeTable table, String columns) {
        return "CREATE TABLE " + table.quoted() + " (" + columns + ") PARTITION BY RANGE ("
                + Identifier.quote(table.time()) + ")";
    }

    /** The spans that instants lie in. */
    static Set<Long> spans(TimeTable table, long[] micros) {
        Set<Long> spans = new TreeSet<>();
        long width = table.chunkMicros();
        long last = Long.MIN_VALUE;
        for (long at : micros) {
            long span = Math.floorDiv(at, width);
            if (span != last) {
                spans.add(span);
                last = span;
            }
        }
        return spans;
    }

    /** All spans from one instant to another, both included. */
    static Set<Long> spans(TimeTable table, long from, long to) {
        Set<Long> spans = new TreeSet<>();
        long last = Math.floorDiv(to, table.chunkMicros());
        for (long span = Math.floorDiv(from, table.chunkMicros()); span <= last; span++) {
            spans.add(span);
        }
        return spans;
    }

    /** Whether these spans are known to be there, without asking. */
    boolean knows(TimeTable table, Set<Long> wanted) {
        return known.getOrDefault(table, Set.of()).containsAll(wanted);
    }

    void ensure(Connection connection, TimeTable table, Set<Long> wanted) throws SQLException {
        Set<Long> committed = partitions(connection, table);
        if (!committed.containsAll(wanted)) {
            lock(connection, table);
            if (!table.isPartitioned(connection)) {
                return; // made a hypertable meanwhile, which makes its chunks by itself
            }
            committed = partitions(connection, table); // another node may have been faster
            for (long span : wanted) {
                if (!committed.contains(span)) {
                    create(connection, table, span);
                }
            }
        }
        known.put(table, Set.copyOf(committed));
    }

    /** Held by whoever makes partitions or does away with them all, until the transaction ends. */
    static void lock(Connection connection, TimeTable table) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")) {
            lock.setString(1, "dlt partitions " + table.quoted());
            lock.execute();
        }
    }

    private static void create(Connection connection, TimeTable table, long span) throws SQLException {
        long width = table.chunkMicros();
        String sql = "CREATE TABLE " + Identifier.qualified(table.schema(), name(table, span)) + " PARTITION OF "
                + table.quoted() + " FOR VALUES FROM (" + literal(span * width) + ") TO (" + literal((span + 1) * width)
                + ")";
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String literal(long micros) {
        Instant instant = RowBatch.instantOf(micros);
        // beyond these years PostgreSQL takes infinity: rows there are refused before they get here
        if (instant.isBefore(Instant.parse("0001-01-01T00:00:00Z"))) {
            return "MINVALUE";
        }
        return instant.isAfter(Instant.parse("9999-12-31T23:59:59Z"))
                ? "MAXVALUE"
                : Identifier.literal(instant.toString());
    }

    private static String name(TimeTable table, long span) {
        String number =
                span < 0 ? "n" + Long.toString(-span, Character.MAX_RADIX) : Long.toString(span, Character.MAX_RADIX);
        return PhysicalName.derived(table.name(), INFIX + number);
    }

    private static Set<Long> partitions(Connection connection, TimeTable table) throws SQLException {
        Set<Long> spans = new TreeSet<>();
        String prefix = table.name() + INFIX;
        String sql = "SELECT c.relname FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid "
                + "WHERE i.inhparent = ?::regclass";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, table.quoted());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String name = rows.getString(1);
                    if (!name.startsWith(prefix)) {
                        continue; // attached by somebody else
                    }
                    String number = name.substring(prefix.length());
                    spans.add(
                            number.startsWith("n")
                                    ? -Long.parseLong(number.substring(1), Character.MAX_RADIX)
                                    : Long.parseLong(number, Character.MAX_RADIX));
                }
            }
        }
        return spans;
    }

    /** Partitions are named after their table, which has its new name already. */
    static void rename(Connection connection, TimeTable from, TimeTable to) throws SQLException {
        List<String> names = new ArrayList<>();
        String sql = "SELECT c.relname FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid "
                + "WHERE i.inhparent = ?::regclass ORDER BY 1";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, to.quoted());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
        }
        String prefix = from.name() + INFIX;
        try (Statement statement = connection.createStatement()) {
            for (String name : names) {
                if (name.startsWith(prefix)) {
                    String other = PhysicalName.derived(to.name(), INFIX + name.substring(prefix.length()));
                    statement.execute("ALTER TABLE " + Identifier.qualified(from.schema(), name) + " RENAME TO "
                            + Identifier.quote(other));
                }
            }
        }
    }

    /** Moves all rows into a new table cut otherwise, and drops the one they were in. */
    void move(Connection connection, TimeTable from, TimeTable to) throws SQLException {
        String time = Identifier.quote(to.time());
        String spans = "SELECT DISTINCT (floor(extract(epoch FROM " + time + ") * 1000000 / " + to.chunkMicros()
                + "))::bigint FROM " + from.quoted();
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE " + to.quoted() + " (LIKE " + from.quoted() + ") PARTITION BY RANGE (" + time + ")");
            Set<Long> wanted = new TreeSet<>();
            try (ResultSet rows = statement.executeQuery(spans)) {
                while (rows.next()) {
                    wanted.add(rows.getLong(1));
                }
            }
            for (long span : wanted) {
                create(connection, to, span);
            }
            String names = columns(connection, from);
            statement.execute(
                    "INSERT INTO " + to.quoted() + " (" + names + ") SELECT " + names + " FROM " + from.quoted());
            statement.execute("DROP TABLE " + from.quoted());
        }
    }

    private static String columns(Connection connection, TimeTable table) throws SQLException {
        String sql = "SELECT attname FROM pg_catalog.pg_attribute WHERE attrelid = ?::regclass AND attnum > 0 "
                + "AND NOT attisdropped ORDER BY attnum";
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, table.quoted());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
        }
        return Identifier.list(names);
    }

    /** The spans that end at or before an instant, ascending. */
    SortedSet<Long> before(Connection connection, TimeTable table, Instant instant) throws SQLException {
        long first = Math.floorDiv(RowBatch.microsOf(instant), table.chunkMicros());
        return new TreeSet<>(partitions(connection, table)).headSet(first);
    }

    Dropped dropBefore(Connection connection, TimeTable table, Instant instant) throws SQLException {
        List<String> dropped = new ArrayList<>();
        SortedSet<Long> spans = before(connection, table, instant);
        for (long span : spans) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("DROP TABLE " + Identifier.qualified(table.schema(), name(table, span)));
            }
            dropped.add(name(table, span));
        }
        if (dropped.isEmpty()) {
            return Dropped.NONE;
        }
        forget(table);
        return new Dropped(dropped, Optional.of(RowBatch.instantOf((spans.last() + 1) * table.chunkMicros())));
    }

    int ahead(Connection connection, TimeTable table, Instant now) throws SQLException {
        long current = Math.floorDiv(RowBatch.microsOf(now), table.chunkMicros());
        return (int) partitions(connection, table).stream()
                .filter(span -> span > current)
                .count();
    }

    void forget(TimeTable table) {
        known.remove(table);
    }
}
