package io.datalifecycle.dlt.storage.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.FeaturestoreHandle;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.feature.Backfill;
import io.datalifecycle.dlt.feature.Explanation;
import io.datalifecycle.dlt.feature.FeatureStatus;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.metric.MetricResult;
import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.InvalidInputException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.spi.FeatureLedger;
import io.datalifecycle.dlt.spi.FeatureWriter.Ask;
import io.datalifecycle.dlt.spi.FeatureWriter.Refreshed;
import io.datalifecycle.dlt.spi.FeatureWriter.Run;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.storage.TestStorage;
import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.Duplicates;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.Refresh;
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
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a host does with featurestores beside refreshing them. */
class FeaturestoreHandleIT {

    private static final String BACKENDS = "io.datalifecycle.dlt.testdb.TestDatabase#backends";
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static final Template PUMPS = Template.define("pumps", "1.0.0", t -> {
        t.datastore(
                "raw",
                d -> d.time("ts")
                        .naturalKey("asset", "ts")
                        .duplicates(Duplicates.UPDATE)
                        .field("ts", Field.timestamp().required())
                        .field("asset", Field.text(64).required())
                        .field("v", Field.number())
                        .chunk(Duration.ofDays(1))
                        .retention(Period.ofDays(10)));
        var hourly = t.featurestore(
                "hourly",
                f -> f.rollup(
                                "datastore:raw",
                                r -> r.every(Duration.ofHours(1))
                                        .by("asset")
                                        .column("n", Aggregate.count())
                                        .column("v_avg", Aggregate.avg("v"))
                                        .column("v_sum", Aggregate.sum("v")))
                        .refresh(r -> r.order(Refresh.Order.NEWEST_FIRST))
                        .realtime()
                        .history(Period.ofDays(100)));
        t.featurestore(
                "daily",
                f -> f.rollup(
                        hourly,
                        r -> r.every(Period.ofDays(1))
                                .by("asset")
                                .column("v_avg", Aggregate.merge("v_avg"))
                                .column("v_sum", Aggregate.merge("v_sum"))));
        t.featurestore(
                "spread",
                f -> f.rollup(
                        hourly,
                        r -> r.every(Period.ofDays(1))
                                .column("n", Aggregate.count("v_sum"))
                                .column("low", Aggregate.min("v_sum"))
                                .column("high", Aggregate.max("v_sum"))
                                .column("mean", Aggregate.avg("v_sum"))));
        t.featurestore(
                "doubled",
                f -> f.sql(
                        "SELECT bucket, asset, 2 * v_avg AS twice FROM featurestore:hourly WHERE bucket >= :from AND bucket < :to",
                        q -> q.time("bucket")
                                .by("asset")
                                .column("bucket", Field.timestamp().required())
                                .column("asset", Field.text())
                                .column("twice", Field.number())));
        for (String store : List.of("hourly", "daily")) {
            t.metric(
                    store + "_avg",
                    m -> m.sql("SELECT * FROM featurestore:" + store + " ORDER BY bucket, asset")
                            .series(s -> s.x("bucket").y("v_avg").by("asset")));
        }
    });

    private static final class House implements AutoCloseable {
        private final TestDatabase database;
        private final Dlt dlt;
        private final PostgresStorage storage;
        private final Workspace north;
        private final List<Instant> fresh = new ArrayList<>();
        private Instant now = NOON;

        House(Backend backend) {
            database = TestDatabase.create(backend);
            storage = PostgresStorage.builder()
                    .appDatabase(database.dataSource())
                    .clock(() -> now)
                    .build();
            dlt = Dlt.builder()
                    .clock(() -> now)
                    .storage(storage)
                    .listener(new DltListener() {
                        @Override
                        public void onFresh(WorkspaceContext workspace, String store, Instant completeUntil) {
                            fresh.add(completeUntil);
                        }
                    })
                    .build();
            dlt.templates().publish(PUMPS);
            north = dlt.workspaces().provision("north", PUMPS);
        }

        void rows(Instant at, double... values) {
            List<Map<String, Object>> rows = new ArrayList<>();
            for (int i = 0; i < values.length; i++) {
                rows.add(Map.of("ts", at.plusSeconds(i), "asset", "a", "v", values[i]));
            }
            assertThat(north.datastore("raw").ingest(Rows.of(rows)).accepted()).isEqualTo(values.length);
        }

        FeaturestoreHandle hourly() {
            return north.featurestore("hourly");
        }

        List<String> metric(String key) {
            MetricResult.Series series = (MetricResult.Series) north.metric(key).evaluate();
            return series.points().stream().map(p -> p.at() + " " + p.value()).toList();
        }

        void execute(String sql) {
            try (Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(sql, e);
            }
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

        WorkspaceContext context() {
            return new WorkspaceContext(
                    north.id(), north.key(), north.templateId(), PUMPS, Map.of(), ZoneOffset.UTC, "main");
        }

        @Override
        public void close() {
            dlt.close();
            database.close();
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void realtimeMetricsSeeWhatCameSinceTheRefresh(Backend backend) {
        try (House house = new House(backend)) {
            house.rows(NOON.minusSeconds(7_200), 1, 3);
            assertThat(house.metric("hourly_avg")).containsExactly("2026-03-01T10:00:00Z 2.0");
            assertThat(house.hourly().count()).as("nothing was refreshed yet").isZero();

            house.hourly().refresh();
            house.rows(NOON.minusSeconds(7_000), 8);
            house.rows(NOON, 5);
            assertThat(house.metric("hourly_avg"))
                    .as("the newest bucket of the table and all after it are computed from the rows")
                    .containsExactly("2026-03-01T10:00:00Z 4.0", "2026-03-01T12:00:00Z 5.0");
            assertThat(house.metric("daily_avg")).as("not realtime").isEmpty();

            house.storage
                    .features()
                    .agenda(
                            house.context(),
                            PUMPS.featurestore("doubled").orElseThrow(),
                            new Ask(
                                    NOON,
                                    Optional.of(TimeRange.of(NOON.minusSeconds(9_000), NOON.plusSeconds(9_000))),
                                    false));
            house.hourly().refresh();
            house.north.featurestore("doubled").refresh();
            assertThat(house.texts("SELECT bucket = '" + NOON + "' OR twice = 8 FROM doubled_wid" + house.north.id()))
                    .as("rows that are kept rest on rows that are stored")
                    .containsExactly("t", "t");
            house.north.featurestore("daily").refresh();
            assertThat(house.metric("hourly_avg"))
                    .containsExactly("2026-03-01T10:00:00Z 4.0", "2026-03-01T12:00:00Z 5.0");
            assertThat(house.metric("daily_avg"))
                    .as("a mean by its parts' sums and counts, not a mean of means")
                    .containsExactly("2026-03-01T00:00:00Z 4.25");
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void aBackfillGoesOnWhereItWasPaused(Backend backend) {
        try (House house = new House(backend)) {
            for (int hour = 0; hour < 48; hour++) {
                house.rows(NOON.minus(Duration.ofHours(hour)), hour);
            }
            FeaturestoreHandle hourly = house.hourly();
            hourly.pause();
            assertThat(hourly.refresh()).isEqualTo(Refreshed.NOTHING);
            assertThat(hourly.status().paused()).isTrue();
            assertThat(hourly.status().todo()).hasSize(1);
            assertThat(hourly.status().progress()).isZero();

            hourly.resume();
            // one piece by hand, the newest, as a process that dies behind it leaves it
            TimeRange newest = TimeRange.of(NOON.minus(Duration.ofHours(5)), NOON.plus(Duration.ofHours(1)));
            house.storage
                    .features()
                    .refresh(
                            house.context(),
                            PUMPS.featurestore("hourly").orElseThrow(),
                            List.of(newest),
                            new Run("backfill", NOON, Optional.empty(), Duration.ZERO));
            FeatureStatus half = hourly.status();
            assertThat(half.progress()).isCloseTo(6 / 48.0, within(1e-9));
            assertThat(half.completeUntil()).contains(NOON);

            Refreshed rest = hourly.backfill(
                    Backfill.newestFirst().inPiecesOf(Duration.ofHours(6)).throttledTo(0.9));
            assertThat(rest.written()).isEqualTo(42);
            assertThat(rest.intervals())
                    .as("the newest first")
                    .isSortedAccordingTo((a, b) -> b.from().compareTo(a.from()));
            assertThat(hourly.status().progress()).isEqualTo(1);
            assertThat(hourly.status().lag()).contains(Duration.ZERO);
            assertThat(hourly.count()).isEqualTo(48);

            Refreshed again = hourly.backfill(Backfill.oldestFirst()
                    .of(TimeRange.of(NOON.minus(Duration.ofHours(3)), NOON.minus(Duration.ofHours(1)))));
            assertThat(again.intervals())
                    .containsExactly(TimeRange.of(NOON.minus(Duration.ofHours(3)), NOON.minus(Duration.ofHours(1))));
            assertThat(again.written()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void freshnessIsTheEndOfTheLastBucketThatEnded(Backend backend) {
        try (House house = new House(backend)) {
            house.rows(NOON.minusSeconds(7_200), 1);
            house.now = NOON.plus(Duration.ofMinutes(20));
            assertThat(house.hourly().status().completeUntil()).isEmpty();
            house.hourly().refresh();
            assertThat(house.hourly().status().completeUntil()).contains(NOON);
            assertThat(house.hourly().status().lag()).contains(Duration.ofMinutes(20));
            house.now = NOON.plus(Duration.ofHours(5));
            assertThat(house.hourly().status().lag()).contains(Duration.ofHours(5));
            house.hourly().refresh();
            assertThat(house.fresh).containsExactly(NOON, NOON.plus(Duration.ofHours(5)));
            house.now = NOON.minus(Duration.ofDays(1));
            house.hourly().refresh();
            assertThat(house.hourly().status().completeUntil())
                    .as("a clock that jumps back undoes nothing")
                    .contains(NOON.plus(Duration.ofHours(5)));
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void theLedgerAndAnExplanationSayWhatMadeAValue(Backend backend) {
        try (House house = new House(backend)) {
            house.rows(NOON, 1, 2);
            house.rows(NOON.plusSeconds(3_600), 9);
            house.hourly().refresh();
            house.rows(NOON.plusSeconds(60), 3);
            Explanation before = house.hourly().explain(NOON.plusSeconds(600), Map.of("asset", "a"));
            assertThat(before.upToDate()).as("a row came since").isFalse();
            assertThat(before.rows()).hasSize(1);
            assertThat(before.rows().get(0)).containsEntry("v_avg", 1.5).containsEntry("n", 2L);

            house.now = NOON.plusSeconds(90);
            house.hourly().refresh();
            Explanation after = house.hourly().explain(NOON.plusSeconds(600), Map.of("asset", "a"));
            assertThat(after.upToDate()).isTrue();
            assertThat(after.interval()).isEqualTo(TimeRange.of(NOON, NOON.plusSeconds(3_600)));
            assertThat(after.rows().get(0)).containsEntry("v_avg", 2.0);
            assertThat(after.sources()).hasSize(1);
            assertThat(after.sources().get(0).count()).isEqualTo(3);
            assertThat(after.sources().get(0).rows())
                    .extracting(r -> r.get("v"))
                    .containsExactly(1.0, 2.0, 3.0);

            FeatureLedger.Entry run = after.run().orElseThrow();
            assertThat(run.startedAt()).isEqualTo(NOON.plusSeconds(90));
            assertThat(run.kind()).isEqualTo("refresh");
            assertThat(run.templateVersion()).isEqualTo("pumps:1.0.0");
            assertThat(run.processed()).containsExactly(after.interval());
            assertThat(run.watermarks()).containsExactly(Map.entry("datastore:raw", NOON.plusSeconds(3_600)));
            assertThat(List.of(run.rowsIn(), run.written(), run.removed())).containsExactly(3L, 1L, 0L);
            assertThat(run.node()).contains("@");
            assertThat(house.hourly().runs(10)).hasSize(2).first().isEqualTo(run);
            assertThat(house.hourly().explain(NOON, Map.of("asset", "b")).rows())
                    .isEmpty();
            assertThatThrownBy(() -> house.hourly().explain(NOON, Map.of("aset", "a")))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("asset");
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void whoLostTheLeadWritesNothing(Backend backend) {
        try (House house = new House(backend)) {
            house.rows(NOON, 1);
            var store = PUMPS.featurestore("hourly").orElseThrow();
            var features = house.storage.features();
            var paused = features.agenda(house.context(), store, new Ask(NOON, Optional.empty(), true));
            var woken = features.agenda(house.context(), store, new Ask(NOON, Optional.empty(), true));
            Run late = new Run("refresh", NOON, Optional.of(paused.fence()), Duration.ZERO);
            assertThatThrownBy(() -> features.refresh(house.context(), store, paused.todo(), late))
                    .isInstanceOf(ConflictException.class)
                    .satisfies(e -> assertThat(((DltException) e).code()).isEqualTo(ProblemCode.RUN_TAKEN_OVER));
            assertThat(house.hourly().count()).isZero();
            Run held = new Run("refresh", NOON, Optional.of(woken.fence()), Duration.ZERO);
            assertThat(features.refresh(house.context(), store, woken.todo(), held)
                            .written())
                    .isEqualTo(1);
            assertThat(features.refresh(house.context(), store, woken.todo(), held))
                    .as("what is done is not done again")
                    .isEqualTo(Refreshed.NOTHING);
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void droppingRawRowsLeavesOlderRollupsAsTheyAre(Backend backend) {
        try (House house = new House(backend)) {
            Instant old = NOON.minus(Duration.ofDays(20));
            house.rows(old, 1, 2, 3);
            house.rows(NOON, 4);
            house.now = NOON.plusSeconds(10);
            assertThat(house.north.maintain())
                    .as("a refresh still needs the old rows")
                    .isEmpty();
            house.hourly().refresh();
            house.north.featurestore("daily").refresh();
            assertThat(house.north.maintain()).isNotEmpty();
            assertThat(house.north.datastore("raw").count()).isEqualTo(1);

            house.rows(old.plusSeconds(60), 100);
            house.hourly().refresh();
            house.hourly().recompute();
            house.north.featurestore("daily").recompute();
            assertThat(house.metric("hourly_avg").get(0))
                    .as("made of rows that are no more")
                    .isEqualTo("2026-02-09T12:00:00Z 2.0");
            assertThat(house.metric("daily_avg").get(0)).isEqualTo("2026-02-09T00:00:00Z 2.0");
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void sumsThatLeaveTheRangeOfADoubleCostTheirBucketOnly(Backend backend) {
        try (House house = new House(backend)) {
            house.rows(NOON, 1.7e308, 1.7e308);
            house.rows(NOON.plusSeconds(3_600), 1, 2);
            house.hourly().refresh();
            assertThat(house.texts("SELECT coalesce(v_sum::text, 'none') || ' ' || n FROM hourly_wid" + house.north.id()
                            + " ORDER BY bucket"))
                    .containsExactly("none 2", "3 2");

            for (int hour = 2; hour < 4; hour++) {
                house.rows(NOON.plus(Duration.ofHours(hour)), 1.2e308);
            }
            house.hourly().refresh();
            house.north.featurestore("daily").refresh();
            assertThat(house.texts("SELECT coalesce(v_sum::text, 'none') FROM daily_wid" + house.north.id()))
                    .as("merged, too")
                    .containsExactly("none");
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void whatIsNotFiniteIsLeftOut(Backend backend) {
        try (House house = new House(backend)) {
            for (int hour = 0; hour < 4; hour++) {
                house.rows(NOON.plus(Duration.ofHours(hour)), hour);
            }
            house.hourly().refresh();
            // as another program might leave it
            house.execute("UPDATE hourly_wid" + house.north.id()
                    + " SET v_sum = CASE extract(hour FROM bucket AT TIME ZONE 'UTC') "
                    + "WHEN 12 THEN 'NaN' WHEN 13 THEN 'Infinity' ELSE v_sum END::float8");
            house.north.featurestore("spread").recompute();
            assertThat(house.texts(
                            "SELECT n || ' ' || low || ' ' || high || ' ' || mean FROM spread_wid" + house.north.id()))
                    .containsExactly("2 2 3 2.5");
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void theHistoryKeepsWhatWasKnownWhen(Backend backend) {
        try (House house = new House(backend)) {
            house.rows(NOON, 1);
            house.hourly().refresh();
            house.now = NOON.plusSeconds(60);
            house.rows(NOON, 5);
            house.hourly().refresh();
            house.now = NOON.plusSeconds(120);
            house.north.datastore("raw").delete(TimeRange.of(NOON, NOON.plusSeconds(1)));
            house.hourly().refresh();
            assertThat(house.texts("SELECT v_avg || ' ' || \"~gone\" || ' ' || extract(epoch FROM \"~known_at\" - '"
                            + NOON + "')::int FROM hourly_h_wid" + house.north.id() + " ORDER BY \"~known_at\""))
                    .containsExactly("1 false 0", "5 false 60", "5 true 120");
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void deletedWorkspacesLeaveNeitherViewsNorHistories(Backend backend) {
        try (House house = new House(backend)) {
            house.rows(NOON, 1);
            house.hourly().refresh();
            assertThat(house.dlt.workspaces().residue(house.north.id())).isNotEmpty();
            house.dlt.workspaces().delete("north");
            assertThat(house.dlt.workspaces().residue(house.north.id())).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void aBudgetEndsBetweenPiecesAndTheNextRunGoesOn(Backend backend) {
        try (House house = new House(backend)) {
            house.rows(NOON, 1);
            var store = PUMPS.featurestore("hourly").orElseThrow();
            var features = house.storage.features();
            var agenda = features.agenda(house.context(), store, new Ask(NOON, Optional.empty(), false));
            Run hurried = new Run("refresh", NOON, Optional.empty(), Duration.ofSeconds(2));
            TestStorage.blocking(
                    house.database,
                    "raw_wid" + house.north.id(),
                    () -> assertThatThrownBy(() -> features.refresh(house.context(), store, agenda.todo(), hurried))
                            .isInstanceOf(DltException.class)
                            .hasMessageContaining("took longer than its budget of PT2S")
                            .hasMessageContaining("refresh.budget"));
            assertThat(house.hourly().status().todo()).isEqualTo(agenda.todo());
            assertThat(house.hourly().refresh().written()).isEqualTo(1);
        }
    }
}
