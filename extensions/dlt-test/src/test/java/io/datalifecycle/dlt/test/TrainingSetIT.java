package io.datalifecycle.dlt.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.TrainingSet;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.CsvFormat;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.ml.MlPlugin;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.InvalidInputException;
import io.datalifecycle.dlt.problem.NotFoundException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.spi.ModelStore;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.testdb.TestDatabase;
import io.datalifecycle.dlt.training.LookupBuilder;
import io.datalifecycle.dlt.training.TrainingSetBuilder;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Training sets through the facade: what they give, as rows, as CSV and to a model, and what they say of wrong input. */
final class TrainingSetIT {

    private static final String BACKENDS = "io.datalifecycle.dlt.testdb.TestDatabase#backends";
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private static final Template TEMPLATE = Template.define("plant", "1.0.0", t -> {
        t.datastore(
                "sensor_data",
                d -> d.time("ts")
                        .naturalKey("asset_id", "ts")
                        .field("ts", Field.timestamp().required())
                        .field("asset_id", Field.text().required())
                        .field("pressure", Field.number()));
        t.datastore(
                "assets",
                d -> d.time("since")
                        .validTo("until")
                        .naturalKey("asset_id", "since")
                        .field("since", Field.timestamp().required())
                        .field("until", Field.timestamp())
                        .field("asset_id", Field.text().required())
                        .field("model", Field.text()));
        t.inferencestore(
                "outlook", i -> i.time("ts").naturalKey("asset_id", "ts").column("prediction", Field.number()));
        t.model(
                "next_pressure",
                m -> m.regression("linear-regression")
                        .features(
                                "datastore:sensor_data",
                                f -> f.columns("pressure").by("asset_id"))
                        .target("pressure")
                        .train(s -> s.window(Duration.ofDays(30)))
                        .score(s -> s.into("inferencestore:outlook")));
    });

    private static void with(Backend backend, Consumer<Workspace> test) {
        try (TestDatabase database = TestDatabase.create(backend);
                Dlt dlt = Dlt.builder()
                        .clock(InstantSource.fixed(START.plus(Duration.ofDays(2))))
                        .storage(PostgresStorage.builder()
                                .appDatabase(database.dataSource())
                                .build())
                        .plugin(new MlPlugin())
                        .build()) {
            dlt.templates().publish(TEMPLATE);
            test.accept(dlt.workspaces().provision("north", TEMPLATE));
        }
    }

    private static void ingest(Workspace north, int minutes) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < minutes; i++) {
            for (String asset : List.of("P-1", "P-2")) {
                rows.add(Map.of(
                        "ts",
                        START.plus(i, ChronoUnit.MINUTES),
                        "asset_id",
                        asset,
                        "pressure",
                        i + asset.charAt(2) / 4.0));
            }
        }
        assertThat(north.datastore("sensor_data").ingest(Rows.of(rows)).accepted())
                .isEqualTo(minutes * 2L);
    }

    private static Consumer<LookupBuilder> pressure() {
        return f -> f.by("asset_id").columns("pressure");
    }

    private static List<Map<String, Object>> rows(TrainingSet set) {
        List<Map<String, Object>> rows = new ArrayList<>();
        long count = set.rows(batch -> {
            for (int row = 0; row < batch.size(); row++) {
                rows.add(new HashMap<>(batch.row(row)));
            }
        });
        assertThat(count).isEqualTo(rows.size());
        return rows;
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void entitiesComeOutInTheirOrderWithWhatHeldThen(Backend backend) {
        with(backend, north -> {
            ingest(north, 10);
            north.datastore("assets")
                    .ingest(Rows.of(
                            Map.of("since", START, "until", START.plusSeconds(120), "asset_id", "P-1", "model", "old"),
                            Map.of("since", START.plusSeconds(300), "asset_id", "P-1", "model", "new")));
            TrainingSet set = north.trainingSet(
                    t -> t.entities(Rows.csv(new ByteArrayInputStream("""
                                    asset_id,ts,failed,nobody asked
                                    P-1,2026-03-01T00:05:30Z,true,1
                                    P-2,2026-03-01T00:01:00Z,,2
                                    P-1,2026-03-01T00:02:00Z,false,3
                                    P-1,2026-03-01T00:01:59.999999Z,false,3
                                    P-3,2026-03-01T00:05:00Z,false,4
                                    """.getBytes(StandardCharsets.UTF_8))))
                            .time("ts")
                            .carry("failed", ColumnType.BOOLEAN)
                            .feature("datastore:sensor_data", pressure())
                            .feature(
                                    "datastore:assets",
                                    f -> f.by("asset_id").columns("model").prefix("asset_")));
            assertThat(set.columns().columns())
                    .extracting(Column::name)
                    .containsExactly("ts", "asset_id", "failed", "pressure", "asset_model");
            assertThat(rows(set))
                    .extracting(r -> r.get("asset_id") + " " + r.get("failed") + " " + r.get("pressure") + " "
                            + r.get("asset_model"))
                    .containsExactly(
                            "P-1 true 17.25 new",
                            "P-2 null 13.5 null",
                            "P-1 false 14.25 null",
                            "P-1 false 13.25 old",
                            "P-3 false null null");
        });
    }

    private static Map<String, Object> odd(int i) {
        String[] texts = {"", " ", "a,b;c|d", "\"quoted\"", "two\nlines\r\n", "\ttab", "ü😀", "null", "1.50", "\ufeffx"
        };
        Map<String, Object> row = new HashMap<>();
        row.put("ts", START.plus(i * 61_000_003L, ChronoUnit.MICROS));
        row.put("asset_id", i % 3 == 0 ? "P-1" : texts[i % texts.length]);
        row.put("a,\"label\"", i % 7 == 0 ? null : texts[(i + 3) % texts.length]);
        row.put("double", i % 5 == 0 ? null : Math.pow(-1.1, i) / 3);
        row.put("whole", Long.MAX_VALUE - i);
        row.put("money", new BigDecimal("12345678901234567890.1234567890").movePointLeft(i % 20));
        row.put("yes", i % 2 == 0);
        row.put("day", LocalDate.of(1900, 1, 1).plusDays(i * 999L));
        row.put("id", new UUID(i, -i));
        return row;
    }

    private static TrainingSetBuilder oddColumns(TrainingSetBuilder set) {
        return set.time("ts")
                .carry("a,\"label\"", ColumnType.TEXT)
                .carry("double", ColumnType.DOUBLE)
                .carry("whole", ColumnType.BIGINT)
                .carry("money", ColumnType.DECIMAL)
                .carry("yes", ColumnType.BOOLEAN)
                .carry("day", ColumnType.DATE)
                .carry("id", ColumnType.UUID);
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void whatIsWrittenAsCsvIsReadTheSame(Backend backend, @TempDir Path folder) {
        Path csv = folder.resolve("set.csv");
        with(backend, north -> {
            ingest(north, 60);
            TrainingSet set = north.trainingSet(t -> oddColumns(t)
                    .entities(
                            IntStream.range(0, 60).mapToObj(TrainingSetIT::odd).toList())
                    .feature("datastore:sensor_data", pressure()));
            assertThat(set.writeCsv(csv)).isEqualTo(60);
            TrainingSet again = north.trainingSet(t -> oddColumns(t)
                    .entities(Rows.csv(csv, CsvFormat.builder().delimiter(',').build()))
                    .carry("pressure", ColumnType.DOUBLE)
                    .feature("datastore:sensor_data", pressure().andThen(f -> f.prefix("again_"))));
            List<Map<String, Object>> rows = rows(again);
            assertThat(rows)
                    .allSatisfy(r -> assertThat(r.remove("again_pressure")).isEqualTo(r.get("pressure")));
            assertThat(rows).isEqualTo(rows(set));
            assertThat(rows).extracting(r -> r.get("pressure")).anyMatch(v -> v != null);
        });
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void wrongInputIsNamedBeforeAnythingIsGiven(Backend backend) {
        with(backend, north -> {
            Map<String, Object> good = Map.of("ts", START, "asset_id", "P-1");
            assertThatThrownBy(() -> north.trainingSet(
                            t -> t.entities(List.of(good)).time("ts").feature("datastore:sensor_dat", pressure())))
                    .isInstanceOf(NotFoundException.class)
                    .hasMessageContaining("did you mean datastore:sensor_data?");
            assertThatThrownBy(() -> north.trainingSet(t -> t.entities(List.of(good))
                            .time("ts")
                            .feature("datastore:sensor_data", f -> f.columns("presure"))))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("DLT-1013")
                    .hasMessageContaining("did you mean pressure?");
            assertThatThrownBy(() -> north.trainingSet(t -> t.entities(List.of(good))
                            .time("ts")
                            .feature("datastore:sensor_data", pressure())
                            .feature("datastore:sensor_data", pressure())))
                    .hasMessageContaining("two columns pressure")
                    .hasMessageContaining("prefix");
            TrainingSet bad = north.trainingSet(
                    t -> t.entities(Rows.csv(new ByteArrayInputStream("""
                                    ts,asset_id,n
                                    2026-03-01T00:00:00Z,P-1,1
                                    ,P-1,2
                                    2026-03-01T00:00:00Z,P-1,secret
                                    """.getBytes(StandardCharsets.UTF_8))))
                            .time("ts")
                            .carry("n", ColumnType.BIGINT)
                            .feature("datastore:sensor_data", pressure()));
            assertThatThrownBy(() -> bad.rows(batch -> {
                        throw new AssertionError("given");
                    }))
                    .isInstanceOfSatisfying(
                            DltException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.ROW_INVALID))
                    .hasMessageContaining("line 3: [/ts required]")
                    .hasMessageContaining("line 4: [/n type]")
                    .hasMessageContaining("n bigint")
                    .hasMessageNotContaining("secret");
            TrainingSet none = north.trainingSet(
                    t -> t.entities(List.of()).time("ts").feature("datastore:sensor_data", pressure()));
            assertThat(rows(none)).isEmpty();
            assertThatThrownBy(() ->
                            north.trainingSet(t -> t.entities(List.of(good)).time("ts")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("feature: name at least one");
        });
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void manyEntitiesAreStreamed(Backend backend) {
        int count = 200_000;
        with(backend, north -> {
            ingest(north, 2_000);
            Iterable<Map<String, Object>> stream = () -> new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return next < count;
                }

                @Override
                public Map<String, Object> next() {
                    int i = next++;
                    return Map.of(
                            "ts", START.plusSeconds((i * 7919L) % 120_000), "asset_id", "P-" + (1 + i % 2), "i", (long)
                                    i);
                }
            };
            TrainingSet set = north.trainingSet(t -> t.entities(Rows.of(stream))
                    .time("ts")
                    .carry("i", ColumnType.BIGINT)
                    .feature("datastore:sensor_data", pressure()));
            long[] next = {0};
            int[] most = {0};
            set.rows(batch -> {
                most[0] = Math.max(most[0], batch.size());
                for (int row = 0; row < batch.size(); row++) {
                    long i = next[0]++;
                    long minute = ((i * 7919L) % 120_000) / 60;
                    if (batch.longAt(row, 2) != i || batch.doubleAt(row, 3) != minute + ('1' + i % 2) / 4.0) {
                        throw new AssertionError("row " + i + ": " + batch.row(row));
                    }
                }
            });
            assertThat(next[0]).isEqualTo(count);
            assertThat(most[0]).isLessThanOrEqualTo(10_000);
        });
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void aModelLearnsFromIt(Backend backend) {
        with(backend, north -> {
            ingest(north, 300);
            List<Map<String, Object>> entities = new ArrayList<>();
            for (int i = 299; i >= 0; i--) {
                entities.add(Map.of("ts", START.plus(i, ChronoUnit.MINUTES), "asset_id", "P-1", "label", i * 2.0));
            }
            TrainingSet set = north.trainingSet(t -> t.entities(entities)
                    .time("ts")
                    .carry("label", ColumnType.DOUBLE)
                    .feature("datastore:sensor_data", pressure()));
            ModelStore.Version version = north.model("next_pressure").train(set);
            assertThat(version.champion()).isTrue();
            assertThat(version.provenance())
                    .containsEntry("source", "training set of 300 rows")
                    .doesNotContainKey("from");
            TrainingSet lacking = north.trainingSet(t -> t.entities(entities)
                    .time("ts")
                    .feature("datastore:sensor_data", pressure().andThen(f -> f.prefix("p_"))));
            assertThatThrownBy(() -> north.model("next_pressure").train(lacking))
                    .hasMessageContaining("DLT-5005")
                    .hasMessageContaining("the training set has no column pressure; carry it or look it up");
        });
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void aFileThatCannotBeWrittenSaysSo(Backend backend, @TempDir Path folder) {
        with(backend, north -> {
            TrainingSet set = north.trainingSet(t -> t.entities(List.of(Map.of("ts", START, "asset_id", "P-1")))
                    .time("ts")
                    .feature("datastore:sensor_data", pressure()));
            assertThatThrownBy(() -> set.writeCsv(folder.resolve("none").resolve("set.csv")))
                    .hasMessageContaining("DLT-6005");
            assertThat(Files.exists(folder.resolve("none"))).isFalse();
        });
    }
}
