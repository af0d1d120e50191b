package io.datalifecycle.dlt.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.datalifecycle.dlt.ConnectorHandle;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.connector.ConnectorStatus;
import io.datalifecycle.dlt.connector.FileConnector;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.language.TemplateReader;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.TemplateInvalidException;
import io.datalifecycle.dlt.template.Connector;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Files and pushed rows come in as the template says, each row once. */
final class ConnectorsIT {

    private static final Instant OLD = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    static Path data;

    @RegisterExtension
    final DltExtension dlt = DltExtension.withTemplate(
                    TemplateReader.read(TEMPLATE).template())
            .with(builder -> builder.connector(FileConnector.below(data)))
            .workspace("north", w -> w.param("inbox", data.resolve("north").toString()))
            .workspace("south", w -> w.param("inbox", data.resolve("south").toString()));

    private static final String TEMPLATE = """
            dlt: 1
            key: plant
            version: 1.0.0
            parameters:
              inbox: { type: string, required: true }
              bias: { type: number, default: 1 }
            datastores:
              readings:
                time: ts
                natural_key: [asset_id, ts]
                on_invalid: quarantine
                schema:
                  type: object
                  required: [ts, asset_id]
                  additionalProperties: false
                  properties:
                    ts: { type: string, format: date-time }
                    asset_id: { type: string }
                    pressure: { type: [number, "null"], unit: bar }
                    temperature: { type: [number, "null"], unit: "°C" }
                    site: { type: string }
              events:
                time: ts
                on_invalid: quarantine
                schema:
                  type: object
                  required: [ts]
                  additionalProperties: false
                  properties: { ts: { type: string, format: date-time }, n: { type: integer } }
            connectors:
              kept: { type: file, into: datastore:events, path: "${param.inbox}/kept/*.ndjson" }
              moved:
                type: file
                into: datastore:readings
                path: "${param.inbox}/moved/**.csv"
                csv: { delimiter: ";", decimal_comma: true, zone: Europe/Berlin }
                then: move
                map: { ts: datetime, pressure: Pressure, temperature: "= (t_f - 32) / 1.8 + param.bias - 1", site: Site }
                units: { pressure: psi }
                constants: { asset_id: P-101 }
              renamed:
                type: file
                into: datastore:readings
                path: "${param.inbox}/renamed/*.csv.gz"
                then: delete
                map: { ts: when, asset_id: pump }
              gateway:
                type: push
                into: datastore:readings
                explode: /readings
                map: { ts: ./t, asset_id: /device/id, pressure: "= p * 2", temperature: "= index", site: name }
              numbers: { type: push, into: datastore:events, explode: /n, map: { ts: /ts, n: . } }
            """;

    @BeforeEach
    void emptyDirectories() throws IOException {
        for (String workspace : List.of("north", "south")) {
            for (String name : List.of("kept", "moved", "renamed")) {
                Path directory = data.resolve(workspace).resolve(name);
                Files.createDirectories(directory);
                try (var files = Files.walk(directory)) {
                    for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                        Files.delete(file);
                    }
                }
            }
        }
    }

    private static Path file(String path, String text) throws IOException {
        return file(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Path file(String path, byte[] bytes) throws IOException {
        Path file = data.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
        Files.setLastModifiedTime(file, FileTime.from(OLD));
        return file;
    }

    private static String events(int from, int to) {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i < to; i++) {
            lines.append("{\"ts\":\"")
                    .append(OLD.plusSeconds(i))
                    .append("\",\"n\":")
                    .append(i)
                    .append("}\n");
        }
        return lines.toString();
    }

    private static Rows json(String text) {
        return Rows.json(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Map<String, Object>> rows(Workspace workspace, String store) {
        List<Map<String, Object>> rows = new ArrayList<>();
        workspace
                .datastore(store)
                .extent()
                .ifPresent(range -> workspace.datastore(store).rows(range, batch -> {
                    for (int i = 0; i < batch.size(); i++) {
                        rows.add(new TreeMap<>(batch.row(i)));
                    }
                }));
        return rows;
    }

    @Test
    void aKeptFileIsReadOnceAndAChangedOneAgain(Workspace north) throws IOException {
        file("north/kept/a.ndjson", events(0, 10));
        file("north/kept/b.ndjson", events(10, 15));
        assertThat(north.connector("kept").run().accepted()).isEqualTo(15);
        assertThat(north.connector("kept").run().offered()).isZero();
        file("north/kept/c.ndjson", events(20, 22));
        assertThat(north.connector("kept").run().accepted()).isEqualTo(2);
        file("north/kept/a.ndjson", events(30, 41));
        assertThat(north.connector("kept").run().accepted()).isEqualTo(11);
        assertThat(north.datastore("events").count()).isEqualTo(28);
    }

    @Test
    void eachWorkspaceReadsItsOwnFilesIntoItsOwnTables(Workspace north, Workspace south) throws IOException {
        file("north/kept/a.ndjson", events(0, 3));
        file("south/kept/a.ndjson", events(0, 5));
        north.connector("kept").run();
        south.connector("kept").run();
        assertThat(north.datastore("events").count()).isEqualTo(3);
        assertThat(south.datastore("events").count()).isEqualTo(5);
    }

    @Test
    void aFileIsMappedConvertedAndMovedAway(Workspace north) throws IOException {
        Path csv = file("north/moved/deep/run 1.csv", """
                datetime;Pressure;t_f;Site;noise
                2026-01-05 12:00:00;14,5;212;A;x
                2026-01-05 12:00:01;;32,0;B;
                yesterday;1;1;C;
                2026-01-05 12:00:02;29;n/a;D;
                """);
        IngestResult in = north.connector("moved").run();
        assertThat(in.offered()).isEqualTo(4);
        assertThat(in.accepted()).isEqualTo(2);
        assertThat(in.rejections()).extracting(rejection -> rejection.pointer()).containsExactly("/ts", "/temperature");
        assertThat(csv).doesNotExist();
        assertThat(data.resolve("north/moved/done/deep/run 1.csv")).exists();
        List<Map<String, Object>> rows = rows(north, "readings");
        assertThat(rows.get(0))
                .containsEntry("ts", Instant.parse("2026-01-05T11:00:00Z"))
                .containsEntry("asset_id", "P-101");
        assertThat((Double) rows.get(0).get("pressure")).isCloseTo(0.99973978, within(1e-7));
        assertThat((Double) rows.get(0).get("temperature")).isCloseTo(100, within(1e-9));
        assertThat(rows.get(1)).containsEntry("pressure", null).containsEntry("temperature", 0.0);
        assertThat(north.datastore("readings").quarantine().countByReason())
                .containsOnlyKeys("/ts format", "/temperature mapping");
    }

    @Test
    void aFileWithOnlyOtherNamesIsReadStraightAndDeleted(Workspace north) throws IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write("when,pump,pressure\n2026-01-05T12:00:00Z,P-1,2.5\n".getBytes(StandardCharsets.UTF_8));
        }
        Path file = file("north/renamed/x.csv.gz", bytes.toByteArray());
        assertThat(north.connector("renamed").run().accepted()).isEqualTo(1);
        assertThat(file).doesNotExist();
        assertThat(rows(north, "readings").get(0))
                .containsEntry("pressure", 2.5)
                .containsEntry("asset_id", "P-1");
    }

    @Test
    void aBrokenFileGivesWhatWasGoodAndIsPutAsideWithItsReason(Workspace north) throws IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(bytes)) {
            StringBuilder text = new StringBuilder("when,pump,pressure\n");
            for (int i = 0; i < 20_000; i++) {
                text.append(OLD.plusSeconds(i))
                        .append(",P-")
                        .append(i * 7919 % 1000)
                        .append(",2.5\n");
            }
            zip.write(text.toString().getBytes(StandardCharsets.UTF_8));
        }
        byte[] cut = java.util.Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2);
        file("north/renamed/x.csv.gz", cut);
        file("north/renamed/y.csv.gz", bytes.toByteArray());
        IngestResult in = north.connector("renamed").run();
        assertThat(in.accepted()).isEqualTo(20_000); // the good part of one and all of the other, by natural key
        assertThat(in.duplicate()).isPositive();
        assertThat(data.resolve("north/renamed/failed/x.csv.gz")).exists();
        assertThat(data.resolve("north/renamed/failed/x.csv.gz.reason.txt"))
                .content()
                .contains("broke after line");
        assertThat(data.resolve("north/renamed/y.csv.gz")).doesNotExist();
        assertThat(north.connector("renamed").run().offered()).isZero();
    }

    @Test
    void aFileStillBeingWrittenWaits(Workspace north) throws IOException {
        Path file = file("north/kept/a.ndjson", events(0, 3));
        Files.setLastModifiedTime(file, FileTime.from(dlt.now()));
        file("north/kept/b.ndjson.part", events(0, 3));
        assertThat(north.connector("kept").run().offered()).isZero();
        dlt.advance(Duration.ofSeconds(15));
        assertThat(north.datastore("events").count())
                .as("the schedule has read it")
                .isEqualTo(3);
    }

    @Test
    void whatATemplateMayReachIsTheHostsToSay(Workspace north) throws IOException {
        Path secret = Files.createTempDirectory("secret");
        Files.writeString(secret.resolve("a.ndjson"), events(0, 3));
        Files.createSymbolicLink(data.resolve("north/kept/link.ndjson"), secret.resolve("a.ndjson"));
        assertThat(north.connector("kept").run().offered())
                .as("links lead nowhere")
                .isZero();
        for (String path : List.of(secret + "/*.ndjson", data + "/../*.ndjson", data + "/north/../../*.ndjson")) {
            ConnectorHandle spy =
                    north.connector(Connector.define("spy", c -> c.file(path).into("events")));
            assertThatThrownBy(spy::run).isInstanceOf(DltException.class).hasMessageContaining("DLT-3012");
        }
        assertThat(north.datastore("events").count()).isZero();
    }

    @Test
    void pausedConnectorsAreLeftAloneAndGoOnWhereTheyStood(Workspace north) throws IOException {
        ConnectorHandle kept = north.connector("kept");
        file("north/kept/a.ndjson", events(0, 3));
        dlt.advance(Duration.ofSeconds(30));
        assertThat(kept.status().accepted()).isEqualTo(3);
        kept.pause();
        file("north/kept/b.ndjson", events(3, 7));
        dlt.advance(Duration.ofSeconds(30));
        assertThat(kept.status().state()).isEqualTo(ConnectorStatus.State.PAUSED);
        assertThat(kept.lag().orElseThrow().waiting()).isEqualTo(1);
        assertThat(north.datastore("events").count()).isEqualTo(3);
        kept.resume();
        dlt.advance(Duration.ofSeconds(30));
        assertThat(north.datastore("events").count()).isEqualTo(7);
        kept.reset();
        assertThat(kept.status().positions()).isEmpty();
        assertThat(kept.run().offered()).isEqualTo(7);
    }

    @Test
    void aFailureIsToldAndForgottenWhenItEnds(Workspace north) throws IOException {
        ConnectorHandle spy = north.connector(
                Connector.define("later", c -> c.file(data + "/later/*.ndjson").into("events")));
        assertThatThrownBy(spy::run).hasMessageContaining("there is no directory");
        assertThat(spy.status().state()).isEqualTo(ConnectorStatus.State.FAILING);
        assertThat(spy.status().lastError().orElseThrow()).contains("there is no directory");
        Files.createDirectories(data.resolve("later"));
        spy.run();
        assertThat(spy.status().state()).isEqualTo(ConnectorStatus.State.ACTIVE);
    }

    @Test
    void pushedRecordsAreExplodedAndAMessageCountsOnce(Workspace north) {
        String message = """
                {"device": {"id": "P-7"}, "name": "hall",
                 "readings": [{"t": "2026-01-05T12:00:00Z", "p": 1.5}, {"t": "2026-01-05T12:00:01Z", "p": "wet"}, {"t": "2026-01-05T12:00:02Z"}]}
                """;
        IngestResult in = north.connector("gateway").push("m-1", json(message));
        assertThat(in.accepted()).isEqualTo(2);
        assertThat(in.rejections()).singleElement().satisfies(rejection -> {
            assertThat(rejection.pointer()).isEqualTo("/pressure");
            assertThat(rejection.payload()).contains("wet");
        });
        assertThat(rows(north, "readings").get(0))
                .containsEntry("asset_id", "P-7")
                .containsEntry("pressure", 3.0)
                .containsEntry("temperature", 0.0)
                .containsEntry("site", "hall");
        assertThat(rows(north, "readings").get(1))
                .containsEntry("pressure", null)
                .containsEntry("temperature", 2.0);

        String list = "{\"ts\": \"2026-01-05T12:00:00Z\", \"n\": [1, 2, 3]}";
        assertThat(north.connector("numbers").push("n-1", json(list)).accepted())
                .isEqualTo(3);
        assertThat(north.connector("numbers").push("n-1", json(list)).duplicate())
                .isEqualTo(3);
        assertThat(rows(north, "events")).extracting(row -> row.get("n")).containsExactlyInAnyOrder(1L, 2L, 3L);
        assertThat(north.connector("numbers")
                        .push(json("{\"ts\": \"2026-01-05T12:00:00Z\"}"))
                        .rejections())
                .singleElement()
                .satisfies(rejection -> assertThat(rejection.reason()).contains("no array at /n"));
    }

    @Test
    void whatIsWrongWithConnectorsIsToldTogether() {
        String broken = TEMPLATE.replace("version: 1.0.0", "version: 1.0.1")
                .replace("units: { pressure: psi }", "units: { pressure: kg, temperature: psj, site: m }")
                .replace("then: move", "then: shred")
                .replace("then: delete", "then: delete\n    wen: x")
                .replace("type: push, into: datastore:events", "type: pigeon, into: datastore:events")
                .replace("temperature: \"= index\"", "temperature: \"= index +\"")
                .replace("constants: { asset_id: P-101 }", "constants: { asset: P-101 }");
        assertThatThrownBy(() -> dlt.dlt().templates().publish(broken))
                .isInstanceOfSatisfying(
                        TemplateInvalidException.class,
                        e -> assertThat(e.problems())
                                .extracting(Problem::pointer)
                                .contains(
                                        "/connectors/moved/units/pressure",
                                        "/connectors/moved/units/temperature",
                                        "/connectors/moved/units/site",
                                        "/connectors/moved/constants/asset",
                                        "/connectors/gateway/map/temperature"));
        String options = TEMPLATE.replace("version: 1.0.0", "version: 1.0.1")
                .replace("then: move", "then: shred")
                .replace("then: delete", "then: delete\n    wen: x")
                .replace("type: push, into: datastore:events", "type: pigeon, into: datastore:events");
        assertThatThrownBy(() -> dlt.dlt().templates().publish(options))
                .isInstanceOfSatisfying(
                        TemplateInvalidException.class,
                        e -> assertThat(e.problems())
                                .extracting(Problem::pointer)
                                .contains(
                                        "/connectors/moved/then",
                                        "/connectors/renamed/wen",
                                        "/connectors/numbers/type"));
    }

    @Test
    void deletingAWorkspaceForgetsItsConnectors(Workspace north) throws IOException {
        file("north/kept/a.ndjson", events(0, 3));
        north.connector("kept").run();
        dlt.dlt().workspaces().delete("north");
        assertThat(dlt.dlt().workspaces().residue(north.id())).isEmpty();
    }
}
