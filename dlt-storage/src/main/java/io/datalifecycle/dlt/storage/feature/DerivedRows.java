package io.datalifecycle.dlt.storage.feature;

import io.datalifecycle.dlt.feature.Grain;
import io.datalifecycle.dlt.feature.IntervalLedger;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.spi.FeatureWriter.Run;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.StoreTables;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.storage.sql.InstantText;
import io.datalifecycle.dlt.storage.sql.SqlErrors;
import io.datalifecycle.dlt.template.AsOfJoin;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Formula;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Rollup;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.template.Transform;
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
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;

/** Makes the rows of one featurestore equal to what its sources give, for spans of whole units, in the caller's transaction. */
final class DerivedRows {

    private static final String OUT_OF_RANGE = "22003";

    private final Connection connection;
    private final DataDatabase data;
    private final WorkspaceContext workspace;
    private final Featurestore store;
    private final AuthorQuery authorQuery;
    private final Bucketing bucketing;
    private final TimeTable target;
    private final RowSchema visible;

    DerivedRows(
            Connection connection,
            DataDatabase data,
            WorkspaceContext workspace,
            Featurestore store,
            AuthorQuery authorQuery) {
        this.connection = connection;
        this.data = data;
        this.workspace = workspace;
        this.store = store;
        this.authorQuery = authorQuery;
        this.bucketing = Grain.of(workspace.template(), store, workspace.zone()).bucketing();
        this.target = TimeTable.of(workspace, data.schema(), store);
        this.visible = StoreColumns.of(workspace.template(), store);
    }

    /** How the fresh rows come about in SQL. */
    private record Fresh(List<String> ctes, String select, String buckets) {}

    Changes write(List<TimeRange> spans, Run run) throws SQLException {
        Transform transform = store.transform();
        List<TimeRange> units = transform instanceof Rollup && bucketing.isCalendar() ? buckets(spans) : spans;
        long staged = 0;
        if (!(transform instanceof Rollup) && !(transform instanceof AsOfJoin)) {
            staged = stage(units, run);
        }
        Savepoint before = connection.setSavepoint();
        boolean wide = false;
        boolean isEmpty = isEmpty(units);
        for (int tries = 0; ; tries++) {
            Fresh fresh = fresh(wide, units, run.startedAt());
            try {
                Changes changes = refresh(fresh, units, run, isEmpty);
                changes.rowsIn += staged;
                return changes;
            } catch (SQLException failure) {
                boolean partition = SqlErrors.isMissingPartition(failure);
                boolean range = SqlErrors.state(failure).equals(OUT_OF_RANGE) && !wide;
                if (tries == 2 || (!partition && !range)) {
                    throw failure;
                }
                connection.rollback(before);
                wide |= range;
                if (partition) {
                    // asked for only now: looking ahead would read the sources twice, or make partitions for spans
                    // without rows
                    data.dialect().forget(target);
                    makeRoom(fresh, units);
                }
            }
        }
    }

    /** Calendar buckets are cut in Java, where their rules live; SQL only joins them. */
    private List<TimeRange> buckets(List<TimeRange> spans) {
        return spans.stream()
                .flatMap(span -> bucketing.bucketsOf(span).stream())
                .toList();
    }

    private long stage(List<TimeRange> spans, Run run) throws SQLException {
        Stage stage = new Stage(connection, workspace, store);
        if (store.transform() instanceof Formula formula) {
            return stage.compute(formula, table(formula.from()), spans);
        }
        long count = 0;
        for (TimeRange span : spans) {
            count += authorQuery.read(workspace, store, span, run.timeout(), batch -> add(stage, batch));
        }
        return count;
    }

    private void add(Stage stage, RowBatch batch) {
        try {
            stage.add(batch);
        } catch (SQLException e) {
            throw SqlErrors.of("refresh " + store.key() + " of workspace " + workspace.key(), e);
        }
    }

    private Fresh fresh(boolean wide, List<TimeRange> units, Instant now) {
        if (store.transform() instanceof Rollup rollup) {
            RollupSql sql = new RollupSql(workspace.template(), store, rollup, table(rollup.from()), wide);
            RollupSql.Origin origin = origin(rollup, units, now);
            return new Fresh(List.of(), sql.select(origin), sql.buckets(origin));
        }
        if (store.transform() instanceof AsOfJoin join) {
            JoinSql sql = new JoinSql(workspace, data.schema(), join);
            String times = "SELECT DISTINCT s." + Identifier.quote(join.time()) + " FROM span JOIN "
                    + table(join.from()).quoted() + " AS s ON s." + Identifier.quote(join.time())
                    + " >= span.lo AND s." + Identifier.quote(join.time()) + " < span.hi";
            return new Fresh(sql.ctes(), sql.select(), times);
        }
        String staged = Stage.select(visible);
        return new Fresh(
                List.of(), staged, "SELECT DISTINCT " + Identifier.quote(store.time()) + " FROM (" + staged + ") AS s");
    }

    private TimeTable table(Ref ref) {
        Store source = workspace.template().store(ref).orElseThrow();
        return TimeTable.of(workspace, data.schema(), source);
    }

    private RollupSql.Origin origin(Rollup rollup, List<TimeRange> spans, Instant now) {
        TimeTable source = table(rollup.from());
        String time = "s." + Identifier.quote(source.time());
        boolean one = spans.size() == 1;
        String lower = one ? literal(spans.get(0).from()) : "span.lo";
        String upper = one ? literal(spans.get(0).to()) : "span.hi";
        // with one span the planner sees how much it is, and need not go by the index for all of a history
        String from = (one ? "" : "span JOIN ") + source.quoted() + " AS s" + (one ? "" : " ON true");
        String where = time + " >= " + lower + RollupSql.Origin.REACH + " AND " + time + " < " + upper;
        if (rollup.every() instanceof Duration width) {
            // date_bin counts in whole microseconds from the origin, as Bucketing does
            String length = "interval " + Identifier.literal(width.toString());
            String bucket = "date_bin(" + length + ", " + time + ", timestamptz '1970-01-01 00:00:00+00')";
            return new RollupSql.Origin(
                    from, where, lower, upper, bucket, bucket + " + " + length, length, literal(now));
        }
        return new RollupSql.Origin(from, where, lower, upper, lower, upper, "", literal(now));
    }

    private static String literal(Instant at) {
        return Identifier.literal(at.toString()) + "::timestamptz";
    }

    /** Whether the table has rows in one of the spans: where it has none, nothing has to be compared. */
    private boolean isEmpty(List<TimeRange> spans) throws SQLException {
        String time = "t." + Identifier.quote(target.time());
        String sql = "WITH " + DiffSql.SPANS + " SELECT NOT EXISTS (SELECT 1 FROM span JOIN " + target.quoted()
                + " AS t ON " + time + " >= span.lo AND " + time + " < span.hi)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, spans);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private Changes refresh(Fresh fresh, List<TimeRange> spans, Run run, boolean isEmpty) throws SQLException {
        List<Column> columns = HistoryTable.columns(workspace.template(), store);
        Optional<String> history = store.history()
                .map(keep -> HistoryTable.of(workspace, data.schema(), store).quoted());
        DiffSql diff = new DiffSql(target, columns, StoreTables.keyColumns(store), history);
        boolean buckets = store.transform() instanceof Rollup;
        String time = "t." + Identifier.quote(target.time());
        String unit = buckets ? time : "date_bin(interval 'PT1M', " + time + ", timestamptz '1970-01-01 00:00:00+00')";
        Changes changes = new Changes(buckets ? bucketing : Bucketing.of(Duration.ofMinutes(1), ZoneOffset.UTC));
        try (PreparedStatement statement = connection.prepareStatement(
                isEmpty
                        ? diff.fill(fresh.ctes(), fresh.select(), unit)
                        : diff.refresh(fresh.ctes(), fresh.select(), unit))) {
            bind(statement, spans);
            if (history.isPresent()) {
                statement.setObject(3, run.startedAt().atOffset(ZoneOffset.UTC));
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    OffsetDateTime at = row.getObject(2, OffsetDateTime.class);
                    if (at == null) {
                        changes.rowsIn = row.getLong(3);
                    } else {
                        changes.add(row.getBoolean(1), at.toInstant(), row.getLong(3));
                    }
                }
            }
        }
        return changes;
    }

    private void makeRoom(Fresh fresh, List<TimeRange> spans) throws SQLException {
        List<String> with = new ArrayList<>(List.of(DiffSql.SPANS));
        with.addAll(fresh.ctes());
        String sql = "WITH " + String.join(", ", with) + " " + fresh.buckets();
        long[] micros;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, spans);
            LongStream.Builder found = LongStream.builder();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(RowBatch.microsOf(
                            row.getObject(1, OffsetDateTime.class).toInstant()));
                }
            }
            micros = found.build().toArray();
        }
        data.dialect().ensure(connection, target, micros);
        if (store.history().isPresent()) {
            TimeTable history = HistoryTable.of(workspace, data.schema(), store);
            data.dialect().forget(history);
            data.dialect().ensure(connection, history, micros);
        }
    }

    private void bind(PreparedStatement statement, List<TimeRange> spans) throws SQLException {
        statement.setArray(1, instants(connection, spans, TimeRange::from));
        statement.setArray(2, instants(connection, spans, TimeRange::to));
    }

    static Array instants(Connection connection, List<TimeRange> spans, Function<TimeRange, Instant> edge)
            throws SQLException {
        return connection.createArrayOf(
                "timestamptz", spans.stream().map(edge).map(InstantText::of).toArray());
    }

    /** What a refresh changed, in the order of time: neighbouring units grow one span. */
    static final class Changes {

        private final Bucketing bucketing;
        private final List<TimeRange> units = new ArrayList<>();
        private long rowsIn;
        private long written;
        private long removed;

        Changes(Bucketing bucketing) {
            this.bucketing = bucketing;
        }

        private void add(boolean isWritten, Instant at, long count) {
            written += isWritten ? count : 0;
            removed += isWritten ? 0 : count;
            units.add(bucketing.bucketOf(at));
        }

        List<TimeRange> ranges() {
            return IntervalLedger.intervals(units, bucketing);
        }

        long rowsIn() {
            return rowsIn;
        }

        long written() {
            return written;
        }

        long removed() {
            return removed;
        }
    }
}
