package io.datalifecycle.dlt.storage.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.FeaturestoreHandle;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.health.WorkspaceHealth;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.metric.MetricResult;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.problem.TemplateInvalidException;
import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.spi.QualityLog.CheckResult;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.Duplicates;
import io.datalifecycle.dlt.template.FeaturestoreBuilder;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.testdb.TestDatabase;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold of a featurestore's rows, and what happens when it does not. */
class QualityIT {

    private static final String BACKENDS = "io.datalifecycle.dlt.testdb.TestDatabase#backends";
    private static final Instant T0 = Instant.parse("2026-02-03T04:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    /** A workspace, a clock that is moved by hand, and a listener that notes what checks found. */
    private static final class Ground implements AutoCloseable {

        final TestDatabase database;
        final Dlt dlt;
        final Workspace workspace;
        final AtomicReference<Instant> now = new AtomicReference<>(T0.plus(Duration.ofHours(12)));
        final List<String> heard = new ArrayList<>();

        Ground(Backend backend, Consumer<FeaturestoreBuilder> checks) {
            database = TestDatabase.create(backend);
            dlt = Dlt.builder()
                    .storage(PostgresStorage.builder()
                            .appDatabase(database.dataSource())
                            .clock(now::get)
                            .build())
                    .clock(now::get)
                    .listener(new DltListener() {
                        @Override
                        public void onCheck(WorkspaceContext at, String store, String check, long failed) {
                            heard.add(store + "/" + check + "=" + failed);
                        }
                    })
                    .build();
            Template template = template(checks);
            dlt.templates().publish(template);
            workspace = dlt.workspaces().provision("one", template);
        }

        FeaturestoreHandle hourly() {
            return workspace.featurestore("hourly");
        }

        /** One row, or a new value of a row that is there. */
        void put(int hour, String asset, @Nullable Double v) {
            Map<String, @Nullable Object> row = new HashMap<>();
            row.put("ts", T0.plus(HOUR.multipliedBy(hour)).plusSeconds(60).toString());
            row.put("asset", asset);
            row.put("v", v);
            workspace.datastore("raw").ingest(Rows.of(row));
        }

        CheckResult latest(String check) {
            return hourly().checks().stream()
                    .filter(r -> r.check().equals(check))
                    .findFirst()
                    .orElseThrow();
        }

        List<String> texts(String sql) {
            try (Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                List<String> texts = new ArrayList<>();
                while (row.next()) {
                    texts.add(row.getString(1));
                }
                return texts;
            } catch (SQLException e) {
                throw new IllegalStateException(sql, e);
            }
        }

        String table() {
            return "hourly_wid" + workspace.id().value();
        }

        @Override
        public void close() {
            dlt.close();
            database.close();
        }
    }

    private static Template template(Consumer<FeaturestoreBuilder> checks) {
        return Template.define("quality", "1.0.0", t -> {
            t.datastore(
                    "raw",
                    d -> d.time("ts")
                            .naturalKey("asset", "ts")
                            .duplicates(Duplicates.UPDATE)
                            .field("ts", Field.timestamp().required())
                            .field("asset", Field.text().required())
                            .field("v", Field.number()));
            t.featurestore("hourly", f -> {
                f.rollup(
                        "datastore:raw",
                        r -> r.every(HOUR)
                                .by("asset")
                                .column("n", Aggregate.count())
                                .column("mean", Aggregate.avg("v")));
                checks.accept(f);
            });
            t.metric("quality_of_hourly", m -> m.checks("hourly"));
            t.alert("bad_hours", a -> a.metric("quality_of_hourly").raise("value > 0"));
        });
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void eachKindPassesAndFailsWithTheNumberOfRowsThatBreakIt(Backend backend) {
        try (Ground g = new Ground(
                backend,
                f -> f.check("has_mean", c -> c.notNull("mean"))
                        .check("in_range", c -> c.range("mean", 0, 10))
                        .check("low", c -> c.atMost("mean", 10))
                        .check("one_per_asset", c -> c.unique("asset"))
                        .check("one_per_hour", c -> c.unique("bucket", "asset"))
                        .check("enough", c -> c.rows(2, 3))
                        .check("fresh", c -> c.freshness(Duration.ofHours(24)))
                        .check(
                                "no_rows",
                                c -> c.sql(
                                        "SELECT 1 FROM featurestore:hourly WHERE bucket >= :from AND bucket < :to AND mean < 0")))) {
            g.put(0, "a", 1.0);
            g.put(0, "b", 10.0);
            g.hourly().refresh();
            assertThat(g.hourly().checks())
                    .extracting(CheckResult::check, CheckResult::failed, CheckResult::passed)
                    .containsExactly(
                            tuple("has_mean", 0L, true),
                            tuple("in_range", 0L, true),
                            tuple("low", 0L, true),
                            tuple("one_per_asset", 0L, true),
                            tuple("one_per_hour", 0L, true),
                            tuple("enough", 0L, true),
                            tuple("fresh", 0L, true),
                            tuple("no_rows", 0L, true));
            assertThat(g.latest("enough").range()).contains(TimeRange.of(T0, T0.plus(HOUR)));
            assertThat(g.heard).contains("hourly/enough=0", "hourly/fresh=0").hasSize(8);

            g.now.set(T0.plus(Duration.ofDays(3)));
            g.put(2, "a", null);
            g.put(3, "a", -5.0);
            g.put(3, "b", -6.0);
            g.put(4, "b", 11.0);
            g.put(5, "c", 10.5);
            g.hourly().refresh();
            assertThat(g.hourly().checks())
                    .extracting(CheckResult::check, CheckResult::failed, CheckResult::passed, CheckResult::blocked)
                    .containsExactly(
                            tuple("has_mean", 1L, false, false),
                            tuple("in_range", 4L, false, false),
                            tuple("low", 2L, false, false),
                            tuple("one_per_asset", 2L, false, false),
                            tuple("one_per_hour", 0L, true, false),
                            tuple("enough", 2L, false, false),
                            tuple("fresh", 1L, false, false),
                            tuple("no_rows", 2L, false, false));
            assertThat(g.latest("has_mean").detail()).contains("1 row without mean");
            assertThat(g.latest("enough").detail()).contains("5 rows, at most 3 expected");
            assertThat(g.latest("fresh").detail())
                    .hasValueSatisfying(d -> assertThat(d).contains("PT24H expected"));
            assertThat(g.texts("SELECT count(*) FROM " + g.table()))
                    .as("a warning keeps rows")
                    .containsExactly("7");
            assertThat(g.heard).contains("hourly/in_range=4", "hourly/fresh=1").hasSize(16);
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void aBlockingCheckKeepsTheOldRowsUntilTheSourceIsCorrected(Backend backend) {
        try (Ground g = new Ground(
                backend,
                f -> f.check("in_range", c -> c.range("mean", 0, 10).block()).check("some", c -> c.rowsAtLeast(1)))) {
            g.put(0, "a", 5.0);
            g.hourly().refresh();
            g.put(0, "a", 99.0);
            g.put(1, "a", 99.0);
            List<TimeRange> todo = List.of(TimeRange.of(T0, T0.plus(HOUR.multipliedBy(2))));

            for (int tries = 0; tries < 2; tries++) {
                assertThatThrownBy(() -> g.hourly().refresh())
                        .isInstanceOfSatisfying(
                                DltException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.CHECK_FAILED))
                        .hasMessageContainingAll(
                                "refresh hourly of workspace one",
                                "in_range (2 rows with mean out of range)",
                                T0.toString(),
                                T0.plus(HOUR.multipliedBy(2)).toString())
                        .hasMessageNotContaining("99");
                assertThat(g.texts("SELECT mean FROM " + g.table())).containsExactly("5");
                assertThat(g.hourly().status().todo()).isEqualTo(todo);
            }
            assertThat(g.latest("in_range").blocked()).isTrue();
            assertThat(g.latest("some").passed())
                    .as("kept although its rows were not")
                    .isTrue();
            assertThat(g.hourly().runs(1).get(0).error())
                    .hasValueSatisfying(error -> assertThat(error).contains("in_range"));
            assertThat(g.heard).filteredOn("hourly/in_range=2"::equals).hasSize(2);
            WorkspaceHealth held = g.workspace.health();
            assertThat(held.status()).isEqualTo(WorkspaceHealth.Status.DEGRADED);
            assertThat(held.reasons())
                    .anyMatch(r -> r.contains("check in_range of featurestore:hourly keeps rows back since"));

            g.put(0, "a", 6.0);
            g.put(1, "a", 7.0);
            g.hourly().refresh();
            assertThat(g.texts("SELECT mean FROM " + g.table() + " ORDER BY bucket"))
                    .containsExactly("6", "7");
            assertThat(g.latest("in_range").passed()).isTrue();
            assertThat(g.hourly().checks(100))
                    .filteredOn(r -> r.check().equals("in_range"))
                    .extracting(CheckResult::passed)
                    .containsExactly(true, false, false, true);
            assertThat(g.workspace.health().reasons()).noneMatch(r -> r.contains("keeps rows back"));
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void aBlockingSelectSeesTheRowsThatAreNotYetCommitted(Backend backend) {
        try (Ground g =
                new Ground(backend, f -> f.check("no_gap", c -> c.sql("""
                        SELECT asset FROM featurestore:hourly WHERE bucket >= :from AND bucket < :to
                        GROUP BY asset HAVING count(*) <> extract(epoch FROM :to - :from) / 3600""").block()))) {
            g.put(0, "a", 1.0);
            g.put(1, "a", 1.0);
            g.put(1, "b", 1.0);
            assertThatThrownBy(() -> g.hourly().refresh()).hasMessageContaining("no_gap (its SELECT gives 1 row)");
            assertThat(g.texts("SELECT mean FROM " + g.table())).isEmpty();
            g.put(0, "b", 1.0);
            assertThat(g.hourly().refresh().written()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void resultsAreRowsOfAMetricAndRaiseAlerts(Backend backend) {
        try (Ground g = new Ground(
                backend, f -> f.check("has_mean", c -> c.notNull("mean")).check("some", c -> c.rowsAtLeast(1)))) {
            g.put(0, "a", null);
            g.hourly().refresh();
            MetricResult.Scalar found = (MetricResult.Scalar)
                    g.workspace.metric("quality_of_hourly").evaluate();
            assertThat(found.values()).isEqualTo(Map.of("has_mean", 1.0, "some", 0.0));
            g.workspace.alerts().evaluate();
            assertThat(g.workspace.alerts().firing()).singleElement().satisfies(alert -> {
                assertThat(alert.alert()).isEqualTo("bad_hours");
                assertThat(alert.labels().values()).containsExactly("has_mean");
            });

            g.put(0, "a", 1.0);
            g.now.set(g.now.get().plusSeconds(60));
            g.hourly().refresh();
            g.workspace.alerts().evaluate();
            assertThat(g.workspace.alerts().firing()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void nullCountsAsAValueOfWhatIsUnique(Backend backend) {
        try (Ground g = new Ground(
                backend, f -> f.check("mean", c -> c.unique("mean")).check("both", c -> c.unique("asset", "mean")))) {
            g.put(0, "a", null);
            g.put(0, "b", null);
            g.put(0, "c", null);
            g.put(1, "c", null);
            g.hourly().refresh();
            assertThat(g.latest("mean").failed()).isEqualTo(3);
            assertThat(g.latest("both").failed()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void anIntervalThatBecameEmptyHasNoRowsAndOnlyWhatWasProcessedCounts(Backend backend) {
        try (Ground g = new Ground(
                backend, f -> f.check("some", c -> c.rowsAtLeast(1)).check("has_mean", c -> c.notNull("mean")))) {
            g.put(0, "a", null);
            g.hourly().refresh();
            assertThat(g.latest("has_mean").failed()).isEqualTo(1);
            g.put(5, "a", 1.0);
            g.hourly().refresh();
            assertThat(g.latest("has_mean").failed()).as("rows of other hours").isZero();
            assertThat(g.latest("some").passed()).isTrue();

            g.texts(
                    "WITH gone AS (DELETE FROM raw_wid1 WHERE ts >= '" + T0.plus(HOUR.multipliedBy(5))
                            + "' RETURNING ts), told AS ("
                            + "INSERT INTO dlt_data.touched (workspace, consumer, source, range_from, range_to) SELECT 1, 'featurestore:hourly',"
                            + " 'datastore:raw', ts, ts + interval '1 microsecond' FROM gone RETURNING 1) SELECT count(*) FROM told");
            g.hourly().refresh();
            assertThat(g.latest("some"))
                    .extracting(CheckResult::failed, r -> r.detail().orElse(""))
                    .containsExactly(1L, "0 rows, at least 1 expected");
            assertThat(g.latest("has_mean").passed()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void freshnessIsLookedAtWhenNothingCameAndItsHistoryHasTheChanges(Backend backend) {
        try (Ground g = new Ground(backend, f -> f.check("fresh", c -> c.freshness(Duration.ofHours(2))))) {
            g.hourly().refresh();
            assertThat(g.latest("fresh").detail()).contains("it has no row, at most PT2H expected");
            g.now.set(T0.plus(Duration.ofMinutes(90)));
            g.put(0, "a", 1.0);
            g.hourly().refresh();
            assertThat(g.latest("fresh").passed()).isTrue();
            g.now.set(T0.plus(Duration.ofHours(3)));
            g.hourly().refresh();
            assertThat(g.latest("fresh").passed())
                    .as("a bucket is as old as its end")
                    .isTrue();
            for (int minutes = 1; minutes < 4; minutes++) {
                g.now.set(T0.plus(Duration.ofHours(3)).plus(Duration.ofMinutes(minutes)));
                g.hourly().refresh();
                assertThat(g.latest("fresh").passed()).isFalse();
            }
            assertThat(g.latest("fresh").at()).isEqualTo(g.now.get());
            assertThat(g.hourly().checks(10)).extracting(CheckResult::passed).containsExactly(false, true, false);
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void aSelectThatCannotRunIsACheckThatDoesNotHold(Backend backend) {
        try (Ground g = new Ground(
                backend,
                f -> f.check("broken", c -> c.sql("SELECT 1 FROM featurestore:hourly WHERE 1 / (n - n) = 1")))) {
            g.put(0, "a", 1.0);
            assertThat(g.hourly().refresh().written()).isEqualTo(1);
            assertThat(g.latest("broken"))
                    .extracting(CheckResult::failed, CheckResult::passed)
                    .containsExactly(1L, false);
            assertThat(g.latest("broken").detail())
                    .hasValueSatisfying(d -> assertThat(d)
                            .contains(
                                    "could not be looked at",
                                    "check broken of featurestore hourly",
                                    "divides by zero"));
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void maintenanceForgetsOldResultsAndDroppingAWorkspaceForgetsAll(Backend backend) {
        try (Ground g = new Ground(backend, f -> f.check("some", c -> c.rowsAtLeast(1)))) {
            g.put(0, "a", 1.0);
            g.hourly().refresh();
            g.now.set(g.now.get().plus(Duration.ofDays(89)));
            g.workspace.maintain();
            assertThat(g.hourly().checks()).hasSize(1);
            g.now.set(g.now.get().plus(Duration.ofDays(2)));
            g.workspace.maintain();
            assertThat(g.hourly().checks()).isEmpty();

            g.put(1, "a", 1.0);
            g.hourly().refresh();
            g.dlt.workspaces().delete("one");
            assertThat(g.texts("SELECT count(*) FROM dlt_data.check_result")).containsExactly("0");
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void theSqlOfChecksIsLookedAtBeforeItIsPublished(Backend backend) {
        try (Ground g = new Ground(backend, f -> f.check("some", c -> c.rowsAtLeast(1)))) {
            Template bad = template(f -> f.check("column", c -> c.sql("SELECT nothing FROM featurestore:hourly"))
                    .check("reach", c -> c.sql("SELECT set_config('work_mem', '1GB', false)")));
            assertThatThrownBy(() -> g.dlt.templates().publish(bad))
                    .isInstanceOfSatisfying(
                            TemplateInvalidException.class,
                            e -> assertThat(e.problems())
                                    .extracting(Problem::pointer)
                                    .contains(
                                            "/featurestores/hourly/checks/column/sql",
                                            "/featurestores/hourly/checks/reach/sql"));
        }
    }
}
