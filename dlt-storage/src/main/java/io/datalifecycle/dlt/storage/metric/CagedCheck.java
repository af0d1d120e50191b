package io.datalifecycle.dlt.storage.metric;

import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.Placements;
import io.datalifecycle.dlt.storage.feature.AuthorCheck;
import io.datalifecycle.dlt.template.Check;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs checks in the cage of their workspace, but on the connection of the refresh, a connection of the host's own pool that will commit. What
 * an author could leave on it is undone in two ways. A read-only savepoint is always rolled back: with it go all that is of the transaction
 * (rows, large objects, notifications) and every setting, of the session too, back to what it was, so that settings of the host need not be
 * known. Locks of the session outlive that; those that were not there before are released one by one, those of the host are left. Thread-safe.
 */
public final class CagedCheck implements AuthorCheck {

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final String BEFORE = "SELECT count(*) FROM (";
    private static final String LOCKS =
            "SELECT format('%s(%s)', CASE mode WHEN 'ShareLock' THEN 'pg_advisory_unlock_shared' "
                    + "ELSE 'pg_advisory_unlock' END, CASE objsubid WHEN 1 THEN ((classid::bigint << 32) | objid::bigint)::text "
                    + "ELSE classid::int8::bit(32)::int4::text || ',' || objid::int8::bit(32)::int4::text END) FROM pg_catalog.pg_locks "
                    + "WHERE locktype = 'advisory' AND pid = pg_catalog.pg_backend_pid()";

    private final Placements placements;
    private final Cages cages;
    private final Analyses analyses;

    public CagedCheck(Placements placements, Logins logins, SqlAnalysis analysis) {
        this.placements = placements;
        this.cages = new Cages(logins, true);
        this.analyses = new Analyses(analysis);
    }

    @Override
    public void ready(WorkspaceContext workspace, Featurestore store, Check.Sql check) {
        DataDatabase data = placements.of(workspace);
        cages.ensure(workspace, data);
        analyses.of(workspace, data, AuthorSql.of(store, check));
    }

    @Override
    public long count(
            Connection connection,
            WorkspaceContext workspace,
            Featurestore store,
            Check.Sql check,
            List<TimeRange> spans,
            Duration timeout)
            throws SQLException {
        AuthorSql sql = AuthorSql.of(store, check);
        String schema = placements.of(workspace).schema();
        Set<String> locks = locks(connection);
        Savepoint before = connection.setSavepoint();
        try {
            limit(connection, timeout.isZero() ? LONGEST : timeout);
            return count(connection, workspace, BEFORE + sql.rendered(workspace, schema) + "\n) AS q", sql, spans);
        } catch (SQLException e) {
            throw QueryErrors.of(
                    e, workspace, sql.what(), offset -> sql.place(workspace, schema, offset - BEFORE.length()));
        } finally {
            if (!connection.isClosed()) {
                connection.rollback(before);
                connection.releaseSavepoint(before);
                unlock(connection, locks);
            }
        }
    }

    private static void limit(Connection connection, Duration longest) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL transaction_read_only = on; SET LOCAL statement_timeout = "
                    + Math.max(1, longest.toMillis()));
        }
    }

    private static long count(
            Connection connection, WorkspaceContext workspace, String text, AuthorSql sql, List<TimeRange> spans)
            throws SQLException {
        long count = 0;
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT n FROM " + Cage.function(workspace.id()) + "(?, ?, ?) AS t(n bigint)")) {
            for (TimeRange span : spans) {
                Map<String, Object> values = Map.of("from", span.from(), "to", span.to());
                statement.setString(1, text);
                statement.setArray(
                        2, connection.createArrayOf("text", sql.binds().values(values, false)));
                statement.setArray(
                        3, connection.createArrayOf("timestamptz", sql.binds().values(values, true)));
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    count += row.getLong(1);
                }
            }
        }
        return count;
    }

    /** Advisory locks of this session, each as the call that releases it. */
    private static Set<String> locks(Connection connection) throws SQLException {
        Set<String> held = new LinkedHashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(LOCKS)) {
            while (row.next()) {
                held.add(row.getString(1));
            }
        }
        return held;
    }

    /** A lock may be held several times. */
    private static void unlock(Connection connection, Set<String> before) throws SQLException {
        for (Set<String> left = locks(connection); !before.containsAll(left); left = locks(connection)) {
            left.removeAll(before);
            for (String call : left) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("SELECT pg_catalog." + call);
                }
            }
        }
    }
}
