package io.datalifecycle.dlt.storage.training;

import static io.datalifecycle.dlt.storage.TestStorage.row;
import static io.datalifecycle.dlt.storage.TestStorage.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.feature.internal.FeatureRefresher;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.problem.InvalidInputException;
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
import io.datalifecycle.dlt.training.TrainingSetBuilder;
import io.datalifecycle.dlt.workspace.PhysicalName;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What was known then is what a training set gave then: refreshes of random changes, each looked at when it was the last. */
class TrainingHistoryIT {

    private static final String BACKENDS = "io.datalifecycle.dlt.testdb.TestDatabase#backends";
    private static final Instant START = Instant.parse("2026-03-28T00:00:00Z");

    private static Template template() {
        return Template.define("then", "1.0.0", t -> {
            t.datastore(
                    "raw",
                    d -> d.time("ts")
                            .naturalKey("asset", "channel", "ts")
                            .duplicates(Duplicates.UPDATE)
                            .field("ts", Field.timestamp().required())
                            .field("asset", Field.text())
                            .field("channel", Field.text())
                            .field("v", Field.integer()));
            t.featurestore(
                    "hourly",
                    f -> f.history(Period.ofYears(1))
                            .rollup(
                                    "datastore:raw",
                                    r -> r.every(Duration.ofHours(1))
                                            .by("asset", "channel")
                                            .column("v", Aggregate.max("v"))));
            t.featurestore(
                    "daily",
                    f -> f.history(Period.ofYears(1))
                            .rollup(
                                    "datastore:raw",
                                    r -> r.every(Period.ofDays(1)).by("asset").column("n", Aggregate.count())));
            t.featurestore(
                    "forgetful",
                    f -> f.rollup(
                            "datastore:raw",
                            r -> r.every(Duration.ofHours(1)).by("asset").column("n", Aggregate.count())));
        });
    }

    private static Consumer<TrainingSetBuilder> set(
            List<Map<String, @Nullable Object>> entities, Consumer<TrainingSetBuilder> known) {
        return set -> {
            set.entities(Rows.of(entities)).time("at");
            set.feature(
                    "featurestore:hourly",
                    f -> f.by("asset", "channel").columns("v").within(Duration.ofHours(5)));
            set.feature(
                    "featurestore:hourly",
                    f -> f.by("asset").columns("v", "channel").prefix("any_"));
            set.feature("featurestore:daily", f -> f.by("asset").columns("n"));
            known.accept(set);
        };
    }

    private static Map<String, @Nullable Object> entity(Instant at, @Nullable String asset, String channel) {
        Map<String, @Nullable Object> entity = new TreeMap<>();
        entity.put("at", at);
        entity.put("asset", asset);
        entity.put("channel", channel);
        return entity;
    }

    static Stream<Arguments> seeds() {
        return TestDatabase.backends()
                .flatMap(backend -> Stream.of(1L, 2L, 3L).map(seed -> Arguments.of(backend, seed)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("seeds")
    void whatWasKnownThenIsWhatWasGivenThen(Backend backend, long seed) {
        Random random = new Random(seed);
        Instant[] now = {START};
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = t.provision(template(), 1, ZoneId.of("Europe/Berlin"));
            FeatureRefresher refresher = new FeatureRefresher(t.storage, () -> now[0], new DltListener() {});
            List<Map<String, @Nullable Object>> asked = new ArrayList<>();
            List<List<@Nullable Object>> given = new ArrayList<>();
            List<Map<String, @Nullable Object>> fixed = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                fixed.add(entity(START.plus(Duration.ofMinutes(random.nextInt(3_600))), key(random), channel(random)));
            }
            Map<Instant, List<List<@Nullable Object>>> snapshots = new TreeMap<>();
            for (int step = 0; step < 18; step++) {
                change(t, w, random, now[0]);
                for (Featurestore store : w.template().featurestores()) {
                    if (random.nextInt(5) == 0) {
                        refresher.recompute(w, store);
                    } else {
                        refresher.refresh(w, store);
                    }
                }
                Instant next = now[0].plus(Duration.ofMinutes(30L * (1 + random.nextInt(10))));
                List<Map<String, @Nullable Object>> entities = new ArrayList<>();
                entities.add(entity(now[0], "a", "x"));
                for (int i = 0; i < 20; i++) {
                    long span = Duration.between(now[0], next).toMinutes();
                    Instant at = now[0].plus(Duration.ofMinutes(random.nextInt((int) span)));
                    entities.add(entity(at, key(random), channel(random)));
                }
                asked.addAll(entities);
                given.addAll(TrainingOracle.read(t, w, set(entities, known -> {})));
                snapshots.put(now[0], TrainingOracle.read(t, w, set(fixed, known -> {})));
                now[0] = next;
            }
            assertThat(TrainingOracle.read(t, w, set(asked, TrainingSetBuilder::asKnownThen)))
                    .isEqualTo(given);
            snapshots.forEach((at, rows) -> {
                assertThat(TrainingOracle.read(t, w, set(fixed, known -> known.asKnownAt(at))))
                        .isEqualTo(rows);
                assertThat(TrainingOracle.read(t, w, set(fixed, known -> known.asKnownAt(at.plusNanos(1_000)))))
                        .isEqualTo(rows);
            });
            assertThat(TrainingOracle.read(t, w, set(asked, known -> {})))
                    .as("corrections are seen")
                    .isNotEqualTo(given);
        }
    }

    private static @Nullable String key(Random random) {
        return random.nextInt(4) == 0 ? null : random.nextBoolean() ? "a" : "b";
    }

    private static String channel(Random random) {
        return random.nextBoolean() ? "x" : "y";
    }

    /** New rows up to now and some beyond, corrections, and removals. */
    private static void change(TestStorage t, WorkspaceContext w, Random random, Instant now) {
        Datastore raw = w.template().datastores().get(0);
        Map<Object, List<@Nullable Object>> rows = new java.util.LinkedHashMap<>();
        for (int i = 0; i < 25; i++) {
            Instant at = now.minus(Duration.ofMinutes(20L * (random.nextInt(60) - 6)));
            List<@Nullable Object> row = row(at, key(random), channel(random), (long) random.nextInt(9));
            rows.put(row.subList(0, 3), row);
        }
        t.storage.rows().write(write(w, raw, List.copyOf(rows.values())));
        if (random.nextInt(3) == 0) {
            String table = "\"" + PhysicalName.table("raw", w.id()) + "\"";
            t.execute("DELETE FROM " + table + " WHERE ts > '" + now.minus(Duration.ofHours(random.nextInt(8))) + "'");
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void aLateCorrectionIsSeenNowButNotThen(Backend backend) {
        Instant[] now = {START.plus(Duration.ofHours(2))};
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = t.provision(template(), 1, ZoneId.of("UTC"));
            FeatureRefresher refresher = new FeatureRefresher(t.storage, () -> now[0], new DltListener() {});
            Datastore raw = w.template().datastores().get(0);
            Featurestore hourly = w.template().featurestore("hourly").orElseThrow();
            t.storage.rows().write(write(w, raw, List.of(row(START, "a", "x", 1L))));
            refresher.refresh(w, hourly);
            Instant corrected = START.plus(Duration.ofHours(9));
            now[0] = corrected;
            t.storage.rows().write(write(w, raw, List.of(row(START, "a", "x", 100L))));
            refresher.refresh(w, hourly);
            List<Map<String, @Nullable Object>> entities = List.of(
                    entity(START.plus(Duration.ofHours(2)).minusNanos(1_000), "a", "x"),
                    entity(START.plus(Duration.ofHours(2)), "a", "x"),
                    entity(corrected.minusNanos(1_000), "a", "x"),
                    entity(corrected, "a", "x"));
            Consumer<TrainingSetBuilder> lookup = set -> set.entities(entities)
                    .time("at")
                    .feature("featurestore:hourly", f -> f.by("asset").columns("v"));
            assertThat(TrainingOracle.read(t, w, lookup))
                    .extracting(r -> r.get(2))
                    .containsExactly(100L, 100L, 100L, 100L);
            assertThat(TrainingOracle.read(t, w, lookup.andThen(TrainingSetBuilder::asKnownThen)))
                    .extracting(r -> r.get(2))
                    .containsExactly(null, 1L, 1L, 100L);
            assertThat(TrainingOracle.read(t, w, lookup.andThen(set -> set.asKnownAt(corrected.minusNanos(1_000)))))
                    .extracting(r -> r.get(2))
                    .containsExactly(1L, 1L, 1L, 1L);
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void storesWithoutAHistoryAreRefusedWithTheRemedy(Backend backend) {
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = t.provision(template(), 1, ZoneId.of("UTC"));
            Consumer<TrainingSetBuilder> entities =
                    set -> set.entities(List.of(Map.of("at", START))).time("at").asKnownThen();
            assertThatThrownBy(() -> TrainingOracle.read(
                            t, w, entities.andThen(set -> set.feature("featurestore:forgetful", f -> f.columns("n")))))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("DLT-5007")
                    .hasMessageContaining("featurestore:forgetful keeps no history")
                    .hasMessageContaining("declare history");
            assertThatThrownBy(() -> TrainingOracle.read(
                            t, w, entities.andThen(set -> set.feature("datastore:raw", f -> f.columns("v")))))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("datastore:raw does not keep what it was before");
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void historiesExpireByTheirOwnAge(Backend backend) {
        Instant[] now = {START.plus(Duration.ofHours(2))};
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = t.provision(template(), 1, ZoneId.of("UTC"));
            FeatureRefresher refresher = new FeatureRefresher(t.storage, () -> now[0], new DltListener() {});
            Datastore raw = w.template().datastores().get(0);
            Featurestore hourly = w.template().featurestore("hourly").orElseThrow();
            t.storage.rows().write(write(w, raw, List.of(row(START, "a", "x", 1L))));
            refresher.refresh(w, hourly);
            String history = "\"" + PhysicalName.history("hourly", w.id()) + "\"";
            t.storage.provisioner().maintain(w, START.plus(Duration.ofDays(360)));
            assertThat(t.texts("SELECT v FROM " + history)).containsExactly("1");
            t.storage.provisioner().maintain(w, START.plus(Duration.ofDays(366 + 31)));
            assertThat(t.texts("SELECT v FROM " + history)).isEmpty();
            assertThat(t.rows(w, hourly)).as("the store itself is kept").hasSize(1);
            assertThat(Arrays.asList(hourly.retention())).containsExactly(java.util.Optional.empty());
        }
    }
}
