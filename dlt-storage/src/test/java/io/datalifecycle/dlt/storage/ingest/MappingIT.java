package io.datalifecycle.dlt.storage.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.CsvFormat;
import io.datalifecycle.dlt.ingest.IngestOptions;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.language.TemplateReader;
import io.datalifecycle.dlt.problem.TemplateInvalidException;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.template.Connector;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.testdb.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From JSON Schema to columns and back, on a real database. */
class MappingIT {

    private static final String BACKENDS = "io.datalifecycle.dlt.testdb.TestDatabase#backends";
    private static final String AT = "2026-03-01T12:00:00Z";

    private static final String ODD = """
            dlt: 1
            key: odd
            version: 1.0.0
            datastores:
              names:
                time: Zeit punkt
                natural_key: [select, Zeit punkt]
                on_invalid: quarantine
                schema:
                  type: object
                  required: [Zeit punkt, select]
                  additionalProperties: false
                  properties:
                    Zeit punkt: { type: string, format: date-time }
                    select: { type: string }
                    "a \\"quoted\\" name": { type: number }
                    "semi;colon -- and /* comment": { type: number }
                    Größe/°C: { type: number }
                    user: { type: [string, "null"] }
                    table: { type: boolean }
                    $1: { type: integer }
                    "?": { type: integer }
                    ":from": { type: integer }
                    "%s{}": { type: integer }
                    xmin: { type: number, column: x_min }
                    Pressure: { type: number }
                    pressure: { type: number, column: pressure_2 }
                    a_name_with_far_more_than_the_sixty_three_bytes_that_postgresql_keeps_of_one: { type: number, column: long }
                    "日本語の列": { type: string }
            """;

    private static final String DEEP = """
            dlt: 1
            key: deep
            version: 1.0.0
            datastores:
              readings:
                time: meta_at
                natural_key: [meta_device_id, meta_at]
                on_invalid: coerce
                schema:
                  type: object
                  required: [meta]
                  additionalProperties: { type: number }
                  $defs:
                    level: { type: [number, "null"], minimum: 0 }
                  properties:
                    meta:
                      type: object
                      flatten: true
                      required: [at, device]
                      properties:
                        at: { type: string, format: date-time }
                        device:
                          type: object
                          flatten: true
                          required: [id]
                          additionalProperties: false
                          properties: { id: { type: string }, ip: { type: string, format: ipv4 } }
                    level: { $ref: "#/$defs/level" }
                    price: { type: number, decimal: true }
                    big: { type: integer, maximum: 1e30 }
                    choice: { anyOf: [{ type: integer }, { type: "null" }] }
                    tags: { type: array, items: { type: string } }
            """;

    /** A database, DLT on it, one workspace. */
    private static final class House implements AutoCloseable {
        private final TestDatabase database;
        private final Dlt dlt;
        private final Workspace workspace;

        House(Backend backend, String template) {
            database = TestDatabase.create(backend);
            Instant now = Instant.parse(AT);
            dlt = Dlt.builder()
                    .storage(PostgresStorage.builder()
                            .appDatabase(database.dataSource())
                            .clock(() -> now)
                            .build())
                    .clock(() -> now)
                    .build();
            var read = TemplateReader.read(template).template();
            dlt.templates().publish(read);
            workspace = dlt.workspaces().provision("north", read);
        }

        List<Map<String, Object>> rows(String store) {
            List<Map<String, Object>> rows = new ArrayList<>();
            workspace
                    .datastore(store)
                    .extent()
                    .ifPresent(range -> workspace.datastore(store).rows(range, batch -> {
                        for (int i = 0; i < batch.size(); i++) {
                            rows.add(batch.row(i));
                        }
                    }));
            return rows;
        }

        String text(String sql) throws SQLException {
            try (Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return row.getString(1);
            }
        }

        @Override
        public void close() {
            dlt.close();
            database.close();
        }
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void namesThatNeedQuotesAreStoredReadAndUpdated(Backend backend) throws SQLException {
        try (House house = new House(backend, ODD)) {
            String row = "{\"Zeit punkt\":\"" + AT + "\",\"select\":\"s\",\"a \\\"quoted\\\" name\":1,"
                    + "\"semi;colon -- and /* comment\":2,\"Größe/°C\":3,\"user\":\"u\",\"table\":true,\"$1\":4,\"?\":5,"
                    + "\":from\":6,\"%s{}\":7,\"xmin\":8,\"Pressure\":9,\"pressure\":10,"
                    + "\"a_name_with_far_more_than_the_sixty_three_bytes_that_postgresql_keeps_of_one\":11,\"日本語の列\":\"値\"}\n";
            IngestResult in = house.workspace.datastore("names").ingest(Rows.ndjson(bytes(row + row)));
            assertThat(in).hasToString("2 offered: 1 accepted, 1 duplicate, 0 rejected");
            assertThat(house.rows("names")).hasSize(1);
            assertThat(house.rows("names").get(0))
                    .containsEntry("a \"quoted\" name", 1.0)
                    .containsEntry("semi;colon -- and /* comment", 2.0)
                    .containsEntry("Größe/°C", 3.0)
                    .containsEntry("user", "u")
                    .containsEntry("table", true)
                    .containsEntry("$1", 4L)
                    .containsEntry("?", 5L)
                    .containsEntry(":from", 6L)
                    .containsEntry("%s{}", 7L)
                    .containsEntry("x_min", 8.0)
                    .containsEntry("Pressure", 9.0)
                    .containsEntry("pressure_2", 10.0)
                    .containsEntry("long", 11.0)
                    .containsEntry("日本語の列", "値");

            String csv = "Zeit punkt,select,xmin,pressure\n2026-03-01T12:00:01Z,c,1.5,2.5\n";
            assertThat(house.workspace
                            .datastore("names")
                            .ingest(Rows.csv(bytes(csv)))
                            .accepted())
                    .isEqualTo(1);
            assertThat(house.rows("names").get(1)).containsEntry("x_min", 1.5).containsEntry("pressure_2", 2.5);
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void nestedObjectsAreFlatAndTheRestIsKept(Backend backend) throws SQLException {
        try (House house = new House(backend, DEEP)) {
            String good =
                    "{\"meta\":{\"at\":\"" + AT + "\",\"device\":{\"id\":\"d1\",\"ip\":\"10.0.0.1\"},\"fw\":\"2.1\"},"
                            + "\"level\":null,\"price\":0.10000000000000000001,\"big\":123456789012345678901234567890,\"choice\":null,"
                            + "\"tags\":[\"a\",\"b\"],\"other\":5}\n";
            String bad =
                    "{\"meta\":{\"at\":\"" + AT + "\",\"device\":{\"id\":\"d2\",\"ip\":\"10.0.0.256\"}},\"level\":-1}\n"
                            + "{\"meta\":{\"at\":\"" + AT + "\",\"device\":{\"id\":\"d3\",\"x\":1}}}\n"
                            + "{\"level\":1}\n"
                            + "{\"meta\":{\"at\":\"" + AT + "\",\"device\":{\"id\":\"d4\"}},\"other\":\"text\"}\n";
            IngestResult in = house.workspace.datastore("readings").ingest(Rows.ndjson(bytes(good + bad)));

            assertThat(in.accepted()).as("%s", in.rejections()).isEqualTo(1);
            assertThat(in.rejections())
                    .extracting(RowRejection::pointer)
                    .containsExactly("/meta/device/ip", "/meta/device/x", "/meta", "/other");
            Map<String, Object> row = house.rows("readings").get(0);
            assertThat(row)
                    .containsEntry("meta_at", Instant.parse(AT))
                    .containsEntry("meta_device_id", "d1")
                    .containsEntry("meta_device_ip", "10.0.0.1")
                    .containsEntry("level", null)
                    .containsEntry("price", new BigDecimal("0.10000000000000000001"))
                    .containsEntry("big", new BigDecimal("123456789012345678901234567890"))
                    .containsEntry("choice", null)
                    .containsEntry("tags", "[\"a\", \"b\"]");
            assertThat(house.text("SELECT _extra::text FROM readings_wid1"))
                    .isEqualTo("{\"meta\": {\"fw\": \"2.1\"}, \"other\": 5}");
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void filesConstantsAndConnectorsFillWhatLiesDeep(Backend backend) {
        try (House house = new House(backend, DEEP)) {
            String csv = "meta_at;meta_device_ip;level;price;big\n2026-03-01 13:00:00;10.0.0.2;1,5;2,50;7\n";
            IngestResult in = house.workspace
                    .datastore("readings")
                    .ingest(
                            Rows.csv(
                                    bytes(csv),
                                    CsvFormat.builder()
                                            .delimiter(';')
                                            .decimalComma()
                                            .zone(java.time.ZoneId.of("Europe/Berlin"))
                                            .build()),
                            IngestOptions.builder()
                                    .constant("meta_device_id", "d9")
                                    .build());
            assertThat(in.accepted()).as("%s", in.rejections()).isEqualTo(1);

            Connector gateway = Connector.define(
                    "gateway",
                    c -> c.push()
                            .into("readings")
                            .map("meta_at", "t")
                            .map("meta_device_id", "who")
                            .map("level", "= l * 2"));
            IngestResult pushed = house.workspace
                    .connector(gateway)
                    .push(Rows.ndjson(bytes("{\"t\":\"2026-03-01T12:00:05Z\",\"who\":\"d8\",\"l\":2}\n")));
            assertThat(pushed.accepted()).as("%s", pushed.rejections()).isEqualTo(1);

            IngestResult coerced = house.workspace
                    .datastore("readings")
                    .ingest(
                            Rows.ndjson(
                                    bytes(
                                            "{\"meta\":{\"at\":\"2026-03-01 12:00:06Z\",\"device\":{\"id\":7}},\"price\":\"1.50\"}\n")));
            assertThat(coerced.accepted()).as("%s", coerced.rejections()).isEqualTo(1);

            assertThat(house.rows("readings"))
                    .extracting(row -> row.get("meta_at") + " " + row.get("meta_device_id") + " " + row.get("level")
                            + " " + row.get("price"))
                    .containsExactly(
                            "2026-03-01T12:00:00Z d9 1.5 2.50",
                            "2026-03-01T12:00:05Z d8 4.0 null",
                            "2026-03-01T12:00:06Z 7 null 1.50");
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void columnsThatCannotBeAreToldTogether(Backend backend) {
        String wrong = DEEP.replace(
                "tags: {",
                "meta_at: { type: string }\n        ctid: { type: number }\n"
                        + "        flat: { type: object, flatten: true }\n        text: { type: string, decimal: true }\n        tags: {");
        assertThatThrownBy(() -> new House(backend, wrong).close())
                .isInstanceOfSatisfying(
                        TemplateInvalidException.class,
                        e -> assertThat(e.problems())
                                .extracting(problem -> problem.pointer())
                                .contains(
                                        "/datastores/readings/schema/properties/meta_at",
                                        "/datastores/readings/schema/properties/flat/flatten",
                                        "/datastores/readings/schema/properties/text/decimal"));
    }
}
