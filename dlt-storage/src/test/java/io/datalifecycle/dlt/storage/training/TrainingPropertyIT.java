package io.datalifecycle.dlt.storage.training;

import static io.datalifecycle.dlt.storage.TestStorage.write;
import static io.datalifecycle.dlt.storage.training.TrainingOracle.lookup;
import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.storage.TestStorage;
import io.datalifecycle.dlt.storage.training.TrainingOracle.Entity;
import io.datalifecycle.dlt.storage.training.TrainingOracle.Row;
import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.Duplicates;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.testdb.TestDatabase;
import io.datalifecycle.dlt.time.Bucketing;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Random entities over random rows of every kind of store, against an oracle that looks at every row. */
class TrainingPropertyIT {

    /** A store, how its rows wait, and how old what is taken may be. */
    private record Source(
            String ref,
            @Nullable Bucketing delayed,
            @Nullable Duration within,
            boolean isReference) {}

    private static Template template() {
        return Template.define("pit", "1.0.0", t -> {
            t.datastore(
                    "loose",
                    d -> d.time("ts")
                            .field("ts", Field.timestamp().required())
                            .field("asset", Field.text())
                            .field("v", Field.integer())
                            .field("s", Field.text()));
            t.datastore(
                    "keyed",
                    d -> d.time("ts")
                            .naturalKey("asset", "ts")
                            .duplicates(Duplicates.UPDATE)
                            .field("ts", Field.timestamp().required())
                            .field("asset", Field.text())
                            .field("v", Field.integer()));
            t.datastore(
                    "reference",
                    d -> d.time("since")
                            .validTo("until")
                            .field("since", Field.timestamp().required())
                            .field("until", Field.timestamp())
                            .field("asset", Field.text())
                            .field("model", Field.text()));
            t.featurestore(
                    "daily",
                    f -> f.rollup(
                            "datastore:keyed",
                            r -> r.every(Period.ofDays(1)).by("asset").column("v", Aggregate.max("v"))));
            t.featurestore(
                    "halves",
                    f -> f.rollup(
                            "datastore:keyed",
                            r -> r.every(Duration.ofMinutes(30)).by("asset").column("v", Aggregate.max("v"))));
        });
    }

    private static List<Source> sources(ZoneId zone) {
        Bucketing days = Bucketing.of(Period.ofDays(1), zone);
        return List.of(
                new Source("datastore:loose", null, Duration.ofHours(3), false),
                new Source("datastore:keyed", null, null, false),
                new Source("datastore:reference", null, null, true),
                new Source("featurestore:daily", days, Duration.ofHours(30), false),
                new Source(
                        "featurestore:halves", Bucketing.of(Duration.ofMinutes(30), zone), Duration.ofHours(1), false));
    }

    static Stream<Arguments> changesOfTheClocks() {
        return TestDatabase.backends()
                .flatMap(backend -> Stream.of(
                        Arguments.of(backend, "Europe/Berlin", Instant.parse("2026-03-29T01:00:00Z"), 11L),
                        Arguments.of(backend, "Europe/Berlin", Instant.parse("2026-10-25T01:00:00Z"), 12L),
                        Arguments.of(backend, "America/Chicago", Instant.parse("2026-03-08T08:00:00Z"), 13L),
                        Arguments.of(backend, "America/Chicago", Instant.parse("2026-11-01T07:00:00Z"), 14L)));
    }

    private static Instant near(Random random, Instant middle) {
        Instant at = middle.plus(Duration.ofMinutes(30L * (random.nextInt(240) - 120)));
        int edge = random.nextInt(4);
        return edge == 0 ? at.minusNanos(1_000) : edge == 1 ? at.plusNanos(1_000) : at;
    }

    private static @Nullable String key(Random random) {
        int n = random.nextInt(5);
        return n == 0 ? null : "P-" + n;
    }

    /** Random rows; few enough times that ties come about. */
    private static List<Row> rows(Random random, Instant middle, Source source) {
        Map<Object, Row> unique = new LinkedHashMap<>();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            Instant at = near(random, middle);
            String key = key(random);
            if (source.isReference()) {
                Instant until = random.nextInt(3) == 0 ? null : at.plus(Duration.ofMinutes(30L * random.nextInt(40)));
                rows.add(new Row(key, at, at, until, List.of("model " + i)));
                continue;
            }
            Instant time = source.delayed() == null
                    ? at
                    : source.delayed().bucketOf(at).from();
            Instant known = source.delayed() == null
                    ? at
                    : source.delayed().bucketOf(at).to();
            Long value = random.nextInt(6) == 0 ? null : (Long) (long) random.nextInt(5);
            if (source.ref().equals("datastore:loose")) {
                rows.add(new Row(key, time, known, null, Arrays.asList(value, random.nextBoolean() ? "a" : "B")));
            } else {
                unique.put(Arrays.asList(key, time), new Row(key, time, known, null, Arrays.asList(value)));
            }
        }
        rows.addAll(unique.values());
        return rows;
    }

    private static void store(TestStorage t, WorkspaceContext w, Source source, List<Row> rows) {
        List<List<@Nullable Object>> cells = new ArrayList<>();
        for (Row row : rows) {
            List<@Nullable Object> line = new ArrayList<>(Arrays.asList(row.time(), row.key()));
            if (source.isReference()) {
                line.add(1, row.until());
            }
            line.addAll(row.values());
            cells.add(line);
        }
        var into = w.template()
                .store(io.datalifecycle.dlt.template.Ref.parse(source.ref()).orElseThrow())
                .orElseThrow();
        assertThat(t.storage.rows().write(write(w, into, cells)).rejected()).isEmpty();
    }

    private static List<Entity> entities(Random random, Instant middle, int count) {
        List<Entity> entities = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entities.add(new Entity(near(random, middle), key(random)));
        }
        return entities;
    }

    private static List<Map<String, @Nullable Object>> maps(List<Entity> entities) {
        List<Map<String, @Nullable Object>> maps = new ArrayList<>();
        for (int i = 0; i < entities.size(); i++) {
            Map<String, @Nullable Object> map = new HashMap<>();
            map.put("at", entities.get(i).at());
            map.put("asset", entities.get(i).key());
            map.put("label", (long) i);
            maps.add(map);
        }
        return maps;
    }

    private static List<List<@Nullable Object>> read(
            TestStorage t, WorkspaceContext w, List<Source> sources, List<Entity> entities) {
        return TrainingOracle.read(t, w, set -> {
            set.entities(maps(entities)).time("at").carry("label", io.datalifecycle.dlt.row.ColumnType.BIGINT);
            for (int i = 0; i < sources.size(); i++) {
                Source source = sources.get(i);
                String prefix = "f" + i + "_";
                set.feature(source.ref(), f -> {
                    f.by("asset").prefix(prefix);
                    f.columns(
                            source.isReference()
                                    ? new String[] {"model"}
                                    : source.ref().equals("datastore:loose")
                                            ? new String[] {"v", "s"}
                                            : new String[] {"v"});
                    Optional.ofNullable(source.within()).ifPresent(f::within);
                });
            }
        });
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("changesOfTheClocks")
    void everyEntityGetsTheLatestKnownRowOfEachStore(Backend backend, String zone, Instant middle, long seed) {
        Random random = new Random(seed);
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = t.provision(template(), 1, ZoneId.of(zone));
            List<Source> sources = sources(w.zone());
            Map<Source, List<Row>> stored = new LinkedHashMap<>();
            for (Source source : sources) {
                stored.put(source, rows(random, middle, source));
                store(t, w, source, stored.get(source));
            }
            List<Entity> entities = entities(random, middle, 400);
            List<List<@Nullable Object>> expected = new ArrayList<>();
            for (int i = 0; i < entities.size(); i++) {
                Entity entity = entities.get(i);
                List<@Nullable Object> row = new ArrayList<>(Arrays.asList(entity.at(), entity.key(), (long) i));
                stored.forEach((source, rows) -> row.addAll(lookup(rows, entity, source.within())));
                expected.add(row);
            }
            assertThat(read(t, w, sources, entities)).isEqualTo(expected);
            long found = expected.stream()
                    .flatMap(row -> row.subList(3, row.size()).stream())
                    .filter(cell -> cell != null)
                    .count();
            assertThat(found).as("values that are looked up").isGreaterThan(800);
        }
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("changesOfTheClocks")
    void whatBecomesKnownLaterChangesNothing(Backend backend, String zone, Instant middle, long seed) {
        Random random = new Random(seed + 100);
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext one = t.provision(template(), 1, ZoneId.of(zone));
            WorkspaceContext two = t.provision(template(), 2, ZoneId.of(zone));
            List<Source> sources = sources(one.zone());
            Instant now = middle.plus(Duration.ofMinutes(30L * (random.nextInt(80) - 40)));
            for (Source source : sources) {
                List<Row> rows = rows(random, middle, source);
                List<Row> past =
                        rows.stream().filter(r -> !r.known().isAfter(now)).toList();
                List<Row> future = rows(random, middle, source).stream()
                        .filter(r -> r.known().isAfter(now))
                        .toList();
                store(t, one, source, rows);
                store(t, two, source, past);
                store(t, two, source, random.nextBoolean() ? future : List.of());
            }
            List<Entity> entities = entities(random, middle, 300).stream()
                    .filter(e -> !e.at().isAfter(now))
                    .toList();
            assertThat(entities).hasSizeGreaterThan(30);
            assertThat(read(t, two, sources, entities)).isEqualTo(read(t, one, sources, entities));
        }
    }

    @ParameterizedTest
    @MethodSource("io.datalifecycle.dlt.testdb.TestDatabase#backends")
    void rowsOfAStoreAreEntitiesAndALookupWithoutByTakesAnyRow(Backend backend) {
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = t.provision(template(), 1, ZoneId.of("UTC"));
            Instant start = Instant.parse("2026-03-01T00:00:00Z");
            List<Source> sources = sources(w.zone());
            store(
                    t,
                    w,
                    sources.get(1),
                    List.of(
                            new Row("a", start, start, null, List.of(1L)),
                            new Row("b", start.plusSeconds(60), start, null, List.of(2L)),
                            new Row("a", start.plusSeconds(120), start, null, List.of(3L))));
            store(t, w, sources.get(0), List.of(new Row("x", start.plusSeconds(60), start, null, List.of(7L, "s"))));
            var rows = TrainingOracle.read(
                    t,
                    w,
                    set -> set.entities("datastore:keyed", TimeRange.of(start, start.plusSeconds(120)))
                            .feature("datastore:loose", f -> f.columns("v", "s").prefix("any_")));
            assertThat(rows)
                    .containsExactly(
                            Arrays.asList(start, "a", 1L, null, null),
                            Arrays.asList(start.plusSeconds(60), "b", 2L, 7L, "s"));
        }
    }
}
