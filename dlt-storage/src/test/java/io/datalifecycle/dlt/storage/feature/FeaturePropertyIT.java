package io.datalifecycle.dlt.storage.feature;

import static io.datalifecycle.dlt.storage.TestStorage.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.feature.internal.FeatureRefresher;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.spi.FeatureWriter.Agenda;
import io.datalifecycle.dlt.spi.FeatureWriter.Ask;
import io.datalifecycle.dlt.spi.FeatureWriter.Run;
import io.datalifecycle.dlt.storage.TestStorage;
import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Duplicates;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.Rollup;
import io.datalifecycle.dlt.template.RollupColumn;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.testdb.TestDatabase;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is written, corrected, deleted, refreshed in part, broken off or redefined, in whatever order: once refreshed, each feature equals what
 * an oracle in Java works out from the raw rows. {@code -Ddlt.property.seeds=N} runs more seeds than the build does.
 */
class FeaturePropertyIT {

    private static final Instant T0 = Instant.parse("2026-03-27T00:00:00Z");
    private static final int STEPS = 14;

    static Stream<Arguments> runs() {
        long seeds = Long.getLong("dlt.property.seeds", 4);
        return TestDatabase.backends()
                .flatMap(backend -> LongStream.range(0, seeds).mapToObj(seed -> Arguments.of(backend, seed)));
    }

    /** Ten minutes, hours and days by merging, a filter, a join with a slowly changing row, a formula and a roll-up over both. */
    private static Template template(Duplicates duplicates, Duration hold, String limit, String version) {
        return Template.define("property", version, t -> {
            t.datastore(
                    "raw",
                    d -> d.time("ts")
                            .naturalKey("asset", "ts")
                            .duplicates(duplicates)
                            .field("ts", Field.timestamp().required())
                            .field("asset", Field.text())
                            .field("v", Field.number())
                            .field("c", Field.integer())
                            .field("s", Field.text())
                            .chunk(Duration.ofDays(7)));
            t.datastore(
                    "asset",
                    d -> d.time("since")
                            .validTo("until")
                            .naturalKey("asset", "since")
                            .duplicates(Duplicates.UPDATE)
                            .field("since", Field.timestamp().required())
                            .field("until", Field.timestamp())
                            .field("asset", Field.text())
                            .field("factor", Field.number()));
            var ten = t.featurestore(
                    "ten",
                    f -> f.rollup(
                            "datastore:raw",
                            r -> r.every(Duration.ofMinutes(15))
                                    .by("asset")
                                    .hold(hold)
                                    .column("n", Aggregate.count())
                                    .column("n_on", Aggregate.count(), "s = 'on'")
                                    .column("avg_v", Aggregate.avg("v"))
                                    .column("avg_on", Aggregate.avg("v"), "s = 'on'")
                                    .column("sum_c", Aggregate.sum("c"))
                                    .column("min_v", Aggregate.min("v"))
                                    .column("max_s", Aggregate.max("s"))
                                    .column("dev_v", Aggregate.stddev("v"))
                                    .column("var_c", Aggregate.variance("c"))
                                    .column("first_v", Aggregate.first("v"))
                                    .column("last_s", Aggregate.last("s"))
                                    .column("delta_v", Aggregate.delta("v"))
                                    .column("inc_c", Aggregate.increase("c"))
                                    .column("rate_c", Aggregate.rate("c"))
                                    .column("twa_v", Aggregate.timeWeightedAvg("v"))
                                    .column("on_for", Aggregate.durationIn("s", "on"))
                                    .column("bins", Aggregate.histogram("v", -40, 40, 5))));
            var hour = t.featurestore(
                    "hour",
                    f -> f.rollup(ten, r -> merged(r.every(Duration.ofHours(1)).by("asset"))));
            t.featurestore(
                    "six",
                    f -> f.rollup(hour, r -> merged(r.every(Duration.ofHours(6)).by("asset"))));
            // quarters of an hour nest in the days of every zone, hours do not
            t.featurestore(
                    "day",
                    f -> f.rollup(ten, r -> merged(r.every(Period.ofDays(1)).by("asset"))));
            var joined = t.featurestore(
                    "joined",
                    f -> f.join(
                            "datastore:raw",
                            j -> j.time("ts")
                                    .by("asset")
                                    .columns("v")
                                    .join("datastore:asset", o -> o.columns("factor"))));
            var scaled = t.featurestore(
                    "scaled",
                    f -> f.expression(
                            joined, e -> e.time("ts").by("asset").columns("v").computed("w", "v * factor + " + limit)));
            t.featurestore(
                    "scaled_hour",
                    f -> f.rollup(
                            scaled,
                            r -> r.every(Duration.ofHours(1))
                                    .by("asset")
                                    .column("n", Aggregate.count())
                                    .column("sum_w", Aggregate.sum("w"))));
        });
    }

    private static void merged(io.datalifecycle.dlt.template.RollupBuilder rollup) {
        for (String column : List.of(
                "n", "n_on", "avg_v", "avg_on", "sum_c", "min_v", "max_s", "dev_v", "var_c", "first_v", "last_s",
                "delta_v", "inc_c", "rate_c", "twa_v", "on_for", "bins")) {
            rollup.column(column, Aggregate.merge(column));
        }
    }

    @ParameterizedTest(name = "{0} seed {1}")
    @MethodSource("runs")
    void featuresEqualWhatTheirRawRowsSay(Backend backend, long seed) {
        Random random = new Random(seed);
        ZoneId zone = ZoneId.of(List.of("Europe/Berlin", "Australia/Lord_Howe", "America/Chicago", "Asia/Kathmandu")
                .get((int) (seed % 4)));
        Duplicates duplicates = seed % 3 == 2 ? Duplicates.KEEP : Duplicates.UPDATE;
        Duration hold = List.of(Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofHours(2))
                .get(random.nextInt(3));
        Template template = template(duplicates, hold, "0", "1.0.0");
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = t.provision(template, 1, zone);
            AtomicReference<Instant> now = new AtomicReference<>(T0.plus(Duration.ofDays(1)));
            FeatureRefresher refresher = new FeatureRefresher(t.storage, now::get, new DltListener() {});
            double limit = 0;
            for (int step = 0; step < STEPS; step++) {
                now.updateAndGet(at -> at.plusSeconds(random.nextInt(20_000)));
                switch (random.nextInt(8)) {
                    case 0, 1, 2 -> insert(t, w, random, random.nextInt(60) + 1);
                    case 3 -> insert(t, w, random, 1);
                    case 4 -> reference(t, w, random);
                    case 5 -> delete(t, random);
                    case 6 -> breakOff(t, w, random, now.get());
                    default -> refresher.refresh(w, w.template().featurestores().get(random.nextInt(7)));
                }
                if (step == STEPS / 2) {
                    limit = 3;
                    hold = Duration.ofMinutes(30);
                    w = TestStorage.context(template(duplicates, hold, "3", "1.1.0"), 1, zone);
                }
                if (step % 4 == 3 || step == STEPS - 1) {
                    for (Featurestore store : w.template().featurestores()) {
                        refresher.refresh(w, store);
                    }
                    assertAll(t, w, new Expected(hold, limit, now.get()), "seed " + seed + " step " + step);
                }
            }
            for (Featurestore store : w.template().featurestores()) {
                assertThat(refresher.recompute(w, store).removed())
                        .as("recomputing %s removes nothing", store.key())
                        .isZero();
            }
            assertAll(t, w, new Expected(hold, limit, now.get()), "seed " + seed + " recomputed");
        }
    }

    private static void insert(TestStorage t, WorkspaceContext w, Random random, int rows) {
        Datastore raw = w.template().datastores().get(0);
        List<List<Object>> batch = new ArrayList<>();
        long span = random.nextInt(3) == 0 ? 40 : 3; // days; three of them hold a change of the clocks
        for (int i = 0; i < rows; i++) {
            Instant at = T0.plusSeconds(random.nextLong(span * 86_400 / 60) * 60);
            batch.add(new ArrayList<>(row(
                    at,
                    random.nextInt(8) == 0 ? null : "a" + random.nextInt(2),
                    random.nextInt(6) == 0 ? null : (Object) (random.nextInt(1_000) / 8.0 - 60),
                    random.nextInt(6) == 0 ? null : (Object) (long) random.nextInt(40),
                    random.nextInt(6) == 0 ? null : List.of("on", "off", "idle").get(random.nextInt(3)))));
        }
        t.storage.rows().write(TestStorage.write(w, raw, batch));
    }

    private static void reference(TestStorage t, WorkspaceContext w, Random random) {
        Datastore asset = w.template().datastores().get(1);
        Instant since = T0.minusSeconds(3_600).plusSeconds(random.nextInt(72) * 3_600L);
        Object until = random.nextInt(3) == 0 ? since.plusSeconds(random.nextInt(48) * 3_600L + 1) : null;
        t.storage
                .rows()
                .write(TestStorage.write(
                        w,
                        asset,
                        List.of(row(
                                since,
                                until,
                                random.nextInt(8) == 0 ? null : "a" + random.nextInt(2),
                                random.nextInt(16) / 4.0))));
    }

    /** Rows go by hand, and the log is told. */
    private static void delete(TestStorage t, Random random) {
        Instant from = T0.plus(Duration.ofHours(random.nextInt(72)));
        String range = "'" + from + "' AND ts < '" + from.plus(Duration.ofHours(random.nextInt(30) + 1)) + "'";
        t.execute(
                "INSERT INTO dlt_data.touched (workspace, consumer, source, range_from, range_to) SELECT 1, reader, 'datastore:raw',"
                        + " min(ts), max(ts) + interval '1 microsecond' FROM raw_wid1,"
                        + " unnest(ARRAY['featurestore:ten', 'featurestore:joined']) reader WHERE ts >= " + range
                        + " GROUP BY reader",
                "DELETE FROM raw_wid1 WHERE ts >= " + range);
    }

    /** A run that takes the log over, does one piece or none of it, and is ended in the middle of another. */
    private static void breakOff(TestStorage t, WorkspaceContext w, Random random, Instant now) {
        Featurestore store = w.template().featurestores().get(random.nextInt(7));
        Agenda agenda = t.storage.features().agenda(w, store, new Ask(now, Optional.empty(), true));
        for (TimeRange interval : agenda.todo()) {
            Duration timeout = random.nextBoolean() ? Duration.ofMillis(1) : Duration.ZERO;
            try {
                t.storage
                        .features()
                        .refresh(
                                w,
                                store,
                                List.of(interval),
                                new Run("refresh", now, Optional.of(agenda.fence()), timeout));
            } catch (DltException ended) {
                return;
            }
        }
    }

    private static List<FeatureOracle.Raw> raw(TestStorage t) {
        List<FeatureOracle.Raw> rows = new ArrayList<>();
        for (List<@Nullable Object> row : t.table("SELECT ts, asset, v, c, s FROM raw_wid1")) {
            Map<String, @Nullable Object> values = new HashMap<>();
            values.put("v", row.get(2));
            values.put("c", row.get(3));
            values.put("s", row.get(4));
            rows.add(new FeatureOracle.Raw(((Timestamp) row.get(0)).toInstant(), (String) row.get(1), values));
        }
        return rows;
    }

    /** What the template in force says, and the time of the last refresh. */
    private record Expected(Duration hold, double limit, Instant now) {}

    private static void assertAll(TestStorage t, WorkspaceContext w, Expected expected, String when) {
        List<FeatureOracle.Raw> raw = raw(t);
        Rollup ten = (Rollup) w.template().featurestore("ten").orElseThrow().transform();
        FeatureOracle oracle = new FeatureOracle(w.zone(), expected.now());
        for (Featurestore store : w.template().featurestores().subList(0, 4)) {
            Rollup own = (Rollup) store.transform();
            // merging gives what the first roll-up's aggregates give over the wider bucket, with its hold
            Rollup direct = new Rollup(
                    ten.from(),
                    own.every(),
                    own.by(),
                    ten.columns(),
                    ten.where(),
                    Optional.of(expected.hold()),
                    Optional.empty());
            assertRows(t, store.key(), direct.columns(), oracle.rows(direct, raw), when);
        }
        assertScaled(t, raw, expected.limit(), when);
    }

    private static void assertRows(
            TestStorage t,
            String table,
            List<RollupColumn> columns,
            Map<String, List<@Nullable Object>> expected,
            String when) {
        Map<String, List<@Nullable Object>> stored = new TreeMap<>();
        String list = String.join(", ", columns.stream().map(RollupColumn::name).toList());
        for (List<@Nullable Object> row : t.table("SELECT bucket, asset, " + list + " FROM " + table + "_wid1")) {
            stored.put(((Timestamp) row.get(0)).toInstant() + " " + row.get(1), row.subList(2, row.size()));
        }
        assertThat(stored.keySet()).as(when + " buckets of " + table).isEqualTo(expected.keySet());
        expected.forEach((key, values) -> {
            for (int i = 0; i < values.size(); i++) {
                Object have = stored.get(key).get(i);
                assertThat(FeatureOracle.isSame(have, values.get(i)))
                        .as(
                                "%s: %s %s of %s is %s, should be %s",
                                when, table, columns.get(i).text(), key, have, values.get(i))
                        .isTrue();
            }
        });
    }

    private record Valid(Instant since, @Nullable Instant until, String asset, double factor) {}

    /** The latest row of the asset that has begun, if it has not ended; then the formula; then the sum of an hour. */
    private static void assertScaled(TestStorage t, List<FeatureOracle.Raw> raw, double limit, String when) {
        List<Valid> valid = t.table("SELECT since, until, asset, factor FROM asset_wid1").stream()
                .map(r -> new Valid(
                        ((Timestamp) r.get(0)).toInstant(),
                        r.get(1) == null ? null : ((Timestamp) r.get(1)).toInstant(),
                        String.valueOf(r.get(2)),
                        (Double) r.get(3)))
                .toList();
        Map<String, Double> least = new TreeMap<>(); // of rows alike in time and asset one stands for all
        Map<String, FeatureOracle.Raw> rows = new TreeMap<>();
        for (FeatureOracle.Raw row : raw) {
            String key = row.at() + " " + row.asset();
            Double v = (Double) row.values().get("v");
            if (!rows.containsKey(key) || compare(v, least.get(key)) < 0) {
                rows.put(key, row);
                least.put(key, v == null ? Double.NaN : v);
            }
        }
        Map<String, double[]> hours = new TreeMap<>();
        rows.values().forEach(row -> {
            Valid of = null;
            for (Valid candidate : valid) {
                boolean begun = candidate.asset().equals(String.valueOf(row.asset()))
                        && !candidate.since().isAfter(row.at());
                if (begun && (of == null || candidate.since().isAfter(of.since()))) {
                    of = candidate;
                }
            }
            boolean holds = of != null && (of.until() == null || row.at().isBefore(of.until()));
            Double v = (Double) row.values().get("v");
            String hour = Instant.ofEpochSecond(row.at().getEpochSecond() / 3_600 * 3_600) + " " + row.asset();
            double[] sums = hours.computeIfAbsent(hour, k -> new double[2]);
            sums[0]++;
            // a comparison with no value has no value, so a row without a factor has no w
            sums[1] += v != null && holds ? v * of.factor() + limit : 0;
        });
        Map<String, double[]> stored = new TreeMap<>();
        t.table("SELECT bucket, asset, n, coalesce(sum_w, 0) FROM scaled_hour_wid1")
                .forEach(r -> stored.put(
                        ((Timestamp) r.get(0)).toInstant() + " " + r.get(1),
                        new double[] {((Number) r.get(2)).doubleValue(), ((Number) r.get(3)).doubleValue()}));
        assertThat(stored.keySet()).as(when + " hours").isEqualTo(hours.keySet());
        hours.forEach((hour, sums) ->
                assertThat(stored.get(hour)).as(when + " " + hour).containsExactly(sums));
    }

    /** Nulls come last, as the database orders them. */
    private static int compare(@Nullable Double a, double b) {
        double x = a == null ? Double.NaN : a;
        return Double.compare(x, b);
    }
}
