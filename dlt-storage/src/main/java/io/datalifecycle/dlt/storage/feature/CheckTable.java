package io.datalifecycle.dlt.storage.feature;

import io.datalifecycle.dlt.spi.QualityLog;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.Placements;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.template.Check;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Rollup;
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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Results of checks in {@code dlt_data.check_result}. Thread-safe. */
public final class CheckTable implements QualityLog {

    private static final Logger LOG = LoggerFactory.getLogger(CheckTable.class);
    private static final String COLUMNS = "\"check\", at, range_from, range_to, failed, passed, blocked, detail";

    private final Placements placements;

    public CheckTable(Placements placements) {
        this.placements = placements;
    }

    /** Adds results within the transaction of the rows. */
    static void add(Connection connection, WorkspaceContext workspace, Featurestore store, List<CheckResult> results)
            throws SQLException {
        if (results.isEmpty()) {
            return;
        }
        String sql = "INSERT INTO dlt_data.check_result (" + COLUMNS
                + ", workspace, store) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (CheckResult result : results) {
                statement.setString(1, result.check());
                fill(statement, 2, result);
                statement.setLong(9, workspace.id().value());
                statement.setString(10, store.key());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void fill(PreparedStatement statement, int first, CheckResult result) throws SQLException {
        statement.setObject(first, at(result.at()));
        statement.setObject(
                first + 1, result.range().map(range -> at(range.from())).orElse(null));
        statement.setObject(
                first + 2, result.range().map(range -> at(range.to())).orElse(null));
        statement.setLong(first + 3, result.failed());
        statement.setBoolean(first + 4, result.passed());
        statement.setBoolean(first + 5, result.blocked());
        statement.setString(first + 6, result.detail().orElse(null));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** Keeps results whose rows were rolled back. Never throws: that they were is what has to be told. */
    void keep(WorkspaceContext workspace, Featurestore store, List<CheckResult> results) {
        try {
            placements.of(workspace).database().onConnection(what(workspace, store), connection -> {
                add(connection, workspace, store, results);
                return true;
            });
        } catch (RuntimeException notKept) {
            LOG.warn(
                    "workspace {}: results of checks of featurestore {} could not be kept",
                    workspace.key(),
                    store.key(),
                    notKept);
        }
    }

    private static String what(WorkspaceContext workspace, Featurestore store) {
        return "checks of " + store.key() + " of workspace " + workspace.key();
    }

    @Override
    public List<CheckResult> latest(WorkspaceContext workspace, Featurestore store) {
        if (store.checks().isEmpty()) {
            return List.of();
        }
        return placements.of(workspace).database().onConnection(what(workspace, store), connection -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT r.* FROM unnest(?::text[]) "
                    + "WITH ORDINALITY AS c (key, place) CROSS JOIN LATERAL (SELECT " + COLUMNS
                    + " FROM dlt_data.check_result WHERE workspace = ? AND store = ? AND \"check\" = c.key "
                    + "ORDER BY id DESC LIMIT 1) AS r ORDER BY c.place")) {
                statement.setArray(
                        1,
                        connection.createArrayOf(
                                "text", store.checks().stream().map(Check::key).toArray()));
                statement.setLong(2, workspace.id().value());
                statement.setString(3, store.key());
                return results(statement);
            }
        });
    }

    @Override
    public List<CheckResult> history(WorkspaceContext workspace, Featurestore store, int limit) {
        return placements.of(workspace).database().onConnection(what(workspace, store), connection -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT " + COLUMNS
                    + " FROM dlt_data.check_result WHERE workspace = ? AND store = ? ORDER BY id DESC LIMIT ?")) {
                statement.setLong(1, workspace.id().value());
                statement.setString(2, store.key());
                statement.setInt(3, limit);
                return results(statement);
            }
        });
    }

    private static List<CheckResult> results(PreparedStatement statement) throws SQLException {
        List<CheckResult> results = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                OffsetDateTime from = row.getObject(3, OffsetDateTime.class);
                OffsetDateTime to = row.getObject(4, OffsetDateTime.class);
                results.add(new CheckResult(
                        row.getString(1),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        from == null || to == null
                                ? Optional.empty()
                                : Optional.of(TimeRange.of(from.toInstant(), to.toInstant())),
                        row.getLong(5),
                        row.getBoolean(6),
                        row.getBoolean(7),
                        Optional.ofNullable(row.getString(8))));
            }
        }
        return results;
    }

    @Override
    public List<CheckResult> freshness(WorkspaceContext workspace, Featurestore store, Instant now) {
        List<Check.Freshness> checks = store.checks().stream()
                .flatMap(check -> check instanceof Check.Freshness fresh
                        ? java.util.stream.Stream.of(fresh)
                        : java.util.stream.Stream.<Check.Freshness>empty())
                .toList();
        if (checks.isEmpty()) {
            return List.of();
        }
        DataDatabase data = placements.of(workspace);
        return data.database().onConnection(what(workspace, store), connection -> {
            Optional<Instant> newest = newest(connection, TimeTable.of(workspace, data.schema(), store))
                    .map(time -> end(workspace, store, time));
            List<CheckResult> results = new ArrayList<>();
            for (Check.Freshness check : checks) {
                CheckResult result = fresh(check, newest, now);
                if (!renew(connection, workspace, store, result)) {
                    add(connection, workspace, store, List.of(result));
                }
                results.add(result);
            }
            return results;
        });
    }

    private static Optional<Instant> newest(Connection connection, TimeTable table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                        "SELECT max(" + Identifier.quote(table.time()) + ") FROM " + table.quoted());
                ResultSet row = statement.executeQuery()) {
            row.next();
            return Optional.ofNullable(row.getObject(1, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
        }
    }

    /** A bucket is as old as its end, as it is for alerts. */
    private static Instant end(WorkspaceContext workspace, Featurestore store, Instant time) {
        return store.transform() instanceof Rollup rollup
                ? rollup.bucketing(workspace.zone()).bucketOf(time).to()
                : time;
    }

    private static CheckResult fresh(Check.Freshness check, Optional<Instant> newest, Instant now) {
        Optional<Duration> age = newest.map(then -> then.isBefore(now) ? Duration.between(then, now) : Duration.ZERO);
        boolean passed = age.isPresent() && age.get().compareTo(check.within()) <= 0;
        @Nullable
        String detail = passed
                ? null
                : age.map(old -> "its newest row is " + old.truncatedTo(java.time.temporal.ChronoUnit.SECONDS) + " old")
                                .orElse("it has no row")
                        + ", at most " + check.within() + " expected";
        return new CheckResult(
                check.key(),
                now,
                newest.filter(then -> then.isBefore(now)).map(then -> TimeRange.of(then, now)),
                passed ? 0 : 1,
                passed,
                false,
                Optional.ofNullable(detail));
    }

    /** Puts it in the place of the latest result when that says the same. */
    private static boolean renew(
            Connection connection, WorkspaceContext workspace, Featurestore store, CheckResult result)
            throws SQLException {
        String sql =
                "UPDATE dlt_data.check_result SET at = ?, range_from = ?, range_to = ?, failed = ?, passed = ?, blocked = ?, detail = ? "
                        + "WHERE id = (SELECT id FROM dlt_data.check_result WHERE workspace = ? AND store = ? AND \"check\" = ? "
                        + "ORDER BY id DESC LIMIT 1) AND passed = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            fill(statement, 1, result);
            statement.setLong(8, workspace.id().value());
            statement.setString(9, store.key());
            statement.setString(10, result.check());
            statement.setBoolean(11, result.passed());
            return statement.executeUpdate() > 0;
        }
    }

    /** Forgets what was looked at before an instant, within the transaction of maintenance. */
    public static void forget(Connection connection, WorkspaceContext workspace, Instant before) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM dlt_data.check_result WHERE workspace = ? AND at < ?")) {
            statement.setLong(1, workspace.id().value());
            statement.setObject(2, at(before));
            statement.executeUpdate();
        }
    }
}
