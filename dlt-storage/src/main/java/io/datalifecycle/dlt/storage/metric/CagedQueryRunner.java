package io.datalifecycle.dlt.storage.metric;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.IsolationException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.spi.TransformEngine;
import io.datalifecycle.dlt.sql.SqlReference;
import io.datalifecycle.dlt.sql.SqlText;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.Placements;
import io.datalifecycle.dlt.storage.feature.RealtimeView;
import io.datalifecycle.dlt.storage.metric.AnalysedSql.OutputColumn;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.template.Input;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.MetricSource;
import io.datalifecycle.dlt.template.MetricSourceKind;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.template.ValueType;
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
    private final SqlAnalysis analysis;
    private final Cache<String, Prepared> prepared =
            Caffeine.newBuilder().maximumSize(10_000).build();
    /** What the analysis said: the same for all workspaces of a template, so that a thousand of them do not ask a thousand times. */
    private final Cache<String, AnalysedSql> analysed =
            Caffeine.newBuilder().maximumSize(10_000).build();

    private final Cage cage = new Cage();
    private final Set<WorkspaceId> sound = ConcurrentHashMap.newKeySet();
    private final Map<WorkspaceId, Semaphore> turns = new ConcurrentHashMap<>();

    public CagedQueryRunner(Placements placements, Logins logins, SqlAnalysis analysis) {
        this.placements = placements;
        this.logins = logins;
        this.analysis = analysis;
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
        ensure(workspace, data);
        String key = workspace.id() + "/" + workspace.templateId().hash() + "/" + metric.key();
        return evaluate(workspace, metric, prepared.get(key, k -> prepare(workspace, data, metric)), inputs, limits);
    }

    /** Looks once per workspace whether its cage is still its own: a restored or copied database has none. */
    private void ensure(WorkspaceContext workspace, DataDatabase data) {
        if (sound.contains(workspace.id())) {
            return;
        }
        data.database().onConnection("cage of workspace " + workspace.key(), connection -> {
            if (cage.isSound(connection, workspace.id())) {
                return true;
            }
            if (!logins.isMaking()) {
                throw new DltException(
                        ProblemCode.SCHEMA_OUTDATED,
                        "workspace " + workspace.key() + ": its cage in database "
                                + data.database().name()
                                + " is missing or of another database; open it once with SchemaMode.MIGRATE");
            }
            cage.lock(connection, workspace.id());
            cage.install(connection, data, workspace);
            return true;
        });
        sound.add(workspace.id());
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
            throw QueryErrors.of(e, workspace, metric, offset -> place(workspace, data, metric, offset));
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
            statement.setArray(2, connection.createArrayOf("text", values(metric, inputs, false)));
            statement.setArray(3, connection.createArrayOf("timestamptz", values(metric, inputs, true)));
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

    /** Values of the inputs that are instants, or of all others, in the order of their declaration. */
    private static @Nullable String[] values(Metric metric, Map<String, @Nullable Object> inputs, boolean instants) {
        List<Input> asked = inputs(metric, instants);
        @Nullable String[] values = new String[asked.size()];
        for (int i = 0; i < values.length; i++) {
            Object value = inputs.get(asked.get(i).key());
            values[i] = value == null ? null : value.toString();
        }
        return values;
    }

    private static List<Input> inputs(Metric metric, boolean instants) {
        return metric.inputs().stream()
                .filter(input -> (input.type() == ValueType.TIMESTAMP) == instants)
                .toList();
    }

    Prepared prepare(WorkspaceContext workspace, DataDatabase data, Metric metric) {
        if (metric.source() instanceof MetricSource.Latest latest) {
            return latest(workspace, data, latest);
        }
        String sql = ((MetricSource.Sql) metric.source()).sql();
        AnalysedSql answer = analysed.get(
                data.database().name() + "/" + workspace.templateId().hash() + "/" + metric.key() + "/" + sql,
                key -> analysis.analyse(data, workspace.template(), metric));
        if (!answer.problems().isEmpty()) {
            throw new IsolationException(
                    ProblemCode.QUERY_REFUSED,
                    "metric " + metric.key() + " of workspace " + workspace.key() + ": "
                            + answer.problems().get(0).message());
        }
        String rendered =
                SqlText.parse(sql).render(reference -> table(workspace, data, reference), name -> bind(metric, name));
        return new Prepared(rendered, answer.columns(), result(answer.columns()));
    }

    private static String table(WorkspaceContext workspace, DataDatabase data, SqlReference reference) {
        return Ref.parse(reference.kind() + ":" + reference.key())
                .flatMap(workspace.template()::store)
                .map(store -> RealtimeView.readable(workspace, data.schema(), store))
                .orElseThrow();
    }

    /** Where the author wrote what stands at an offset of the text that was sent. */
    private static String place(WorkspaceContext workspace, DataDatabase data, Metric metric, int offset) {
        if (!(metric.source() instanceof MetricSource.Sql source) || offset < BEFORE.length()) {
            return "";
        }
        SqlText text = SqlText.parse(source.sql());
        return text.place(text.origin(
                offset - BEFORE.length(), reference -> table(workspace, data, reference), name -> bind(metric, name)));
    }

    private static List<Column> result(List<OutputColumn> columns) {
        return columns.stream()
                .map(c -> Column.of(c.name(), SqlTypes.columnType(c.sqlType())))
                .toList();
    }

    private static String bind(Metric metric, String name) {
        for (boolean instants : new boolean[] {false, true}) {
            List<Input> asked = inputs(metric, instants);
            for (int i = 0; i < asked.size(); i++) {
                if (asked.get(i).key().equals(name)) {
                    return instants
                            ? "(($2)[" + (i + 1) + "])"
                            : "(($1)[" + (i + 1) + "]::"
                                    + SqlTypes.of(asked.get(i).type()) + ")";
                }
            }
        }
        return "(NULL::text)"; // the checker and the analysis refuse undeclared inputs before it comes to this
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
