package io.datalifecycle.dlt.storage.feature;

import static io.datalifecycle.dlt.storage.TestStorage.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.datalifecycle.dlt.feature.internal.FeatureRefresher;
import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.storage.TestStorage;
import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Duplicates;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.testdb.TestDatabase;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever happens in whatever order, after a refresh a roll-up equals what plain SQL says about the raw rows. The SQL here is another
 * way to say it: PostgreSQL's own calendar, subqueries in place of ordered aggregates.
 */
class RollupPropertyIT {

    private static final Instant T0 = Instant.parse("2026-03-27T00:00:00Z");

    static Stream<Arguments> runs() {
        List<TemporalAmount> widths = List.of(
                Duration.ofMinutes(10), Duration.ofHours(1), Period.ofDays(1), Period.ofDays(7), Period.ofMonths(1));
        return TestDatabase.backends()
                .flatMap(backend -> Stream.iterate(0, seed -> seed < widths.size(), seed -> seed + 1)
                        .map(seed -> Arguments.of(backend, seed, widths.get(seed % widths.size()))));
    }

    private static Template template(Duplicates duplicates, TemporalAmount every) {
        return Template.define("property", "1.0.0", t -> {
            t.datastore(
                    "raw",
                    d -> d.time("ts")
                            .naturalKey("asset", "ts")
                            .duplicates(duplicates)
                            .field("ts", Field.timestamp().required())
                            .field("asset", Field.text())
                            .field("v", Field.number())
                            .field("k", Field.integer())
                            .field("s", Field.text())
                            .field("b", Field.bool())
                            .field("d", Field.date())
                            .chunk(Duration.ofDays(7)));
            t.featurestore(
                    "f",
                    f -> f.rollup(
                            "datastore:raw",
                            r -> r.every(every)
                                    .by("asset")
                                    .column("n", Aggregate.count())
                                    .column("n_v", Aggregate.count("v"))
                                    .column("distinct_s", Aggregate.countDistinct("s"))
                                    .column("avg_v", Aggregate.avg("v"))
                                    .column("avg_k", Aggregate.avg("k"))
                                    .column("min_v", Aggregate.min("v"))
                                    .column("max_k", Aggregate.max("k"))
                                    .column("min_s", Aggregate.min("s"))
                                    .column("max_d", Aggregate.max("d"))
                                    .column("sum_v", Aggregate.sum("v"))
                                    .column("sum_k", Aggregate.sum("k"))
                                    .column("stddev_v", Aggregate.stddev("v"))
                                    .column("variance_k", Aggregate.variance("k"))
                                    .column("first_s", Aggregate.first("s"))
                                    .column("last_v", Aggregate.last("v"))
                                    .column("last_b", Aggregate.last("b"))
                                    .column("median_v", Aggregate.median("v"))
                                    .column("p90_k", Aggregate.percentile("k", 0.9))
                                    .column("delta_v", Aggregate.delta("v"))
                                    .column("delta_k", Aggregate.delta("k"))));
            t.featurestore(
                    "filtered",
                    f -> f.rollup(
                            "datastore:raw",
                            r -> r.every(every)
                                    .by("asset")
                                    .where("k >= -2 and s <> 'it''s' AND b = true && d > '2026-01-02' and v != 0.5")
                                    .column("n", Aggregate.count())));
            t.featurestore(
                    "upper",
                    f -> f.rollup(
                            "featurestore:f",
                            r -> r.every(Period.ofMonths(1))
                                    .column("n", Aggregate.sum("n"))
                                    .column("assets", Aggregate.countDistinct("asset"))
                                    .column("low", Aggregate.min("min_v"))));
        });
    }

    @ParameterizedTest(name = "{0} seed {1} every {2}")
    @MethodSource("runs")
    void aRollupEqualsPlainSqlOverTheRawRows(Backend backend, int seed, TemporalAmount every) {
        Random random = new Random(seed);
        Duplicates duplicates = seed % 3 == 0 ? Duplicates.KEEP : Duplicates.UPDATE;
        ZoneId zone = ZoneId.of(List.of("Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu")
                .get(seed % 3));
        Template template = template(duplicates, every);
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = t.provision(template, 1, zone);
            FeatureRefresher refresher =
                    new FeatureRefresher(t.storage, InstantSource.fixed(TestStorage.NOW), new DltListener() {});
            for (int step = 0; step < 12; step++) {
                switch (random.nextInt(6)) {
                    case 0, 1, 2 -> insert(t, w, random, random.nextInt(80) + 1);
                    case 3 -> insert(t, w, random, 1);
                    case 4 -> delete(t, random);
                    default -> refresher.refresh(w, template.featurestores().get(random.nextInt(3)));
                }
                if (step % 4 == 3) {
                    template.featurestores().forEach(f -> refresher.refresh(w, f));
                    assertEqualsPlainSql(t, w, every, "step " + step);
                }
            }
            // floating sums may end in another last digit when rows lie in another order, counts may not
            refresher.recompute(w, template.featurestores().get(0));
            assertThat(refresher.recompute(w, template.featurestores().get(1)).written())
                    .isZero();
            assertEqualsPlainSql(t, w, every, "recomputed");
        }
    }

    private static void insert(TestStorage t, WorkspaceContext w, Random random, int rows) {
        Datastore raw = w.template().datastores().get(0);
        List<List<Object>> batch = new ArrayList<>();
        long span = random.nextBoolean() ? 3 : 70; // days; three of them hold a change of the clocks
        for (int i = 0; i < rows; i++) {
            Instant at =
                    T0.plusSeconds(random.nextLong(span * 86_400 / 300) * 300).plusNanos(random.nextInt(3) * 1_000L);
            batch.add(new ArrayList<>(row(
                    at,
                    random.nextInt(8) == 0 ? null : "a" + random.nextInt(3),
                    random.nextInt(6) == 0 ? null : (Object) (random.nextInt(2_000) / 8.0 - 100),
                    random.nextInt(6) == 0 ? null : (Object) (random.nextInt(20) - 5L),
                    List.of("x", "Y", "it's", "").get(random.nextInt(4)),
                    random.nextBoolean(),
                    java.time.LocalDate.of(2026, 1, 1 + random.nextInt(5)))));
        }
        t.storage.rows().write(TestStorage.write(w, raw, batch));
    }

    /** Rows go by hand, and the log is told, as retention or a correction would. */
    private static void delete(TestStorage t, Random random) {
        Instant from = T0.plus(Duration.ofHours(random.nextInt(72)));
        String range = "'" + from + "' AND ts < '" + from.plus(Duration.ofHours(random.nextInt(40) + 1)) + "'";
        t.execute(
                "INSERT INTO dlt_data.touched (workspace, consumer, source, range_from, range_to) SELECT 1, c, 'datastore:raw',"
                        + " min(ts), max(ts) + interval '1 microsecond' FROM raw_wid1,"
                        + " unnest(ARRAY['featurestore:f', 'featurestore:filtered']) c WHERE ts >= " + range
                        + " GROUP BY c",
                "DELETE FROM raw_wid1 WHERE ts >= " + range);
    }

    private static String bucket(TemporalAmount every, ZoneId zone, String time) {
        if (every instanceof Duration duration) {
            long seconds = duration.toSeconds();
            return "to_timestamp(floor(extract(epoch FROM " + time + ") / " + seconds + ") * " + seconds + ")";
        }
        Period period = (Period) every;
        String unit = period.getMonths() > 0 ? "month" : period.getDays() == 7 ? "week" : "day";
        return "date_trunc('" + unit + "', " + time + ", '" + zone + "')";
    }

    private static void assertEqualsPlainSql(TestStorage t, WorkspaceContext w, TemporalAmount every, String when) {
        Featurestore f = w.template().featurestores().get(0);
        String raw = "(SELECT r.*, " + bucket(every, w.zone(), "ts") + " AS bk FROM raw_wid1 r) r";
        String mine = "r2.bk = g.bk AND r2.asset IS NOT DISTINCT FROM g.asset";
        String r2 = "FROM (SELECT r.*, " + bucket(every, w.zone(), "ts") + " AS bk FROM raw_wid1 r) r2 WHERE " + mine;
        String expected =
                "SELECT bk AS bucket, asset, count(*), count(v), count(DISTINCT s), avg(v), avg(k)::float8, min(v), max(k),"
                        + " min(s), max(d), sum(v), sum(k::numeric), stddev_samp(v), var_samp(k::float8),"
                        + " (SELECT s " + r2 + " AND s IS NOT NULL ORDER BY ts, s LIMIT 1),"
                        + " (SELECT v " + r2 + " AND v IS NOT NULL ORDER BY ts DESC, v DESC LIMIT 1),"
                        + " (SELECT b " + r2 + " AND b IS NOT NULL ORDER BY ts DESC, b DESC LIMIT 1),"
                        + " percentile_cont(0.5) WITHIN GROUP (ORDER BY v), percentile_cont(0.9) WITHIN GROUP (ORDER BY k::float8),"
                        + " (SELECT v " + r2 + " AND v IS NOT NULL ORDER BY ts DESC, v DESC LIMIT 1)"
                        + " - (SELECT v " + r2 + " AND v IS NOT NULL ORDER BY ts, v LIMIT 1),"
                        + " (SELECT k " + r2 + " AND k IS NOT NULL ORDER BY ts DESC, k DESC LIMIT 1)::numeric"
                        + " - (SELECT k " + r2 + " AND k IS NOT NULL ORDER BY ts, k LIMIT 1)"
                        + " FROM " + raw.substring(0, raw.length() - 1) + "g GROUP BY bk, asset ORDER BY bk, asset";
        assertSame(t, expected, "SELECT * FROM f_wid1 ORDER BY bucket, asset", when + " " + f.key());
        assertSame(
                t,
                "SELECT bk, asset, count(*) FROM " + raw
                        + " WHERE k >= -2 AND s <> 'it''s' AND b AND d > '2026-01-02' AND v <> 0.5 GROUP BY 1, 2 ORDER BY 1, 2",
                "SELECT * FROM filtered_wid1 ORDER BY bucket, asset",
                when + " filtered");
        String month = bucket(Period.ofMonths(1), w.zone(), "bk");
        assertSame(
                t,
                "SELECT " + month + ", count(*)::numeric, count(DISTINCT asset), min(v) FROM " + raw
                        + " GROUP BY 1 ORDER BY 1",
                "SELECT * FROM upper_wid1 ORDER BY bucket",
                when + " upper");
    }

    private static void assertSame(TestStorage t, String expected, String actual, String what) {
        List<List<@Nullable Object>> wanted = t.table(expected);
        List<List<@Nullable Object>> given = t.table(actual);
        assertThat(given).as(what + ": rows").hasSameSizeAs(wanted);
        for (int r = 0; r < wanted.size(); r++) {
            for (int c = 0; c < wanted.get(r).size(); c++) {
                Object want = wanted.get(r).get(c);
                Object have = given.get(r).get(c);
                String where = what + ": row " + r + " column " + c + " of " + given.get(r);
                if (want instanceof Double number && have instanceof Double) {
                    assertThat((Double) have).as(where).isCloseTo(number, within(1e-9 * Math.max(1, Math.abs(number))));
                } else if (want instanceof BigDecimal number) {
                    assertThat((BigDecimal) have).as(where).isEqualByComparingTo(number);
                } else {
                    assertThat(have).as(where).isEqualTo(want);
                }
            }
        }
    }
}
