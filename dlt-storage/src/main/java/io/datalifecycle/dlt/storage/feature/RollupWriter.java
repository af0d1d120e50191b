package io.datalifecycle.dlt.storage.feature;

import io.datalifecycle.dlt.feature.IntervalLedger;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.spi.FeatureWriter;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.Placements;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.storage.sql.SqlErrors;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Rollup;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.time.Bucketing;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;

/** Refreshes roll-ups: one lock, one statement, one transaction. Thread-safe. */
public final class RollupWriter implements FeatureWriter {

    private final Placements placements;
    private final Consumers consumers;

    public RollupWriter(Placements placements, Consumers consumers) {
        this.consumers = consumers;
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

    private Refreshed refresh(
            Connection connection,
            DataDatabase data,
            WorkspaceContext workspace,
            Featurestore store,
            Rollup rollup,
            List<TimeRange> intervals)
            throws SQLException {
        TimeTable target = TimeTable.of(workspace, data.schema(), store);
        Store from = workspace.template().store(rollup.from()).orElseThrow();
        RollupSql sql = new RollupSql(
                rollup,
                TimeTable.of(workspace, data.schema(), from),
                target,
                StoreColumns.of(workspace.template(), from),
                StoreColumns.of(workspace.template(), store));
        Bucketing bucketing = rollup.bucketing(workspace.zone());
        Statements statements = new Statements(
                connection,
                sql,
                bucket(rollup, from),
                bucketing.isCalendar() ? buckets(intervals, bucketing) : intervals);
        Changes changes = new Changes(bucketing);
        Savepoint before = connection.setSavepoint();
        try {
            statements.refresh(changes);
        } catch (SQLException failure) {
            if (!SqlErrors.isMissingPartition(failure)) {
                throw failure;
            }
            // asked for only now: looking ahead would read the sources twice, or make partitions for spans without rows
            connection.rollback(before);
            data.dialect().forget(target);
            data.dialect().ensure(connection, target, statements.buckets());
            changes = new Changes(bucketing);
            statements.refresh(changes);
        }
        RangeLog.touch(
                connection, workspace, store.ref(), consumers.of(workspace.template(), store.ref()), changes.ranges());
        return new Refreshed(changes.written, changes.removed, intervals);
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
            return "date_bin(interval " + Identifier.literal(duration.toString()) + ", s."
                    + Identifier.quote(from.time()) + ", timestamptz '1970-01-01 00:00:00+00')";
        }
        return "span.lo";
    }

    private static void lock(Connection connection, WorkspaceContext workspace, Featurestore store)
            throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")) {
            lock.setString(1, "dlt refresh " + workspace.id() + " " + store.key());
            lock.execute();
        }
    }

    /** What a refresh changed, in the order of time: neighbouring buckets grow one span. */
    private static final class Changes {

        private final Bucketing bucketing;
        private final List<TimeRange> buckets = new ArrayList<>();
        private long written;
        private long removed;

        Changes(Bucketing bucketing) {
            this.bucketing = bucketing;
        }

        void add(boolean isWritten, Instant at, long count) {
            written += isWritten ? count : 0;
            removed += isWritten ? 0 : count;
            buckets.add(bucketing.bucketOf(at));
        }

        List<TimeRange> ranges() {
            return IntervalLedger.intervals(buckets, bucketing);
        }
    }

    /** The statements of one refresh with their binds. */
    private record Statements(Connection connection, RollupSql sql, String bucket, List<TimeRange> spans) {

        void refresh(Changes changes) throws SQLException {
            try (PreparedStatement statement = bound(sql.refresh(bucket));
                    ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    changes.add(
                            row.getBoolean(1),
                            row.getObject(2, OffsetDateTime.class).toInstant(),
                            row.getLong(3));
                }
            }
        }

        long[] buckets() throws SQLException {
            try (PreparedStatement statement = bound(sql.buckets(bucket));
                    ResultSet row = statement.executeQuery()) {
                LongStream.Builder micros = LongStream.builder();
                while (row.next()) {
                    micros.add(RowBatch.microsOf(
                            row.getObject(1, OffsetDateTime.class).toInstant()));
                }
                return micros.build().toArray();
            }
        }

        private PreparedStatement bound(String text) throws SQLException {
            PreparedStatement statement = connection.prepareStatement(text);
            statement.setArray(1, instants(TimeRange::from));
            statement.setArray(2, instants(TimeRange::to));
            List<Object> binds = sql.binds();
            for (int i = 0; i < binds.size(); i++) {
                statement.setObject(3 + i, binds.get(i));
            }
            return statement;
        }

        private Array instants(Function<TimeRange, Instant> edge) throws SQLException {
            return connection.createArrayOf(
                    "timestamptz",
                    spans.stream()
                            .map(edge)
                            .map(at -> at.atOffset(ZoneOffset.UTC))
                            .toArray());
        }
    }
}
