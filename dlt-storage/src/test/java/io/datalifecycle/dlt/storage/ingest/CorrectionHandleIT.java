package io.datalifecycle.dlt.storage.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.CorrectResult;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.language.TemplateReader;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.testdb.TestDatabase;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.Quotas;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Corrections as a host makes them, also of stores whose columns are not their properties. */
class CorrectionHandleIT {

    private static final String BACKENDS = "io.datalifecycle.dlt.testdb.TestDatabase#backends";
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final TimeRange DAY =
            TimeRange.of(NOON.minus(Duration.ofHours(12)), NOON.plus(Duration.ofHours(12)));

    private static final Template PUMPS = Template.define("pumps", "1.0.0", t -> {
        t.datastore(
                "sensor_data",
                d -> d.time("ts")
                        .naturalKey("asset_id", "ts")
                        .field("ts", Field.timestamp().required())
                        .field("asset_id", Field.text(64).required())
                        .field("pressure", Field.number("bar").minimum(0)));
        t.featurestore(
                "hourly",
                f -> f.rollup(
                        "datastore:sensor_data",
                        r -> r.every(Duration.ofHours(1)).by("asset_id").column("p_max", Aggregate.max("pressure"))));
    });

    private static final String NESTED = """
            dlt: 1
            key: nested
            version: 1.0.0
            datastores:
              log:
                time: ts
                schema:
                  type: object
                  required: [ts, meta]
                  properties:
                    ts: { type: string, format: date-time }
                    xmin: { type: number, column: x_min }
                    price: { type: number, decimal: true }
                    tags: { type: array }
                    meta:
                      type: object
                      flatten: true
                      required: [site]
                      properties: { site: { type: string, maxLength: 5 }, firmware: { type: string } }
            """;

    private static final class House implements AutoCloseable {
        private final TestDatabase database;
        private final Dlt dlt;
        private final Workspace north;

        House(Backend backend, Template template) {
            database = TestDatabase.create(backend);
            dlt = node();
            dlt.templates().publish(template);
            north = dlt.workspaces().provision("north", template);
        }

        Dlt node() {
            return Dlt.builder()
                    .storage(PostgresStorage.builder()
                            .appDatabase(database.dataSource())
                            .clock(() -> NOON)
                            .build())
                    .clock(() -> NOON)
                    .build();
        }

        void ingest(String store, String... lines) {
            byte[] bytes = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
            assertThat(north.datastore(store)
                            .ingest(Rows.ndjson(new ByteArrayInputStream(bytes)))
                            .accepted())
                    .isEqualTo(lines.length);
        }

        List<Map<String, @Nullable Object>> rows(String store) {
            List<Map<String, @Nullable Object>> rows = new ArrayList<>();
            north.datastore(store).rows(DAY, batch -> {
                for (int row = 0; row < batch.size(); row++) {
                    rows.add(batch.row(row));
                }
            });
            return rows;
        }

        @Override
        public void close() {
            dlt.close();
            database.close();
        }
    }

    private static String reading(int minute, String asset, double pressure) {
        return "{\"ts\": \"" + NOON.plus(Duration.ofMinutes(minute)) + "\", \"asset_id\": \"" + asset
                + "\", \"pressure\": " + pressure + "}";
    }

    // region correct
    private static CorrectResult correct(Workspace north, TimeRange outage) {
        north.datastore("sensor_data").delete(outage, Map.of("asset_id", "P-7")); // rows of a pump that was not there

        CorrectResult result = north.datastore("sensor_data").correct(outage, Map.of("asset_id", "P-1"), row -> {
            if (row.get("pressure") == null) {
                return null; // this row goes
            }
            row.put("pressure", (Double) row.get("pressure") / 14.5038); // was sent in psi
            return row;
        });
        for (RowRejection bad : result.rejections()) { // then nothing was changed
            System.out.println(bad.line() + " " + bad.pointer() + ": " + bad.reason());
        }
        north.featurestore("hourly").refresh(); // or the next scheduled one
        return result;
    }
    // endregion correct

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void aHostCorrectsAndDeletesAndTheNextRefreshTakesItIn(Backend backend) {
        try (House h = new House(backend, PUMPS)) {
            h.ingest("sensor_data", reading(0, "P-1", 29.0076), reading(0, "P-7", 99), reading(90, "P-1", 3));
            h.north.featurestore("hourly").refresh();

            CorrectResult result = correct(h.north, TimeRange.of(NOON, NOON.plus(Duration.ofHours(1))));

            assertThat(result).hasToString("1 read: 1 changed, 0 deleted, 0 unchanged");
            List<@Nullable Object> hourly = new ArrayList<>();
            h.north.featurestore("hourly").rows(DAY, batch -> {
                for (int row = 0; row < batch.size(); row++) {
                    hourly.add(batch.row(row).get("p_max"));
                }
            });
            assertThat(hourly).containsExactly(29.0076 / 14.5038, 3.0);
            assertThat(h.north
                            .datastore("sensor_data")
                            .correct(DAY, row -> Map.of("ts", NOON))
                            .toString())
                    .isEqualTo(
                            "2 read: 0 changed, 0 deleted, 2 unchanged; not applied, 2 rejected: line 1: [/asset_id required]");
            assertThat(h.north.datastore("sensor_data").delete(DAY)).isEqualTo(2);
        }
    }

    @Test
    void theDocsShowThisCode() throws IOException {
        String source =
                Files.readString(Path.of("src/test/java/io/datalifecycle/dlt/storage/ingest/CorrectionHandleIT.java"));
        String begin = "    // region correct\n";
        String region =
                source.substring(source.indexOf(begin) + begin.length(), source.indexOf("    // endregion correct"));
        assertThat(Files.readString(Path.of("../docs/datastores.md")))
                .contains(region.stripTrailing().stripIndent());
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void nestedRenamedAndUnnamedPropertiesAreCorrectedAsColumns(Backend backend) {
        try (House h = new House(backend, TemplateReader.read(NESTED).template())) {
            h.ingest(
                    "log",
                    "{\"ts\": \"2026-03-01T12:00:00Z\", \"xmin\": 1.5, \"price\": 1.10, \"tags\": [1], \"who\": {\"n\": 1},"
                            + " \"meta\": {\"site\": \"a\", \"rack\": 3}}",
                    "{\"ts\": \"2026-03-01T13:00:00Z\", \"meta\": {\"site\": \"b\", \"firmware\": \"1\"}}");
            List<Map<String, @Nullable Object>> before = h.rows("log");

            CorrectResult result = h.north.datastore("log").correct(DAY, row -> {
                if (row.get("meta_site").equals("a")) {
                    row.put("meta_firmware", "2");
                    row.put("x_min", null);
                    row.put("tags", List.of("x", "y"));
                } else {
                    row.put("_extra", Map.of("who", "me", "meta", Map.of("rack", 4)));
                }
                return row;
            });

            assertThat(result).isEqualTo(new CorrectResult(2, 2, 0, 0, List.of()));
            Map<String, @Nullable Object> first = new HashMap<>(before.get(0));
            first.put("meta_firmware", "2");
            first.put("x_min", null);
            first.put("tags", "[\"x\", \"y\"]");
            assertThat(h.rows("log").get(0)).isEqualTo(first).containsEntry("price", new BigDecimal("1.10"));
            assertThat(h.rows("log").get(1))
                    .containsEntry("meta_site", "b")
                    .containsEntry("_extra", "{\"who\": \"me\", \"meta\": {\"rack\": 4}}");

            CorrectResult wrong = h.north.datastore("log").correct(DAY, row -> {
                row.put("meta_site", "too long");
                return row;
            });
            assertThat(wrong.rejections())
                    .hasSize(2)
                    .allSatisfy(r -> assertThat(r.reasons().get(0).label()).isEqualTo("/meta/site maxLength"));
            CorrectResult clash = h.north.datastore("log").correct(DAY, row -> {
                row.put("_extra", "{\"xmin\": 2}");
                return row;
            });
            assertThat(clash.rejections().get(0).reason()).isEqualTo("\"xmin\" has a column of its own; set that one");
        }
    }

    /** The other node has not written anything and so has not looked at the limits yet. */
    @ParameterizedTest
    @MethodSource(BACKENDS)
    void deletedRowsMakeRoomUnderAQuota(Backend backend) {
        try (House h = new House(backend, PUMPS);
                Dlt other = h.node()) {
            h.north.quotas(Quotas.NONE.rows(2, 3));
            h.ingest("sensor_data", reading(0, "a", 1), reading(1, "a", 1), reading(2, "a", 1));
            Workspace there = other.workspaces().workspace("north");
            assertThat(there.datastore("sensor_data").delete(TimeRange.of(NOON, NOON.plusSeconds(1))))
                    .isEqualTo(1);
            h.ingest("sensor_data", reading(3, "a", 1));
            assertThat(there.datastore("sensor_data")
                            .correct(DAY, row -> row.get("ts").equals(NOON.plusSeconds(60)) ? null : row)
                            .deleted())
                    .isEqualTo(1);
            h.ingest("sensor_data", reading(4, "a", 1));
        }
    }
}
