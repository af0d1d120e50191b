package io.datalifecycle.dlt.storage.metric;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.Placements;
import io.datalifecycle.dlt.storage.feature.AuthorQuery;
import io.datalifecycle.dlt.storage.rows.RowCursor;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.storage.sql.SqlErrors;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.SqlTransform;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Runs the SELECT of a featurestore in the cage of its workspace: by the runner's login, read-only, always rolled back, one at a time per
 * workspace and beside the turns of its metrics. The cage keeps the whole result on the server, on disk where it is large; here it is read
 * through a cursor, so that memory is bounded. Thread-safe.
 */
public final class CagedFeatureQuery implements AuthorQuery {

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int BATCH_ROWS = 5_000;
    /** How much longer than the statement the driver waits for an answer: the server ends it, and says so. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Placements placements;
    private final Logins logins;
    private final Cages cages;
    private final Analyses analyses;
    private final Map<WorkspaceId, Semaphore> turns = new ConcurrentHashMap<>();

    public CagedFeatureQuery(Placements placements, Logins logins, SqlAnalysis analysis) {
        this.placements = placements;
        this.logins = logins;
        this.cages = new Cages(logins, false);
        this.analyses = new Analyses(analysis);
    }

    @Override
    public void ready(WorkspaceContext workspace, Featurestore store) {
        DataDatabase data = placements.of(workspace);
        cages.ensure(workspace, data);
        analyses.of(workspace, data, AuthorSql.of(store, (SqlTransform) store.transform()));
    }

    @Override
    public long read(
            WorkspaceContext workspace,
            Featurestore store,
            TimeRange interval,
            Duration timeout,
            Consumer<RowBatch> batches) {
        ready(workspace, store);
        return run(workspace, store, interval, timeout.isZero() ? LONGEST : timeout, batches);
    }

    /** Runs a text that is taken for analysed. */
    long run(
            WorkspaceContext workspace,
            Featurestore store,
            TimeRange interval,
            Duration longest,
            Consumer<RowBatch> batches) {
        DataDatabase data = placements.of(workspace);
        Reading reading = new Reading(workspace, data, store, interval, longest);
        Semaphore turn = turns.computeIfAbsent(workspace.id(), id -> new Semaphore(1, true));
        await(turn, reading);
        try (Connection connection = logins.features(data).getConnection()) {
            return reading.run(connection, batches);
        } catch (SQLException e) {
            throw reading.worded(e);
        } finally {
            turn.release();
        }
    }

    private static void await(Semaphore turn, Reading reading) {
        try {
            if (!turn.tryAcquire(reading.longest.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new DltException(
                        ProblemCode.REFRESH_TIMEOUT,
                        reading.what() + ": the SELECT of another featurestore of the workspace ran all the time, "
                                + reading.longest + "; the next refresh tries again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DltException(
                    ProblemCode.REFRESH_TIMEOUT, reading.what() + ": interrupted while it waited for its turn", e);
        }
    }

    /** One interval of one store. Used by one thread. */
    private static final class Reading {

        private final WorkspaceContext workspace;
        private final DataDatabase data;
        private final Featurestore store;
        private final TimeRange interval;
        private final Duration longest;
        private final AuthorSql sql;
        private final RowSchema columns;
        private final String lead;

        Reading(
                WorkspaceContext workspace,
                DataDatabase data,
                Featurestore store,
                TimeRange interval,
                Duration longest) {
            this.workspace = workspace;
            this.data = data;
            this.store = store;
            this.interval = interval;
            this.longest = longest;
            this.sql = AuthorSql.of(store, (SqlTransform) store.transform());
            this.columns = StoreColumns.of(workspace.template(), store);
            this.lead = "SELECT " + RowCursor.select("f", columns.columns()) + " FROM (SELECT "
                    + columns.columns().stream().map(this::cast).collect(Collectors.joining(", ")) + " FROM (";
        }

        String what() {
            return sql.what() + " of workspace " + workspace.key();
        }

        /** As declared; a value that is not finite is no value. The time stays as it is, so that its bounds reach the tables. */
        private String cast(Column column) {
            String name = Identifier.quote(column.name());
            String type = SqlTypes.exact(column.type());
            String value = "q." + name + "::" + type;
            if (!column.name().equals(store.time())) {
                value = switch (column.type()) {
                    case DOUBLE, DECIMAL ->
                        without(without(without(value, type, "NaN"), type, "Infinity"), type, "-Infinity");
                    case TIMESTAMP, DATE -> without(without(value, type, "infinity"), type, "-infinity");
                    default -> value;
                };
            }
            return value + " AS " + name;
        }

        private static String without(String value, String type, String not) {
            return "nullif(" + value + ", " + Identifier.literal(not) + "::" + type + ")";
        }

        /** What the cage runs: the author's text, then what makes rows of the store of its rows. */
        private String text() {
            String time = "f." + Identifier.quote(store.time());
            return lead + sql.rendered(workspace, data.schema()) + "\n) AS q) AS f WHERE " + time + " IS NULL OR ("
                    + time
                    + " >= " + sql.binds().expression("from") + " AND " + time + " < "
                    + sql.binds().expression("to") + ")";
        }

        private String call() {
            String list = columns.columns().stream()
                    .map(c -> Identifier.quote(c.name()) + " " + sent(c.type()))
                    .collect(Collectors.joining(", "));
            return "SELECT * FROM " + Cage.function(workspace.id()) + "(?, ?, ?) AS t(" + list + ")";
        }

        /** How a {@link RowCursor} reads it: times and dates are numbers. */
        private static String sent(ColumnType type) {
            return switch (type) {
                case TIMESTAMP, TIME, DATE -> "bigint";
                case JSON -> "text";
                default -> SqlTypes.exact(type);
            };
        }

        long run(Connection connection, Consumer<RowBatch> batches) throws SQLException {
            connection.setAutoCommit(false);
            connection.setNetworkTimeout(
                    Runnable::run, Math.toIntExact(longest.plus(GRACE).toMillis()));
            try {
                limit(connection);
                try (PreparedStatement statement = connection.prepareStatement(call())) {
                    Map<String, Object> values = Map.of("from", interval.from(), "to", interval.to());
                    statement.setFetchSize(BATCH_ROWS);
                    statement.setString(1, text());
                    statement.setArray(
                            2, connection.createArrayOf("text", sql.binds().values(values, false)));
                    statement.setArray(
                            3,
                            connection.createArrayOf("timestamptz", sql.binds().values(values, true)));
                    try (ResultSet row = statement.executeQuery()) {
                        return read(row, batches);
                    }
                }
            } finally {
                CagedQueryRunner.clean(connection);
            }
        }

        /** The runner's own limits are those of metrics. They end with the transaction. */
        private void limit(Connection connection) throws SQLException {
            long millis = Math.max(1, longest.toMillis());
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET TRANSACTION READ ONLY; SET LOCAL statement_timeout = " + millis
                        + "; SET LOCAL idle_in_transaction_session_timeout = " + Math.max(15_000, millis)
                        + "; SET LOCAL lock_timeout = '10s'");
            }
        }

        private long read(ResultSet row, Consumer<RowBatch> batches) throws SQLException {
            long count = 0;
            RowBatch.Builder batch = RowBatch.builder(columns, BATCH_ROWS);
            while (row.next()) {
                RowCursor.read(row, 1, columns, batch);
                batch.endRow(++count);
                if (batch.size() == BATCH_ROWS) {
                    give(batch.build(), batches);
                    batch = RowBatch.builder(columns, BATCH_ROWS);
                }
            }
            if (batch.size() > 0) {
                give(batch.build(), batches);
            }
            return count;
        }

        private void give(RowBatch batch, Consumer<RowBatch> batches) {
            for (int c = 0; c < columns.size(); c++) {
                Column column = columns.column(c);
                boolean isTime = column.name().equals(store.time());
                for (int r = 0; (isTime || column.required()) && r < batch.size(); r++) {
                    if (batch.isNull(r, c)) {
                        throw new DltException(
                                ProblemCode.REFRESH_FAILED,
                                what() + ": its SELECT gives a row without " + column.name() + ", which "
                                        + (isTime ? "is its time" : "is declared as required")
                                        + "; nothing was written; leave such rows out, for instance by WHERE "
                                        + column.name() + " IS NOT NULL");
                    }
                }
            }
            batches.accept(batch);
        }

        DltException worded(SQLException e) {
            if (SqlErrors.state(e).equals("57014")) {
                return new DltException(
                        ProblemCode.REFRESH_TIMEOUT,
                        what() + ": its SELECT for " + interval.from() + " to " + interval.to() + " took longer than "
                                + longest
                                + " and was ended, nothing was written; make it cheaper, its interval shorter (every), or raise refresh.budget",
                        SqlErrors.withoutValues(e));
            }
            return QueryErrors.of(
                    e, workspace, sql.what(), offset -> sql.place(workspace, data.schema(), offset - lead.length()));
        }
    }
}
