package io.datalifecycle.dlt.storage.dialect;

import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.PhysicalName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks each table what it is, because one database may hold both kinds: somebody creates the extension after workspaces were provisioned,
 * or converts a table while other nodes write to it. New tables become hypertables where the extension is.
 */
final class TableDialect implements StoreDialect {

    private final PartitionDialect partitions = new PartitionDialect();
    private final TimescaleDialect hypertables = new TimescaleDialect();

    /** Tables that were seen to be hypertables. */
    private final Set<TimeTable> known = ConcurrentHashMap.newKeySet();

    @Override
    public String ddl(Capabilities can, TimeTable table, String columns) {
        return can.hypertables() ? TimescaleDialect.ddl(table, columns) : PartitionDialect.ddl(table, columns);
    }

    @Override
    public OptionalLong convert(Connection connection, TimeTable table, String columns, List<String> names)
            throws SQLException {
        // first the lock that makers of partitions take first, too: then none of them is on its way to a table that is
        // no longer there
        PartitionDialect.lock(connection, table);
        if (!table.isPartitioned(connection)) {
            return OptionalLong.empty();
        }
        String old = PhysicalName.derived(table.name(), "_old");
        String from = Identifier.qualified(table.schema(), old);
        String all = Identifier.list(names);
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE " + table.quoted() + " IN ACCESS EXCLUSIVE MODE");
            statement.execute("ALTER TABLE " + table.quoted() + " RENAME TO " + Identifier.quote(old));
            forget(table);
            statement.execute(TimescaleDialect.ddl(table, columns));
            long rows = statement.executeLargeUpdate(
                    "INSERT INTO " + table.quoted() + " (" + all + ") SELECT " + all + " FROM " + from);
            statement.execute("DROP TABLE " + from);
            return OptionalLong.of(rows);
        }
    }

    @Override
    public void rename(Connection connection, TimeTable table, String name) throws SQLException {
        boolean partitioned = table.isPartitioned(connection);
        if (partitioned) {
            PartitionDialect.lock(connection, table);
        }
        forget(table);
        forget(table.named(name));
        try (Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE " + table.quoted() + " RENAME TO " + Identifier.quote(name));
        }
        if (partitioned) {
            PartitionDialect.rename(connection, table, table.named(name));
        }
    }

    @Override
    public boolean rechunk(Connection connection, TimeTable table) throws SQLException {
        if (!table.isPartitioned(connection)) {
            TimescaleDialect.chunk(connection, table);
            return false;
        }
        TimeTable old = table.named(PhysicalName.derived(table.name(), "_old"));
        rename(connection, table, old.name());
        partitions.move(connection, old, table);
        forget(table);
        return true;
    }

    @Override
    public void ensure(Connection connection, TimeTable table, long[] micros) throws SQLException {
        if (known.contains(table)) {
            return;
        }
        Set<Long> spans = PartitionDialect.spans(table, micros);
        if (!partitions.knows(table, spans) && isPartitioned(connection, table)) {
            partitions.ensure(connection, table, spans);
        }
    }

    @Override
    public void ensure(Connection connection, TimeTable table, TimeRange span) throws SQLException {
        if (span.isEmpty() || known.contains(table)) {
            return;
        }
        Set<Long> spans =
                PartitionDialect.spans(table, RowBatch.microsOf(span.from()), RowBatch.microsOf(span.to()) - 1);
        if (!partitions.knows(table, spans) && isPartitioned(connection, table)) {
            partitions.ensure(connection, table, spans);
        }
    }

    @Override
    public boolean hasBefore(Connection connection, TimeTable table, Instant instant) throws SQLException {
        return isPartitioned(connection, table)
                ? !partitions.before(connection, table, instant).isEmpty()
                : hypertables.hasBefore(connection, table, instant);
    }

    @Override
    public Dropped dropBefore(Connection connection, TimeTable table, Instant instant) throws SQLException {
        return isPartitioned(connection, table)
                ? partitions.dropBefore(connection, table, instant)
                : hypertables.dropBefore(connection, table, instant);
    }

    @Override
    public OptionalInt ahead(Connection connection, TimeTable table, Instant now) throws SQLException {
        return isPartitioned(connection, table)
                ? OptionalInt.of(partitions.ahead(connection, table, now))
                : OptionalInt.empty();
    }

    @Override
    public void forget(TimeTable table) {
        known.remove(table);
        partitions.forget(table);
    }

    private boolean isPartitioned(Connection connection, TimeTable table) throws SQLException {
        boolean partitioned = table.isPartitioned(connection);
        if (!partitioned) {
            partitions.forget(table);
            known.add(table);
        }
        return partitioned;
    }
}
