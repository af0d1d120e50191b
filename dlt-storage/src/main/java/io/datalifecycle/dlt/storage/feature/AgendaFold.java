package io.datalifecycle.dlt.storage.feature;

import io.datalifecycle.dlt.feature.Definition;
import io.datalifecycle.dlt.feature.Grain;
import io.datalifecycle.dlt.feature.IntervalLedger;
import io.datalifecycle.dlt.spi.FeatureWriter.Agenda;
import io.datalifecycle.dlt.spi.FeatureWriter.Ask;
import io.datalifecycle.dlt.spi.FeatureWriter.Consumer;
import io.datalifecycle.dlt.spi.FeatureWriter.Touched;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.template.AggregateFunction;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Rollup;
import io.datalifecycle.dlt.template.SqlTransform;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.time.Bucketing;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Works out the agenda of one featurestore: takes the log over into the intervals to redo, in the caller's transaction. */
record AgendaFold(Connection connection, DataDatabase data, WorkspaceContext workspace, Featurestore store) {

    /** Of a store that was paused before it was ever refreshed. */
    static final String UNKNOWN = "";

    Agenda fold(Ask ask) throws SQLException {
        String definition = Definition.of(workspace, store);
        Grain grain = Grain.of(workspace.template(), store, workspace.zone());
        Optional<AgendaTable.Row> known = AgendaTable.read(connection, workspace, store.key(), true);
        boolean whole = known.isEmpty();
        if (known.isEmpty()) {
            AgendaTable.insert(connection, workspace, store.key(), definition);
            known = AgendaTable.read(connection, workspace, store.key(), true);
        }
        AgendaTable.Row row = known.orElseThrow();
        whole |= !row.definition().equals(definition);
        List<Touched> pending = RangeLog.pending(connection, workspace, Consumer.of(store));
        List<TimeRange> todo = new ArrayList<>(row.todo());
        Instant end = isEndNeeded(pending, whole || ask.again().isPresent()) ? end() : Instant.MIN;
        for (Touched touched : pending) {
            todo.addAll(grain.affected(touched.source(), touched.range(), end));
        }
        if (whole) {
            todo.addAll(history(grain, end));
        }
        if (ask.again().isPresent()) {
            todo.addAll(within(ask.again().get(), history(grain, end), grain.bucketing()));
        }
        if (isStanding() && row.asked().isPresent()) {
            todo.add(passed(row.asked().get(), ask.now(), grain.bucketing()));
        }
        List<TimeRange> merged = IntervalLedger.intervals(todo, grain.bucketing());
        Instant asked = row.asked().filter(at -> at.isAfter(ask.now())).orElse(ask.now());
        AgendaTable.Row next = new AgendaTable.Row(
                definition, merged, Optional.of(asked), row.paused(), row.fence() + (ask.lead() ? 1 : 0));
        if (isWorthWriting(row, next, grain.bucketing())) {
            AgendaTable.update(connection, workspace, store.key(), next);
        }
        RangeLog.forget(connection, workspace, pending.stream().map(Touched::id).toList());
        return RunTable.agenda(next, grain.bucketing());
    }

    /** Whether a value counts by the time it stands, so that rows change by the mere passing of time. */
    private boolean isStanding() {
        return store.transform() instanceof Rollup rollup
                && rollup.columns().stream()
                        .map(c -> c.aggregate().function())
                        .anyMatch(f -> f == AggregateFunction.TIME_WEIGHTED_AVG || f == AggregateFunction.DURATION_IN);
    }

    /** The buckets that were open when it was last asked, and those that have begun since. */
    private static TimeRange passed(Instant from, Instant to, Bucketing bucketing) {
        return from.isBefore(to) ? TimeRange.of(bucketing.bucketOf(from).from(), to) : TimeRange.of(to, to);
    }

    /** The clock alone is worth a write only when it has ended a bucket. */
    private static boolean isWorthWriting(AgendaTable.Row row, AgendaTable.Row next, Bucketing bucketing) {
        boolean ended = row.asked().isEmpty()
                || !bucketing
                        .bucketOf(row.asked().get())
                        .equals(bucketing.bucketOf(next.asked().orElseThrow()));
        return ended
                || row.fence() != next.fence()
                || !row.todo().equals(next.todo())
                || !row.definition().equals(next.definition());
    }

    /** Where the driving source ends is asked for only where something may reach to there. */
    private boolean isEndNeeded(List<Touched> pending, boolean whole) {
        Ref driving = store.transform().sources().get(0);
        return whole || pending.stream().anyMatch(t -> !t.source().equals(driving));
    }

    private Instant end() throws SQLException {
        return extent(workspace
                        .template()
                        .store(store.transform().sources().get(0))
                        .orElseThrow())
                .map(TimeRange::to)
                .orElse(Instant.MIN);
    }

    /** Everything that its sources and itself have rows for. */
    private List<TimeRange> history(Grain grain, Instant end) throws SQLException {
        List<TimeRange> spans = new ArrayList<>();
        extent(store).ifPresent(spans::add);
        Ref driving = store.transform().sources().get(0);
        for (Ref ref : store.transform().sources().stream().distinct().toList()) {
            Optional<TimeRange> extent = extent(workspace.template().store(ref).orElseThrow());
            boolean counts = ref.equals(driving) || store.transform() instanceof SqlTransform;
            if (extent.isPresent() && counts) {
                spans.addAll(grain.affected(ref, extent.get(), end));
            }
        }
        return IntervalLedger.intervals(spans, grain.bucketing());
    }

    private static List<TimeRange> within(TimeRange span, List<TimeRange> history, Bucketing bucketing) {
        List<TimeRange> found = new ArrayList<>();
        for (TimeRange interval : history) {
            Instant from = interval.from().isAfter(span.from()) ? interval.from() : span.from();
            Instant to = interval.to().isBefore(span.to()) ? interval.to() : span.to();
            if (from.isBefore(to)) {
                found.add(bucketing.cover(TimeRange.of(from, to)));
            }
        }
        return found;
    }

    private Optional<TimeRange> extent(Store of) throws SQLException {
        TimeTable table = TimeTable.of(workspace, data.schema(), of);
        String time = Identifier.quote(table.time());
        String sql = "SELECT min(" + time + "), max(" + time + ") + interval '1 microsecond' FROM " + table.quoted();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            OffsetDateTime from = row.getObject(1, OffsetDateTime.class);
            OffsetDateTime to = row.getObject(2, OffsetDateTime.class);
            return from == null || to == null
                    ? Optional.empty()
                    : Optional.of(TimeRange.of(from.toInstant(), to.toInstant()));
        }
    }
}
