package io.datalifecycle.dlt.storage.feature;

import static io.datalifecycle.dlt.storage.TestStorage.row;
import static io.datalifecycle.dlt.storage.TestStorage.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.feature.internal.FeatureRefresher;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.IsolationException;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.storage.TestStorage;
import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.Duplicates;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.SqlTransformBuilder;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.testdb.TestDatabase;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Featurestores whose rows are the author's own SELECT. */
class SqlFeatureIT {

    private static final String BACKENDS = "io.datalifecycle.dlt.testdb.TestDatabase#backends";
    private static final Instant T0 = Instant.parse("2026-02-03T00:00:00Z");

    /** The sum of the three hours up to each row: it looks back over the edges of its intervals. */
    private static final String TRAILING = """
            SELECT r.ts AS at, r.asset, r.v,
              (SELECT sum(p.v) FROM %1$s p WHERE p.asset IS NOT DISTINCT FROM r.asset
                AND p.ts > r.ts - interval '3 hours' AND p.ts <= r.ts) AS moving
            FROM %1$s r WHERE %2$s""";

    private static Template template(String query, Consumer<SqlTransformBuilder> columns) {
        return Template.define("sql", "1.0.0", t -> {
            t.datastore(
                    "raw",
                    d -> d.time("ts")
                            .naturalKey("asset", "ts")
                            .duplicates(Duplicates.UPDATE)
                            .field("ts", Field.timestamp().required())
                            .field("asset", Field.text())
                            .field("v", Field.number()));
            t.featurestore("own", f -> f.sql(query, columns));
        });
    }

    private static Template moving() {
        String query = TRAILING.formatted("datastore:raw", "r.ts >= :from AND r.ts < :to");
        return template(
                query,
                s -> s.time("at")
                        .by("asset")
                        .column("moving", Field.number())
                        .column("at", Field.timestamp())
                        .column("asset", Field.text())
                        .column("v", Field.number())
                        .lookBack(Duration.ofHours(3)));
    }

    /** Two columns, the time and a number. */
    private static Template plain(String query) {
        return template(query, s -> s.time("at").column("at", Field.timestamp()).column("v", Field.number()));
    }

    private static FeatureRefresher refresher(TestStorage t) {
        return new FeatureRefresher(t.storage, InstantSource.fixed(TestStorage.NOW), new DltListener() {});
    }

    private static Featurestore own(WorkspaceContext w) {
        return w.template().featurestores().get(0);
    }

    private static void fill(TestStorage t, WorkspaceContext w, @Nullable Object... values) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            rows.add(row(T0.plus(Duration.ofMinutes(40L * i)), "a", values[i]));
        }
        t.storage.rows().write(write(w, w.template().datastores().get(0), rows));
    }

    static Stream<Arguments> seeds() {
        return TestDatabase.backends()
                .flatMap(backend -> IntStream.range(0, 4).mapToObj(seed -> Arguments.of(backend, seed)));
    }

    @ParameterizedTest(name = "{0} seed {1}")
    @MethodSource("seeds")
    void aRefreshEqualsTheSameSqlOverAllRows(Backend backend, int seed) {
        Random random = new Random(seed);
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = t.provision(moving(), 1, ZoneId.of("Europe/Berlin"));
            FeatureRefresher refresher = refresher(t);
            for (int step = 0; step < 16; step++) {
                switch (random.nextInt(5)) {
                    case 0, 1 -> insert(t, w, random, 40);
                    case 2 -> insert(t, w, random, 1);
                    case 3 -> delete(t, random);
                    default -> refresher.refresh(w, own(w));
                }
                if (step % 4 == 3) {
                    refresher.refresh(w, own(w));
                    assertThat(t.table("SELECT at, asset, v, round(moving::numeric, 6) FROM own_wid1 ORDER BY 1, 2"))
                            .as("step " + step)
                            .isEqualTo(t.table("SELECT at, asset, v, round(moving::numeric, 6) FROM ("
                                    + TRAILING.formatted("raw_wid1", "true") + ") AS q ORDER BY 1, 2"));
                }
            }
            List<List<@Nullable Object>> incremental = t.rows(w, own(w));
            assertThat(incremental).isNotEmpty();
            refresher.recompute(w, own(w));
            assertThat(t.rows(w, own(w))).hasSameSizeAs(incremental);
        }
    }

    private static void insert(TestStorage t, WorkspaceContext w, Random random, int count) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Instant at = T0.plus(Duration.ofMinutes(random.nextInt(4 * 24 * 6) * 10L));
            rows.add(row(
                    at,
                    random.nextInt(9) == 0 ? null : "a" + random.nextInt(2),
                    random.nextInt(6) == 0 ? null : (Object) (random.nextInt(800) / 8.0)));
        }
        t.storage.rows().write(write(w, w.template().datastores().get(0), rows));
    }

    private static void delete(TestStorage t, Random random) {
        Instant from = T0.plus(Duration.ofHours(random.nextInt(90)));
        String range = "ts >= '" + from + "' AND ts < '" + from.plus(Duration.ofHours(random.nextInt(8) + 1)) + "'";
        t.execute(
                "INSERT INTO dlt_data.touched (workspace, consumer, source, range_from, range_to) SELECT 1, 'featurestore:own',"
                        + " 'datastore:raw', min(ts), max(ts) + interval '1 microsecond' FROM raw_wid1 WHERE " + range
                        + " HAVING count(*) > 0",
                "DELETE FROM raw_wid1 WHERE " + range);
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void rowsOutsideTheIntervalAreLeftOut(Backend backend) {
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = t.provision(
                    plain(
                            "SELECT e AS at, 1.0::float8 AS v FROM generate_series(:from - interval '2 hours', "
                                    + ":to + interval '2 hours', interval '30 minutes') AS e WHERE EXISTS (SELECT FROM datastore:raw)"),
                    1,
                    ZoneOffset.UTC);
            fill(t, w, 1.0);
            assertThat(refresher(t).refresh(w, own(w)).written()).isEqualTo(2);
            assertThat(t.rows(w, own(w))).extracting(r -> r.get(0)).containsExactly(T0, T0.plusSeconds(1_800));
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void whatIsNotFiniteIsNoValue(Backend backend) {
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = t.provision(
                    template(
                            "SELECT ts AS at, CASE v WHEN 1 THEN 'NaN' WHEN 2 THEN 'Infinity' WHEN 3 THEN '-Infinity' ELSE v END AS d, "
                                    + "CASE v WHEN 1 THEN 'NaN' ELSE 7.0 END AS n, 'infinity'::timestamptz AS late, "
                                    + "'-infinity'::date AS day FROM datastore:raw WHERE ts >= :from AND ts < :to",
                            s -> s.time("at")
                                    .column("at", Field.timestamp())
                                    .column("d", Field.number())
                                    .column("n", Field.decimal())
                                    .column("late", Field.timestamp())
                                    .column("day", Field.date())),
                    1,
                    ZoneOffset.UTC);
            fill(t, w, 1.0, 2.0, 3.0, 4.0);
            refresher(t).refresh(w, own(w));
            assertThat(t.rows(w, own(w)).stream().map(r -> r.get(1)).toList()).isEqualTo(row(null, null, null, 4.0));
            assertThat(t.texts("SELECT count(n) || ' ' || count(late) || ' ' || count(day) FROM own_wid1"))
                    .containsExactly("3 0 0");
        }
    }

    private static void assertFails(TestStorage t, WorkspaceContext w, ProblemCode code, String... words) {
        assertThatThrownBy(() -> refresher(t).refresh(w, own(w)))
                .isInstanceOfSatisfying(
                        DltException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContainingAll(words);
        assertThat(t.rows(w, own(w))).isEmpty();
        assertThat(t.storage.featureLedger().standing(w, own(w)).todo())
                .as("what is to be done")
                .isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void aRowWithoutATimeFailsAndSaysWhatToDo(Backend backend) {
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = t.provision(
                    plain("SELECT nullif(ts, :from) AS at, v FROM datastore:raw WHERE ts >= :from AND ts < :to"),
                    1,
                    ZoneOffset.UTC);
            fill(t, w, 1.0, 2.0);
            assertFails(
                    t,
                    w,
                    ProblemCode.REFRESH_FAILED,
                    "featurestore own of workspace w1",
                    "a row without at",
                    "WHERE at IS NOT NULL");
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void twoRowsForOneKeyFail(Backend backend) {
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = t.provision(
                    plain("SELECT :from AS at, v FROM datastore:raw WHERE ts >= :from AND ts < :to"),
                    1,
                    ZoneOffset.UTC);
            fill(t, w, 1.0, 2.0);
            assertFails(t, w, ProblemCode.REFRESH_FAILED, "two rows for one time and key", "by");
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void aSelectThatTakesTooLongIsEndedAndTold(Backend backend) {
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = t.provision(
                    template(
                            "SELECT r.ts AS at, (SELECT count(*) FROM generate_series(1, 3000000000 + extract(epoch FROM r.ts)::bigint * 0))::float8 AS v "
                                    + "FROM datastore:raw r WHERE r.ts >= :from AND r.ts < :to",
                            s -> s.time("at").column("at", Field.timestamp()).column("v", Field.number())),
                    1,
                    ZoneOffset.UTC);
            fill(t, w, 1.0);
            Featurestore store = budget(own(w), Duration.ofSeconds(1));
            assertThatThrownBy(() -> refresher(t).scheduled(w, store, true))
                    .isInstanceOfSatisfying(
                            DltException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.REFRESH_TIMEOUT))
                    .hasMessageContainingAll(
                            "featurestore own of workspace w1", "took longer than PT1S", "refresh.budget");
            assertThat(t.storage.featureLedger().entries(w, store, 1).get(0).error())
                    .hasValueSatisfying(error -> assertThat(error).contains("took longer"));
        }
    }

    private static Featurestore budget(Featurestore store, Duration budget) {
        return Template.define(
                        "budget",
                        "1.0.0",
                        t -> t.featurestore(
                                store.key(),
                                f -> f.refresh(r -> r.budget(budget))
                                        .sql("SELECT 1", s -> s.time("at").column("at", Field.timestamp()))))
                .featurestores()
                .stream()
                .map(other -> new Featurestore(
                        store.key(),
                        store.title(),
                        store.transform(),
                        other.refresh(),
                        store.chunk(),
                        store.retention(),
                        store.realtime(),
                        store.history(),
                        store.checks()))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void errorsTellThePlaceInTheAuthorsText(Backend backend) {
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = t.provision(
                    plain("SELECT ts AS at,\n  1 / (v - v) AS v FROM datastore:raw WHERE ts >= :from AND ts < :to"),
                    1,
                    ZoneOffset.UTC);
            fill(t, w, 1.0);
            assertFails(t, w, ProblemCode.QUERY_FAILED, "featurestore own of workspace w1", "divides by zero");
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void aTextThatWasNeverAnalysedIsRefusedWhenItRuns(Backend backend) {
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = t.provision(
                    plain("SELECT ts AS at, length(current_setting('port'))::float8 AS v FROM datastore:raw "
                            + "WHERE ts >= :from AND ts < :to"),
                    1,
                    ZoneOffset.UTC);
            fill(t, w, 1.0);
            assertThatThrownBy(() -> refresher(t).refresh(w, own(w)))
                    .isInstanceOf(IsolationException.class)
                    .hasMessageContaining("featurestore own of workspace w1: calls current_setting");
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void otherColumnsThanDeclaredAreRefusedBeforeAnythingIsPublished(Backend backend) {
        try (TestStorage t = new TestStorage(backend)) {
            List<Problem> problems = t.storage
                    .templates()
                    .analyse(template(
                            "SELECT ts::timestamp AS at, 1.5 AS whole, 1 AS number, 'x' AS word, ts AS more FROM datastore:raw "
                                    + "WHERE ts >= :from AND ts < :to",
                            s -> s.time("at")
                                    .column("number", Field.number())
                                    .column("word", Field.text())
                                    .column("at", Field.timestamp())
                                    .column("whole", Field.integer())
                                    .column("gone", Field.bool())));
            assertThat(problems).allMatch(p -> p.code() == ProblemCode.RESULT_MISMATCH);
            assertThat(problems)
                    .extracting(Problem::pointer)
                    .containsExactly(
                            "/featurestores/own/sql/columns/at",
                            "/featurestores/own/sql/columns/whole",
                            "/featurestores/own/sql/columns/gone",
                            "/featurestores/own/sql/query");
            assertThat(problems.get(0).message())
                    .isEqualTo("column at is declared as timestamp, and the SELECT gives timestamp without time zone");
            assertThat(problems.get(0).hint()).contains("AT TIME ZONE 'UTC'");
            assertThat(problems.get(1).message()).contains("declared as bigint", "gives numeric");
            assertThat(problems.get(3).message()).contains("more, which is not declared");
            assertThat(t.storage.templates().analyse(moving())).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void manyRowsComeInBatchesAndOtherFeaturesAreReadThroughTheirView(Backend backend) {
        try (TestStorage t = new TestStorage(backend)) {
            Template template = Template.define("view", "1.0.0", x -> {
                x.datastore(
                        "raw",
                        d -> d.time("ts")
                                .naturalKey("asset", "ts")
                                .field("ts", Field.timestamp().required())
                                .field("asset", Field.text())
                                .field("v", Field.number()));
                x.featurestore(
                        "live",
                        f -> f.realtime()
                                .rollup(
                                        "datastore:raw",
                                        r -> r.every(Duration.ofHours(1)).column("n", Aggregate.count())));
                x.featurestore(
                        "own",
                        f -> f.sql(
                                "SELECT bucket + i * interval '100 milliseconds' AS at, n, i AS k FROM featurestore:live, "
                                        + "generate_series(0, 11999) AS i WHERE bucket >= :from AND bucket < :to",
                                s -> s.time("at")
                                        .by("k")
                                        .column("at", Field.timestamp())
                                        .column("n", Field.integer())
                                        .column("k", Field.integer())
                                        .every(Period.ofDays(1))));
            });
            WorkspaceContext w = t.provision(template, 1, ZoneOffset.UTC);
            fill(t, w, 1.0, 2.0, 3.0);
            Featurestore store = w.template().featurestores().get(1);
            refresher(t).refresh(w, w.template().featurestores().get(0));
            assertThat(refresher(t).refresh(w, store).written()).isEqualTo(24_000);
            assertThat(t.texts("SELECT sum(n) FROM own_wid1")).containsExactly("36000");
        }
    }
}
