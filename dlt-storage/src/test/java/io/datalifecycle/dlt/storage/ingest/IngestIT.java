package io.datalifecycle.dlt.storage.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.datalifecycle.dlt.DatastoreHandle;
import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.CsvFormat;
import io.datalifecycle.dlt.ingest.IngestBrokenException;
import io.datalifecycle.dlt.ingest.IngestOptions;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.spi.Quarantine;
import io.datalifecycle.dlt.spi.Quarantine.Filter;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.OnInvalid;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.testdb.TestDatabase;
import io.datalifecycle.dlt.workspace.PhysicalName;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows from their source to the table of a real database, and back out of the quarantine. */
class IngestIT {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String BACKENDS = "io.datalifecycle.dlt.testdb.TestDatabase#backends";

    private static final Template PUMPS = Template.define("pumps", "1.0.0", t -> {
        t.datastore(
                "sensor_data",
                d -> d.time("ts")
                        .naturalKey("asset_id", "ts")
                        .field("ts", Field.timestamp().required())
                        .field("asset_id", Field.text(8).required())
                        .field("pressure", Field.number("bar").minimum(0))
                        .field("starts", Field.integer())
                        .field("ok", Field.bool())
                        .field("built", Field.date())
                        .field("device", Field.uuid())
                        .field("more", Field.json())
                        .onInvalid(OnInvalid.QUARANTINE));
        t.datastore(
                "log",
                d -> d.time("at")
                        .field("at", Field.timestamp().required())
                        .field("line", Field.text())
                        .openFields());
    });

    /** A database, DLT on it, one workspace. */
    private record House(TestDatabase database, Dlt dlt, Workspace workspace) implements AutoCloseable {

        static House on(Backend backend) {
            TestDatabase database = TestDatabase.create(backend);
            Dlt dlt = Dlt.builder()
                    .storage(PostgresStorage.builder()
                            .appDatabase(database.dataSource())
                            .build())
                    .clock(() -> NOW)
                    .build();
            dlt.templates().publish(PUMPS);
            return new House(database, dlt, dlt.workspaces().provision("north", PUMPS));
        }

        DatastoreHandle sensors() {
            return workspace.datastore("sensor_data");
        }

        /** First column of each row of a query over the store's table, named {@code $}. */
        List<String> query(String store, String sql) throws SQLException {
            List<String> values = new ArrayList<>();
            try (Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows =
                            statement.executeQuery(sql.replace("$", PhysicalName.table(store, workspace.id())))) {
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
            return values;
        }

        @Override
        public void close() {
            dlt.close();
            database.close();
        }
    }

    private static Rows ndjson(String text) {
        return Rows.ndjson(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String line(int second, String asset, String more) {
        return "{\"ts\":\"" + NOW.plusSeconds(second) + "\",\"asset_id\":\"" + asset + "\"" + more + "}\n";
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void everyTypeArrivesAsItWasSent(Backend backend) throws SQLException {
        try (House house = House.on(backend)) {
            IngestResult result = house.sensors().ingest(ndjson("""
                    {"ts":"2026-03-01T08:00:00.123456789+02:00","asset_id":"P-\u00fc\ud83d\ude00","pressure":0.1,"starts":-9223372036854775808,\
                    "ok":true,"built":"1969-12-31","device":"2F1C5B8E-0D3A-4C55-9D0E-3F6F5D1B7A10","more":{"a":[1,2.50,"\u00fc"]}}
                    {"ts":"1969-12-31T23:59:59.999999Z","asset_id":"P-2","pressure":1e-300,"ok":false,"more":null}
                    """));

            assertThat(result).hasToString("2 offered: 2 accepted, 0 duplicate, 0 rejected");
            assertThat(
                            house.query(
                                    "sensor_data",
                                    "SELECT concat_ws('|', ts AT TIME ZONE 'UTC', asset_id, pressure, starts, ok, built, device, more) FROM $ ORDER BY ts DESC"))
                    .containsExactly(
                            "2026-03-01 06:00:00.123456|P-\u00fc\ud83d\ude00|0.1|-9223372036854775808|t|1969-12-31|"
                                    + "2f1c5b8e-0d3a-4c55-9d0e-3f6f5d1b7a10|{\"a\": [1, 2.50, \"\u00fc\"]}",
                            "1969-12-31 23:59:59.999999|P-2|1e-300|f");
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void everyRowIsAccountedFor(Backend backend) throws SQLException {
        Random random = new Random(7);
        StringBuilder text = new StringBuilder();
        Map<String, Integer> keys = new HashMap<>();
        int bad = 0;
        for (int i = 0; i < 30_000; i++) {
            int second = random.nextInt(8_000);
            String asset = "P-" + random.nextInt(5);
            switch (random.nextInt(20)) {
                case 0 -> text.append("{broken\n");
                case 1 -> text.append(line(second, asset, ",\"pressure\":-1"));
                case 2 -> text.append(line(second, "P\\u0000", ""));
                default -> {
                    text.append(line(second, asset, ",\"starts\":" + i));
                    keys.putIfAbsent(second + asset, i);
                    bad--;
                }
            }
            bad++;
        }
        try (House house = House.on(backend)) {
            IngestResult result = house.sensors()
                    .ingest(
                            ndjson(text.toString()),
                            IngestOptions.builder().batchRows(4_000).build());

            assertThat(result.offered()).isEqualTo(30_000);
            assertThat(result.rejected()).isEqualTo(bad);
            assertThat(result.accepted()).isEqualTo(keys.size());
            assertThat(house.query("sensor_data", "SELECT count(*) FROM $"))
                    .containsExactly(String.valueOf(keys.size()));
            // of rows with one key the first one stays
            assertThat(house.query("sensor_data", "SELECT sum(starts) FROM $"))
                    .containsExactly(String.valueOf(
                            keys.values().stream().mapToLong(first -> first).sum()));
            assertThat(house.sensors().quarantine().countByReason().values().stream()
                            .mapToLong(n -> n)
                            .sum())
                    .isEqualTo(bad);
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void sendingABatchAgainChangesNothingEvenWithoutAKey(Backend backend) throws SQLException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            text.append("{\"at\":\"" + NOW + "\",\"line\":\"" + i + "\",\"colour\":\"red\"}\n");
        }
        IngestOptions options =
                IngestOptions.builder().batchId("log-1").batchRows(20).build();
        try (House house = House.on(backend)) {
            DatastoreHandle log = house.workspace().datastore("log");
            assertThat(log.ingest(ndjson(text.toString()), options))
                    .hasToString("50 offered: 50 accepted, 0 duplicate, 0 rejected");
            assertThat(log.ingest(ndjson(text.toString()), options))
                    .hasToString("50 offered: 0 accepted, 50 duplicate, 0 rejected");
            assertThat(house.query("log", "SELECT count(*) FROM $ WHERE _extra ->> 'colour' = 'red'"))
                    .containsExactly("50");
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void csvOfAnotherMakerIsStoredAndItsBadRowsCanBeMended(Backend backend) throws SQLException {
        CsvFormat format = CsvFormat.builder()
                .decimalComma()
                .zone(ZoneId.of("Europe/Oslo"))
                .column("ts", "datetime")
                .constant("asset_id", "P-101")
                .build();
        String csv =
                "datetime;pressure;unused\n2026-03-01 10:00:00;1,5;x\n2026-03-01 10:00:01;\"2,5;x\n2026-03-01 10:00:02;wet;x\n";
        try (House house = House.on(backend)) {
            IngestResult result = house.sensors()
                    .ingest(Rows.csv(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), format));

            assertThat(result).hasToString("3 offered: 1 accepted, 0 duplicate, 2 rejected (2 in quarantine)");
            assertThat(result.warnings()).hasSize(1);
            List<Quarantine.Entry> waiting = house.sensors().quarantine().list(10);
            assertThat(waiting).extracting(e -> e.rejection().line()).containsExactly(3L, 4L);

            IngestResult replayed = house.sensors().quarantine().replay(Filter.reason("/pressure type"), row -> {
                assertThat(row).containsEntry("pressure", "wet").containsEntry("asset_id", "P-101");
                row.put("pressure", 3.5);
                return row;
            });
            assertThat(replayed).hasToString("1 offered: 1 accepted, 0 duplicate, 0 rejected");
            assertThat(house.sensors().quarantine().list(10))
                    .extracting(Quarantine.Entry::id)
                    .containsExactly(waiting.get(0).id());
            assertThat(house.query(
                            "sensor_data",
                            "SELECT concat_ws(' ', ts AT TIME ZONE 'UTC', asset_id, pressure) FROM $ ORDER BY ts"))
                    .containsExactly("2026-03-01 09:00:00 P-101 1.5", "2026-03-01 09:00:02 P-101 3.5");
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void sourceThatBreaksLeavesWhatCameBefore(Backend backend) throws SQLException {
        String text =
                "[" + line(1, "P-1", "").strip() + "," + line(2, "P-1", "").strip() + ", oops";
        try (House house = House.on(backend)) {
            IngestBrokenException broken = catchThrowableOfType(
                    IngestBrokenException.class,
                    () -> house.sensors()
                            .ingest(Rows.json(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))));

            assertThat(broken.result().accepted()).isEqualTo(2);
            assertThat(house.query("sensor_data", "SELECT count(*) FROM $")).containsExactly("2");
        }
    }
}
