package io.datalifecycle.dlt.storage.metric;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.spi.TransformEngine;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.Placements;
import io.datalifecycle.dlt.storage.feature.RealtimeView;
import io.datalifecycle.dlt.storage.metric.AnalysedSql.OutputColumn;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.MetricSource;
import io.datalifecycle.dlt.template.MetricSourceKind;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs SQL and latest metrics in the cage of their workspace: one round trip, read-only, always rolled back, at most two at once per
 * workspace. Thread-safe.
 */
public final class CagedQueryRunner implements TransformEngine {

    private static final int AT_ONCE = 2;
    /**
     * Nothing of the author's outlives the call: settings go with the transaction, session locks are released by hand. It is sent together
     * with the call, so that a metric is one round trip; the author's text is a value and never part of it.
     */
    private static final String CLEAN = "ROLLBACK; SELECT pg_catalog.pg_advisory_unlock_all()";

    private static final String BEFORE = "SELECT * FROM (";
    private static final long ROLE_TIMEOUT_SECONDS = 5;
    /** How far before a store's newest row the latest row of a label set may be. */
    private static final String LATEST_WITHIN = "7 days";

    private final Placements placements;
    private final Logins logins;
    private final Cages cages;
    private final Analyses analyses;
    private final Cache<String, Prepared> prepared =
            Caffeine.newBuilder().maximumSize(10_000).build();

    private final Map<WorkspaceId, Semaphore> turns = new ConcurrentHashMap<>();

    public CagedQueryRunner(Placements placements, Logins logins, SqlAnalysis analysis) {
        this.placements = placements;
        this.logins = logins;
        this.cages = new Cages(logins, false);
        this.analyses = new Analyses(analysis);
    }

    /** A metric's text for one workspace. */
    record Prepared(String text, List<OutputColumn> columns, List<Column> result) {

        String call(WorkspaceId id) {
            String list = columns.stream()
                    .map(c -> Identifier.quote(c.name()) + " " + c.sqlType())
                    .collect(Collectors.joining(", "));
            return "SELECT * FROM " + Cage.function(id) + "(?, ?, ?) AS t(" + list + ")";
        }
    }

    @Override
    public Set<MetricSourceKind> kinds() {
        return Set.of(MetricSourceKind.SQL, MetricSourceKind.LATEST);
    }

    @Override
    public Rows evaluate(
            WorkspaceContext workspace, Metric metric, Map<String, @Nullable Object> inputs, Limits limits) {
        DataDatabase data = placements.of(workspace);
        cages.ensure(workspace, data);
        String key = workspace.id() + "/" + workspace.revision() + "/"
                + workspace.templateId().hash() + "/" + metric.key();
        return evaluate(workspace, metric, prepared.get(key, k -> prepare(workspace, data, metric)), inputs, limits);
    }

    /** Runs a text that is taken for analysed. */
    Rows evaluate(
            WorkspaceContext workspace,
            Metric metric,
            Prepared query,
            Map<String, @Nullable Object> inputs,
            Limits limits) {
        DataDatabase data = placements.of(workspace);
        Semaphore turn = turns.computeIfAbsent(workspace.id(), id -> new Semaphore(AT_ONCE, true));
        await(turn, workspace, metric, limits);
        try (Connection connection = logins.runner(data).getConnection()) {
            return run(connection, workspace, metric, query, inputs, limits);
        } catch (SQLException e) {
            throw QueryErrors.of(
                    e, workspace, "metric " + metric.key(), offset -> place(workspace, data, metric, offset));
        } finally {
            turn.release();
        }
    }

    private static void await(Semaphore turn, WorkspaceContext workspace, Metric metric, Limits limits) {
        try {
            if (!turn.tryAcquire(limits.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new DltException(
                        ProblemCode.QUERY_TIMEOUT,
                        "metric " + metric.key() + " of workspace " + workspace.key()
                                + ": two other queries of the workspace ran all the time; try again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DltException(
                    ProblemCode.QUERY_TIMEOUT,
                    "metric " + metric.key() + ": interrupted while it waited for its turn",
                    e);
        }
    }

    private Rows run(
            Connection connection,
            WorkspaceContext workspace,
            Metric metric,
            Prepared query,
            Map<String, @Nullable Object> inputs,
            Limits limits)
            throws SQLException {
        connection.setAutoCommit(false);
        boolean clean = false;
        try (PreparedStatement statement =
                connection.prepareStatement(timeout(limits) + query.call(workspace.id()) + "; " + CLEAN)) {
            statement.setString(1, BEFORE + query.text() + "\n) AS q LIMIT " + (limits.maxRows() + 1L));
            statement.setArray(
                    2, connection.createArrayOf("text", Binds.of(metric).values(inputs, false)));
            statement.setArray(
                    3, connection.createArrayOf("timestamptz", Binds.of(metric).values(inputs, true)));
            Rows rows = null;
            for (boolean isRows = statement.execute(); rows == null; isRows = statement.getMoreResults()) {
                if (isRows) {
                    try (ResultSet row = statement.getResultSet()) {
                        rows = ResultRows.read(row, query.result(), limits.maxRows());
                    }
                }
            }
            clean = true;
            return rows;
        } finally {
            if (!clean) {
                clean(connection);
            }
        }
    }

    private static String timeout(Limits limits) {
        return limits.timeout().toSeconds() == ROLE_TIMEOUT_SECONDS
                ? ""
                : "SET LOCAL statement_timeout = "
                        + Math.max(1, limits.timeout().toMillis()) + "; ";
    }

    /** After an error the server leaves out what stood behind the failed statement, the cleaning too. */
    static void clean(Connection connection) throws SQLException {
        if (connection.isClosed()) {
            return; // the pool has given it up; the first error is the one to tell
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(CLEAN);
        } finally {
            connection.rollback();
        }
    }

    Prepared prepare(WorkspaceContext workspace, DataDatabase data, Metric metric) {
        if (metric.source() instanceof MetricSource.Latest latest) {
            return latest(workspace, data, latest);
        }
        AuthorSql sql = AuthorSql.of(metric, (MetricSource.Sql) metric.source());
        List<OutputColumn> columns = analyses.of(workspace, data, sql).columns();
        return new Prepared(sql.rendered(workspace, data.schema()), columns, result(columns));
    }

    /** Where the author wrote what stands at an offset of the text that was sent. */
    private static String place(WorkspaceContext workspace, DataDatabase data, Metric metric, int offset) {
        return metric.source() instanceof MetricSource.Sql source
                ? AuthorSql.of(metric, source).place(workspace, data.schema(), offset - BEFORE.length())
                : "";
    }

    private static List<Column> result(List<OutputColumn> columns) {
        return columns.stream()
                .map(c -> Column.of(c.name(), SqlTypes.columnType(c.sqlType())))
                .toList();
    }

    private static Prepared latest(WorkspaceContext workspace, DataDatabase data, MetricSource.Latest latest) {
        Store store = workspace.template().store(latest.from()).orElseThrow();
        String table = RealtimeView.readable(workspace, data.schema(), store);
        Set<String> names = new LinkedHashSet<>();
        names.add(store.time());
        names.addAll(latest.by());
        names.add(latest.column());
        List<Column> result = names.stream()
                .map(name ->
                        StoreColumns.of(workspace.template(), store).find(name).orElseThrow())
                .toList();
        String time = Identifier.quote(store.time());
        String by = Identifier.list(latest.by());
        String text = "SELECT " + (by.isEmpty() ? "" : "DISTINCT ON (" + by + ") ")
                + Identifier.list(List.copyOf(names)) + " FROM "
                + table + " WHERE " + time + " > (SELECT max(" + time + ") FROM " + table
                + ") - interval '" + LATEST_WITHIN
                + "' AND " + Identifier.quote(latest.column()) + " IS NOT NULL ORDER BY "
                + (by.isEmpty() ? "" : by + ", ") + time + " DESC"
                + (by.isEmpty() ? " LIMIT 1" : "");
        List<OutputColumn> columns = new ArrayList<>();
        result.forEach(c -> columns.add(new OutputColumn(c.name(), SqlTypes.exact(c.type()))));
        return new Prepared(text, columns, result);
    }
}
