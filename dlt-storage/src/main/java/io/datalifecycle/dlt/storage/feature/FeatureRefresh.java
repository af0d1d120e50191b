package io.datalifecycle.dlt.storage.feature;

import io.datalifecycle.dlt.feature.Definition;
import io.datalifecycle.dlt.feature.Grain;
import io.datalifecycle.dlt.feature.IntervalLedger;
import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.FeatureWriter;
import io.datalifecycle.dlt.spi.QualityLog.CheckResult;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.Floors;
import io.datalifecycle.dlt.storage.dialect.Placements;
import io.datalifecycle.dlt.storage.sql.SqlErrors;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.SqlTransform;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The agenda of featurestores and the transactions that work it off. Whoever works on a store holds its row of {@code dlt_data.feature}: what
 * is taken off the agenda and what is written are one commit, so an interval is done once by whichever node comes first. Thread-safe.
 */
public final class FeatureRefresh implements FeatureWriter {

    /** For one step of one statement: groups of a piece fit into it, which the server's own setting is too small for. */
    private static final String WORK_MEM = "64MB";

    private final Placements placements;
    private final Consumers consumers;
    private final AuthorQuery authorQuery;
    private final QualityChecks checks;
    private final CheckTable results;

    /** Results of checks are kept in the table. */
    public FeatureRefresh(
            Placements placements,
            Consumers consumers,
            AuthorQuery authorQuery,
            AuthorCheck authorCheck,
            CheckTable results) {
        this.checks = new QualityChecks(authorCheck);
        this.results = results;
        this.consumers = consumers;
        this.placements = placements;
        this.authorQuery = authorQuery;
    }

    @Override
    public List<Touched> pending(WorkspaceContext workspace, Consumer consumer) {
        return placements
                .of(workspace)
                .database()
                .onConnection(
                        "log of " + consumer.name(), connection -> RangeLog.pending(connection, workspace, consumer));
    }

    @Override
    public void taken(WorkspaceContext workspace, Consumer consumer, Collection<Long> taken) {
        placements.of(workspace).database().onConnection("log of " + consumer.name(), connection -> {
            RangeLog.forget(connection, workspace, taken);
            return true;
        });
    }

    @Override
    public Agenda agenda(WorkspaceContext workspace, Featurestore store, Ask ask) {
        DataDatabase data = placements.of(workspace);
        return data.database()
                .onConnection("agenda of " + store.key() + " of workspace " + workspace.key(), connection -> {
                    refuseOutdated(connection, workspace, store);
                    return new AgendaFold(connection, data, workspace, store).fold(ask);
                });
    }

    /** Whoever works with an earlier version would put an earlier definition back. */
    private static void refuseOutdated(Connection connection, WorkspaceContext workspace, Featurestore store)
            throws SQLException {
        String sql = "SELECT revision FROM dlt_data.workspace WHERE workspace = ? FOR SHARE";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, workspace.id().value());
            try (ResultSet row = statement.executeQuery()) {
                if (row.next()) {
                    RangeLog.refuseOutdated(workspace, store.ref(), row.getLong(1));
                }
            }
        }
    }

    /** Notes stores that were made together with all their sources: they have no history to catch up with, all of it will be in the log. */
    public static void begin(Connection connection, WorkspaceContext workspace, List<Featurestore> stores)
            throws SQLException {
        Map<String, String> definitions = new LinkedHashMap<>();
        stores.forEach(store -> definitions.put(store.key(), Definition.of(workspace, store)));
        AgendaTable.insert(connection, workspace, definitions);
    }

    /** Takes the rows of stores for what their definition gives, however it is worded now; their agendas stay. */
    public static void keep(Connection connection, WorkspaceContext workspace, List<Featurestore> stores)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "UPDATE dlt_data.feature SET definition = ? WHERE workspace = ? AND store = ? AND definition <> ''")) {
            for (Featurestore store : stores) {
                statement.setString(1, Definition.of(workspace, store));
                statement.setLong(2, workspace.id().value());
                statement.setString(3, store.key());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Whoever works off an agenda now stops at his next piece. */
    public static void endRuns(Connection connection, WorkspaceContext workspace) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("UPDATE dlt_data.feature SET fence = fence + 1 WHERE workspace = ?")) {
            statement.setLong(1, workspace.id().value());
            statement.executeUpdate();
        }
    }

    @Override
    public void pause(WorkspaceContext workspace, Featurestore store, boolean paused) {
        placements
                .of(workspace)
                .database()
                .onConnection("pause " + store.key() + " of workspace " + workspace.key(), connection -> {
                    AgendaTable.insert(connection, workspace, store.key(), AgendaFold.UNKNOWN);
                    AgendaTable.Row row = AgendaTable.read(connection, workspace, store.key(), true)
                            .orElseThrow();
                    AgendaTable.update(
                            connection,
                            workspace,
                            store.key(),
                            new AgendaTable.Row(row.definition(), row.todo(), row.asked(), paused, row.fence()));
                    return true;
                });
    }

    @Override
    public Refreshed refresh(WorkspaceContext workspace, Featurestore store, List<TimeRange> intervals, Run run) {
        DataDatabase data = placements.of(workspace);
        String what = "refresh " + store.key() + " of workspace " + workspace.key();
        if (store.transform() instanceof SqlTransform) {
            authorQuery.ready(workspace, store);
        }
        checks.ready(workspace, store);
        List<CheckResult> looked = new ArrayList<>();
        try {
            return data.database()
                    .onConnection(
                            what,
                            connection -> new Piece(connection, data, workspace, store, run).redo(intervals, looked));
        } catch (DltException failure) {
            if (failure.code() == ProblemCode.CHECK_FAILED) {
                results.keep(workspace, store, looked); // they went with the rows
            }
            throw worded(what, failure, intervals, run);
        }
    }

    private static DltException worded(String what, DltException failure, List<TimeRange> intervals, Run run) {
        String state = SqlErrors.state(failure);
        if (failure.code() == ProblemCode.REFRESH_TIMEOUT || failure.code() == ProblemCode.CHECK_FAILED) {
            return failure; // says it better
        }
        String span = intervals.isEmpty()
                ? ""
                : " from " + intervals.get(0).from() + " to "
                        + intervals.get(intervals.size() - 1).to();
        if (state.equals("57014") && !run.timeout().isZero()) {
            return new DltException(
                    ProblemCode.REFRESH_TIMEOUT,
                    what + span + " took longer than its budget of " + run.timeout()
                            + ", nothing of it was written; raise refresh.budget, or make its query or its buckets smaller",
                    failure);
        }
        if (state.equals("21000") || state.equals("23505")) { // the second where a span had no rows before
            return new DltException(
                    ProblemCode.REFRESH_FAILED,
                    what + span
                            + ": it gives two rows for one time and key; list all columns that make its rows unique in by",
                    failure);
        }
        return failure;
    }

    /** One transaction of a refresh. */
    private final class Piece {

        private final Connection connection;
        private final DataDatabase data;
        private final WorkspaceContext workspace;
        private final Featurestore store;
        private final Run run;

        Piece(Connection connection, DataDatabase data, WorkspaceContext workspace, Featurestore store, Run run) {
            this.connection = connection;
            this.data = data;
            this.workspace = workspace;
            this.store = store;
            this.run = run;
        }

        /** @param looked takes what checks found, for the case that it is rolled back */
        Refreshed redo(List<TimeRange> intervals, List<CheckResult> looked) throws SQLException {
            limit(connection, run);
            Optional<AgendaTable.Row> row = AgendaTable.lock(connection, workspace, store.key(), intervals);
            refuseWithoutLead(workspace, store, row, run);
            List<TimeRange> due = row.map(AgendaTable.Row::todo).orElse(List.of());
            if (due.isEmpty()) {
                return Refreshed.NOTHING;
            }
            // asked before any row is read, so that retention waits for us
            List<TimeRange> spans = unfrozen(connection, workspace, store, due);
            AgendaTable.done(connection, workspace, store.key(), due);
            if (spans.isEmpty()) {
                return Refreshed.NOTHING;
            }
            DerivedRows rows = new DerivedRows(connection, data, workspace, store, authorQuery);
            DerivedRows.Changes changes = rows.write(spans, run);
            looked.addAll(checks.look(connection, data, workspace, store, spans, run));
            QualityChecks.refuse("refresh " + store.key() + " of workspace " + workspace.key(), looked);
            CheckTable.add(connection, workspace, store, looked);
            RunTable.add(
                    connection,
                    data,
                    workspace,
                    store,
                    run,
                    new RunTable.Done(spans, changes.rowsIn(), changes.written(), changes.removed(), null));
            RangeLog.touch(
                    connection,
                    workspace,
                    store.ref(),
                    consumers.of(workspace.template(), store.ref()),
                    changes.ranges());
            return new Refreshed(changes.written(), changes.removed(), spans);
        }
    }

    /** Ends with the transaction. */
    private static void limit(Connection connection, Run run) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL work_mem = '" + WORK_MEM + "'"
                    + (run.timeout().isZero()
                            ? ""
                            : "; SET LOCAL statement_timeout = "
                                    + Math.max(1, run.timeout().toMillis())));
        }
    }

    private static void refuseWithoutLead(
            WorkspaceContext workspace, Featurestore store, Optional<AgendaTable.Row> row, Run run) {
        String what = "refresh " + store.key() + " of workspace " + workspace.key() + ": ";
        if (row.isPresent()
                && run.fence().isPresent()
                && row.get().fence() != run.fence().get()) {
            throw new ConflictException(
                    ProblemCode.RUN_TAKEN_OVER,
                    what + "another node has taken over since this run began; it writes nothing any more");
        }
        if (row.isPresent() && !row.get().definition().equals(Definition.of(workspace, store))) {
            throw new ConflictException(
                    ProblemCode.RUN_TAKEN_OVER,
                    what + "its definition has changed since this run began; ask for the workspace anew");
        }
    }

    /** Leaves out what its sources, dropped by retention, could no longer tell: those rows stay as they are. */
    private static List<TimeRange> unfrozen(
            Connection connection, WorkspaceContext workspace, Featurestore store, List<TimeRange> intervals)
            throws SQLException {
        Grain grain = Grain.of(workspace.template(), store, workspace.zone());
        Instant from = Instant.MIN;
        for (Ref ref : store.transform().sources()) {
            Instant redone = Floors.of(connection, workspace, ref)
                    .map(floor -> grain.redoneFrom(ref, floor))
                    .orElse(Instant.MIN);
            from = redone.isAfter(from) ? redone : from;
        }
        Instant first = intervals.get(0).from();
        return from.isAfter(first) ? IntervalLedger.minus(intervals, List.of(TimeRange.of(first, from))) : intervals;
    }
}
