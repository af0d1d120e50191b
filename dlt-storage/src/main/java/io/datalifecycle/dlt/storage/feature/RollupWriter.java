package io.datalifecycle.dlt.storage.feature;

import io.datalifecycle.dlt.lineage.Lineage;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.FeatureWriter;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.Placements;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Rollup;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.time.Bucketing;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Refreshes roll-ups: one lock, one statement, one transaction. Thread-safe. */
public final class RollupWriter implements FeatureWriter {

    private final Placements placements;

    public RollupWriter(Placements placements) {
        this.placements = placements;
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
    public Refreshed refresh(
            WorkspaceContext workspace, Featurestore store, List<TimeRange> intervals, Collection<Long> taken) {
        if (!(store.transform() instanceof Rollup rollup)) {
            throw new DltException(
                    ProblemCode.CONFIGURATION, "featurestore " + store.key() + ": only roll-ups are refreshed here");
        }
        DataDatabase data = placements.of(workspace);
        return data.database()
                .onConnection("refresh " + store.key() + " of workspace " + workspace.key(), connection -> {
                    lock(connection, workspace, store);
                    // first the log, then the sources: whatever commits in between is read and stays in the log, so
                    // nothing is missed
                    RangeLog.forget(connection, workspace, taken);
                    return refresh(connection, data, workspace, store, rollup, intervals);
                });
    }

    private static Refreshed refresh(
            Connection connection,
            DataDatabase data,
            WorkspaceContext workspace,
            Featurestore store,
            Rollup rollup,
            List<TimeRange> intervals)
            throws SQLException {
        TimeTable target = TimeTable.of(workspace, data.schema(), store);
        for (TimeRange interval : intervals) {
            data.dialect().ensure(connection, target, interval);
        }
        Store from = workspace.template().store(rollup.from()).orElseThrow();
        RollupSql sql = new RollupSql(
                rollup,
                TimeTable.of(workspace, data.schema(), from),
                target,
                StoreColumns.of(workspace.template(), from),
                StoreColumns.of(workspace.template(), store));
        Bucketing bucketing = Bucketing.of(rollup.every(), workspace.zone());
        List<TimeRange> spans = bucketing.isCalendar() ? buckets(intervals, bucketing) : intervals;
        long written = 0;
        long removed = 0;
        List<TimeRange> changed = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql.refresh(bucket(rollup, from)))) {
            bind(connection, statement, spans, sql.filter().binds());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    long count = row.getLong(3);
                    written += row.getBoolean(1) ? count : 0;
                    removed += row.getBoolean(1) ? 0 : count;
                    append(
                            changed,
                            bucketing,
                            row.getObject(2, OffsetDateTime.class).toInstant());
                }
            }
        }
        RangeLog.touch(
                connection,
                workspace,
                store.ref(),
                Lineage.of(workspace.template()).consumersOf(store.ref()),
                changed);
        return new Refreshed(written, removed, intervals);
    }

    /** Calendar buckets are cut in Java, where their rules live; SQL only joins them. */
    private static List<TimeRange> buckets(List<TimeRange> intervals, Bucketing bucketing) {
        List<TimeRange> buckets = new ArrayList<>();
        for (TimeRange interval : intervals) {
            Instant at = interval.from();
            while (at.isBefore(interval.to())) {
                TimeRange bucket = bucketing.bucketOf(at);
                buckets.add(bucket);
                at = bucket.to();
            }
        }
        return buckets;
    }

    private static String bucket(Rollup rollup, Store from) {
        if (rollup.every() instanceof Duration duration) {
            // date_bin counts in whole microseconds from the origin, as Bucketing does
            return "date_bin(interval '" + duration.toNanos() / 1_000 + " microseconds', s."
                    + Identifier.quote(from.time()) + ", timestamptz '1970-01-01 00:00:00+00')";
        }
        return "span.lo";
    }

    private static void bind(
            Connection connection, PreparedStatement statement, List<TimeRange> spans, List<Object> filter)
            throws SQLException {
        OffsetDateTime[] from =
                spans.stream().map(s -> s.from().atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new);
        OffsetDateTime[] to =
                spans.stream().map(s -> s.to().atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new);
        statement.setArray(1, connection.createArrayOf("timestamptz", from));
        statement.setArray(2, connection.createArrayOf("timestamptz", to));
        for (int i = 0; i < filter.size(); i++) {
            statement.setObject(3 + i, filter.get(i));
        }
    }

    /** Buckets come in the order of time: neighbours grow one span. */
    private static void append(List<TimeRange> changed, Bucketing bucketing, Instant at) {
        TimeRange bucket = bucketing.bucketOf(at);
        TimeRange last = changed.isEmpty() ? null : changed.get(changed.size() - 1);
        if (last != null && !bucket.from().isAfter(last.to())) {
            if (bucket.to().isAfter(last.to())) {
                changed.set(changed.size() - 1, TimeRange.of(last.from(), bucket.to()));
            }
        } else {
            changed.add(bucket);
        }
    }

    private static void lock(Connection connection, WorkspaceContext workspace, Featurestore store)
            throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")) {
            lock.setString(1, "dlt refresh " + workspace.id() + " " + store.key());
            lock.execute();
        }
    }
}
