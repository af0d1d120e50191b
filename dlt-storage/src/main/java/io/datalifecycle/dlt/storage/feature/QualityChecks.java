package io.datalifecycle.dlt.storage.feature;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.problem.StoreUnavailableException;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.spi.FeatureWriter.Run;
import io.datalifecycle.dlt.spi.QualityLog.CheckResult;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.template.Check;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.OnFail;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Looks at the checks of a featurestore within the transaction that wrote its rows, over the spans it processed: those of rows in one
 * statement, then the author's SELECTs one by one. Thread-safe.
 */
final class QualityChecks {

    private final AuthorCheck authorCheck;

    QualityChecks(AuthorCheck authorCheck) {
        this.authorCheck = authorCheck;
    }

    /** Before the transaction begins. */
    void ready(WorkspaceContext workspace, Featurestore store) {
        for (Check check : store.checks()) {
            if (check instanceof Check.Sql sql) {
                authorCheck.ready(workspace, store, sql);
            }
        }
    }

    /** Results in the order of the template; {@link Check.Freshness} is not of a transaction and has none here. */
    List<CheckResult> look(
            Connection connection,
            DataDatabase data,
            WorkspaceContext workspace,
            Featurestore store,
            List<TimeRange> spans,
            Run run)
            throws SQLException {
        List<Check> ofRows = store.checks().stream()
                .filter(check -> !(check instanceof Check.Sql) && !(check instanceof Check.Freshness))
                .toList();
        Map<String, Long> counts =
                ofRows.isEmpty() ? Map.of() : counts(connection, data, workspace, store, ofRows, spans);
        TimeRange hull =
                TimeRange.of(spans.get(0).from(), spans.get(spans.size() - 1).to());
        List<CheckResult> results = new ArrayList<>();
        for (Check check : store.checks()) {
            if (check instanceof Check.Sql sql) {
                results.add(result(sql, hull, run.startedAt(), found(connection, workspace, store, sql, spans, run)));
            } else if (!(check instanceof Check.Freshness)) {
                long count = counts.getOrDefault(check.key(), 0L);
                results.add(result(check, hull, run.startedAt(), found(check, count)));
            }
        }
        return results;
    }

    /** Throws when a result keeps the rows back. */
    static void refuse(String what, List<CheckResult> results) {
        List<CheckResult> blocking =
                results.stream().filter(CheckResult::blocked).toList();
        if (blocking.isEmpty()) {
            return;
        }
        String found = blocking.stream()
                .map(r -> r.check() + " (" + r.detail().orElse("") + ")")
                .collect(Collectors.joining(", "));
        TimeRange hull = blocking.get(0).range().orElseThrow();
        throw new DltException(
                ProblemCode.CHECK_FAILED,
                what + ": its rows from " + hull.from() + " to " + hull.to() + " do not pass " + found
                        + "; they were not written, what was there before stays; correct the sources or the check, the next refresh tries again");
    }

    /** What a check found. */
    private record Found(long failed, String detail) {}

    private static CheckResult result(Check check, TimeRange hull, Instant at, Found found) {
        boolean passed = found.failed() == 0;
        return new CheckResult(
                check.key(),
                at,
                Optional.of(hull),
                found.failed(),
                passed,
                !passed && check.onFail() == OnFail.BLOCK,
                passed ? Optional.empty() : Optional.of(found.detail()));
    }

    private Found found(
            Connection connection,
            WorkspaceContext workspace,
            Featurestore store,
            Check.Sql check,
            List<TimeRange> spans,
            Run run)
            throws SQLException {
        try {
            long count = authorCheck.count(connection, workspace, store, check, spans, run.timeout());
            return new Found(count, "its SELECT gives " + rows(count));
        } catch (StoreUnavailableException away) {
            throw away;
        } catch (DltException failure) {
            return new Found(1, "could not be looked at: " + failure.getMessage());
        }
    }

    private static Found found(Check check, long count) {
        if (check instanceof Check.RowCount rows) {
            long missing = rows.min().map(min -> min - count).orElse(0L);
            long more = rows.max().map(max -> count - max).orElse(0L);
            String bound = missing > 0
                    ? "at least " + rows.min().orElseThrow()
                    : "at most " + rows.max().orElse(0L);
            return new Found(Math.max(0, Math.max(missing, more)), rows(count) + ", " + bound + " expected");
        }
        String what = check instanceof Check.Unique unique
                ? "more than one per " + String.join(", ", unique.columns())
                : check instanceof Check.Range range
                        ? "with " + range.column() + " out of range"
                        : "without " + ((Check.NotNull) check).column();
        return new Found(count, rows(count) + " " + what);
    }

    private static String rows(long count) {
        return count == 1 ? "1 row" : count + " rows";
    }

    /** One count per check, of what breaks it or, for a number of rows, of all. */
    private static Map<String, Long> counts(
            Connection connection,
            DataDatabase data,
            WorkspaceContext workspace,
            Featurestore store,
            List<Check> checks,
            List<TimeRange> spans)
            throws SQLException {
        TimeTable table = TimeTable.of(workspace, data.schema(), store);
        RowSchema columns = StoreColumns.of(workspace.template(), store);
        String time = "t." + Identifier.quote(table.time());
        // the hull besides, as values: it is what keeps the planner away from all other chunks and partitions
        String sql = "WITH " + DiffSql.SPANS + " SELECT "
                + checks.stream().map(check -> count(check, columns)).collect(Collectors.joining(", "))
                + " FROM span JOIN " + table.quoted() + " AS t ON " + time + " >= span.lo AND " + time
                + " < span.hi WHERE " + time + " >= ? AND " + time + " < ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, DerivedRows.instants(connection, spans, TimeRange::from));
            statement.setArray(2, DerivedRows.instants(connection, spans, TimeRange::to));
            statement.setObject(3, at(spans.get(0).from()));
            statement.setObject(4, at(spans.get(spans.size() - 1).to()));
            Map<String, Long> counts = new LinkedHashMap<>();
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                for (int i = 0; i < checks.size(); i++) {
                    counts.put(checks.get(i).key(), row.getLong(i + 1));
                }
            }
            return counts;
        }
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static String count(Check check, RowSchema columns) {
        if (check instanceof Check.NotNull notNull) {
            return "count(*) FILTER (WHERE t." + Identifier.quote(notNull.column()) + " IS NULL)";
        }
        if (check instanceof Check.Range range) {
            return "count(*) FILTER (WHERE " + outside(range, columns) + ")";
        }
        // rows, not values: null counts as a value here as it does in keys
        return check instanceof Check.Unique unique
                ? "count(*) - count(DISTINCT ROW(" + Identifier.list("t", unique.columns()) + "))"
                : "count(*)";
    }

    private static String outside(Check.Range range, RowSchema columns) {
        String column = "t." + Identifier.quote(range.column());
        ColumnType type = columns.find(range.column()).orElseThrow().type();
        List<String> wrong = new ArrayList<>();
        range.min().ifPresent(min -> wrong.add(column + " < " + literal(min, type)));
        range.max().ifPresent(max -> wrong.add(column + " > " + literal(max, type)));
        if (type != ColumnType.BIGINT) {
            wrong.add(column + " = 'NaN'"); // greater than all numbers, and none
        }
        return String.join(" OR ", wrong);
    }

    private static String literal(BigDecimal bound, ColumnType type) {
        return ColumnValues.literal(bound, type);
    }
}
