package io.datalifecycle.dlt.storage.quota;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.QuotaStore;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.Placements;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.workspace.PhysicalName;
import io.datalifecycle.dlt.workspace.Quotas;
import io.datalifecycle.dlt.workspace.Quotas.Limit;
import io.datalifecycle.dlt.workspace.Quotas.Usage;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code dlt_data.quota} and {@code dlt_data.usage}. A workspace without limits costs a look at a map. Rows are counted in the transaction
 * that stores them; two writers at once may pass a limit by a batch each. Disk is measured at most once a minute.
 */
public final class QuotaTables implements QuotaStore {

    private static final Logger LOG = LoggerFactory.getLogger(QuotaTables.class);
    private static final Duration KNOWN = Duration.ofSeconds(10);
    private static final Duration MEASURED = Duration.ofMinutes(1);

    private final Placements placements;
    private final InstantSource clock;
    private final Map<WorkspaceId, Known> known = new ConcurrentHashMap<>();
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    public QuotaTables(Placements placements, InstantSource clock) {
        this.placements = placements;
        this.clock = clock;
    }

    /** Limits as they were looked up, and what is kept beside them on this node. */
    private static final class Known {
        final Quotas quotas;
        final Instant at;
        final @Nullable Bucket soft;
        final @Nullable Bucket hard;
        volatile long bytes;
        volatile Instant measured = Instant.MIN;

        Known(Quotas quotas, Instant at, @Nullable Known before) {
            this.quotas = quotas;
            this.at = at;
            this.soft = bucket(quotas.rowsPerSecond().soft(), before == null ? null : before.soft, at);
            this.hard = bucket(quotas.rowsPerSecond().hard(), before == null ? null : before.hard, at);
            if (before != null) {
                bytes = before.bytes;
                measured = before.measured;
            }
        }

        private static @Nullable Bucket bucket(OptionalLong rate, @Nullable Bucket before, Instant at) {
            if (rate.isEmpty()) {
                return null;
            }
            return before != null && before.rate() == rate.getAsLong() ? before : new Bucket(rate.getAsLong(), at);
        }
    }

    @Override
    public Quotas of(WorkspaceContext workspace) {
        return data(workspace)
                .database()
                .onConnection("quotas of workspace " + workspace.key(), connection -> read(connection, workspace));
    }

    private DataDatabase data(WorkspaceContext workspace) {
        return placements.of(workspace);
    }

    private static Quotas read(Connection connection, WorkspaceContext workspace) throws SQLException {
        String sql =
                "SELECT rate_soft, rate_hard, rows_soft, rows_hard, bytes_soft, bytes_hard FROM dlt_data.quota WHERE workspace = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, workspace.id().value());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? new Quotas(limit(row, 1), limit(row, 3), limit(row, 5)) : Quotas.NONE;
            }
        }
    }

    private static Limit limit(ResultSet row, int column) throws SQLException {
        return new Limit(number(row, column), number(row, column + 1));
    }

    private static OptionalLong number(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    @Override
    public void set(WorkspaceContext workspace, Quotas quotas) {
        String sql =
                "INSERT INTO dlt_data.quota VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (workspace) DO UPDATE SET rate_soft = excluded.rate_soft,"
                        + " rate_hard = excluded.rate_hard, rows_soft = excluded.rows_soft, rows_hard = excluded.rows_hard,"
                        + " bytes_soft = excluded.bytes_soft, bytes_hard = excluded.bytes_hard";
        data(workspace).database().onConnection("quotas of workspace " + workspace.key(), connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setLong(1, workspace.id().value());
                int parameter = 2;
                for (Limit limit : List.of(quotas.rowsPerSecond(), quotas.rows(), quotas.bytes())) {
                    for (OptionalLong value : List.of(limit.soft(), limit.hard())) {
                        if (value.isPresent()) {
                            statement.setLong(parameter, value.getAsLong());
                        } else {
                            statement.setNull(parameter, Types.BIGINT);
                        }
                        parameter++;
                    }
                }
                return statement.executeUpdate();
            }
        });
        known.remove(workspace.id());
        recount(workspace);
    }

    @Override
    public void recount(WorkspaceContext workspace) {
        if (!isCounted(of(workspace))) {
            return;
        }
        data(workspace).database().onConnection("count rows of workspace " + workspace.key(), connection -> {
            try (PreparedStatement count = connection.prepareStatement(
                    // one statement sees one state: rows and the lines that counted them
                    "WITH gone AS (DELETE FROM dlt_data.usage WHERE workspace = ?) INSERT INTO dlt_data.usage SELECT ?, "
                            + counts(workspace))) {
                count.setLong(1, workspace.id().value());
                count.setLong(2, workspace.id().value());
                return count.executeUpdate();
            }
        });
    }

    private static boolean isCounted(Quotas quotas) {
        return !quotas.rows().equals(Limit.NONE);
    }

    private String counts(WorkspaceContext workspace) {
        DataDatabase data = data(workspace);
        return workspace.template().datastores().stream()
                .map(store -> "(SELECT count(*) FROM "
                        + Identifier.qualified(data.schema(), PhysicalName.table(store.key(), workspace.id())) + ")")
                .collect(Collectors.joining(" + ", "0 + ", ""));
    }

    @Override
    public Usage usage(WorkspaceContext workspace) {
        return data(workspace).database().onConnection("usage of workspace " + workspace.key(), connection -> {
            try (PreparedStatement count = connection.prepareStatement("SELECT " + counts(workspace));
                    ResultSet row = count.executeQuery()) {
                row.next();
                return new Usage(row.getLong(1), bytes(connection, workspace));
            }
        });
    }

    /** Of tables with their chunks or partitions, both of which inherit from them. */
    private long bytes(Connection connection, WorkspaceContext workspace) throws SQLException {
        DataDatabase data = data(workspace);
        Object[] tables = workspace.template().stores().stream()
                .flatMap(store -> store instanceof Datastore
                        ? List.of(
                                PhysicalName.table(store.key(), workspace.id()),
                                PhysicalName.quarantine(store.key(), workspace.id()))
                                .stream()
                        : List.of(PhysicalName.table(store.key(), workspace.id())).stream())
                .map(table -> Identifier.qualified(data.schema(), table))
                .toArray();
        String sql =
                "WITH own AS (SELECT to_regclass(name)::oid AS id FROM unnest(?) AS name) SELECT coalesce(sum(pg_total_relation_size(id)), 0)"
                        + " FROM (SELECT id FROM own UNION SELECT inhrelid FROM pg_inherits WHERE inhparent IN (SELECT id FROM own)) AS a";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("text", tables));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /**
     * Whether so many rows more may be stored, within the transaction that stores them.
     *
     * @throws DltException with {@code QUOTA_EXCEEDED} when a hard limit says no
     */
    public void check(Connection connection, WorkspaceContext workspace, Store store, long rows) throws SQLException {
        if (rows == 0 || !(store instanceof Datastore)) {
            return;
        }
        Known limits = known(connection, workspace);
        if (limits.quotas.equals(Quotas.NONE)) {
            return;
        }
        Instant now = clock.instant();
        if (limits.hard != null && !limits.hard.take(rows, now)) {
            throw exceeded(workspace, limits.hard.rate() + " rows a second; send again later");
        }
        if (limits.soft != null && !limits.soft.take(rows, now)) {
            tell(workspace, "rows a second");
        }
        if (isCounted(limits.quotas)) {
            long stored = counted(connection, workspace) + rows;
            hold(workspace, limits.quotas.rows(), stored, "rows");
        }
        if (!limits.quotas.bytes().equals(Limit.NONE)) {
            if (limits.measured.plus(MEASURED).compareTo(now) <= 0) {
                limits.bytes = bytes(connection, workspace);
                limits.measured = now;
            }
            hold(workspace, limits.quotas.bytes(), limits.bytes, "bytes");
        }
    }

    private Known known(Connection connection, WorkspaceContext workspace) throws SQLException {
        Instant now = clock.instant();
        Known before = known.get(workspace.id());
        if (before != null && before.at.plus(KNOWN).isAfter(now)) {
            return before;
        }
        Known fresh = new Known(read(connection, workspace), now, before);
        known.put(workspace.id(), fresh);
        return fresh;
    }

    private static long counted(Connection connection, WorkspaceContext workspace) throws SQLException {
        try (PreparedStatement sum =
                connection.prepareStatement("SELECT coalesce(sum(rows), 0) FROM dlt_data.usage WHERE workspace = ?")) {
            sum.setLong(1, workspace.id().value());
            try (ResultSet row = sum.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private void hold(WorkspaceContext workspace, Limit limit, long value, String unit) {
        if (limit.hard().isPresent() && value > limit.hard().getAsLong()) {
            throw exceeded(
                    workspace,
                    limit.hard().getAsLong() + " " + unit + "; shorten retention, remove rows or raise the quota");
        }
        if (limit.soft().isPresent() && value > limit.soft().getAsLong()) {
            tell(workspace, unit);
        } else {
            told.remove(workspace.id() + unit);
        }
    }

    private void tell(WorkspaceContext workspace, String unit) {
        if (told.add(workspace.id() + unit)) {
            LOG.warn("workspace {}: the soft limit of {} is passed", workspace.key(), unit);
        }
    }

    private static DltException exceeded(WorkspaceContext workspace, String what) {
        return new DltException(
                ProblemCode.QUOTA_EXCEEDED,
                "workspace " + workspace.key() + " may have at most " + what + "; nothing of this batch is stored");
    }

    /** Counts rows that were deleted, in their transaction. */
    public void uncount(Connection connection, WorkspaceContext workspace, Store store, long deleted)
            throws SQLException {
        if (deleted > 0) {
            known(connection, workspace); // a node that only deletes has not looked yet
            count(connection, workspace, store, -deleted);
        }
    }

    /** Counts rows that were stored, in their transaction. */
    public void count(Connection connection, WorkspaceContext workspace, Store store, long stored) throws SQLException {
        Known limits = known.get(workspace.id());
        if (stored == 0 || limits == null || !(store instanceof Datastore) || !isCounted(limits.quotas)) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO dlt_data.usage VALUES (?, ?)")) {
            insert.setLong(1, workspace.id().value());
            insert.setLong(2, stored);
            insert.executeUpdate();
        }
    }
}
