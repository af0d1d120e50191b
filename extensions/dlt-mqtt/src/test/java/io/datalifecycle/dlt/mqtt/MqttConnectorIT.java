package io.datalifecycle.dlt.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.ConnectorHandle;
import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.connector.ConnectorStatus;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.language.TemplateReader;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.ConnectorSource;
import io.datalifecycle.dlt.spi.ConnectorType;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.template.Connector;
import io.datalifecycle.dlt.test.DltExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of a real broker come in, none is lost, whatever ends in between. */
final class MqttConnectorIT {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private static final String TEMPLATE = """
            dlt: 1
            key: plant
            version: 1.0.0
            parameters:
              site: { type: string, required: true }
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
                    site: { type: string }
                    pressure: { type: [number, "null"] }
            connectors:
              v3: { type: mqtt, into: datastore:readings, broker: old, topic: "site/${param.site}/{asset_id}/telemetry" }
              v5: { type: mqtt, into: datastore:readings, broker: new, topic: "site/${param.site}/{asset_id}/telemetry" }
            """;

    @TempDir
    static Path directory;

    private static Mosquitto mosquitto;

    /** Has no bound of what it sends unacknowledged. */
    private static Mosquitto flood;

    /** Ends what the connector does at chosen moments. */
    private final Faults faults = new Faults();

    @RegisterExtension
    final DltExtension dlt = DltExtension.withTemplate(
                    TemplateReader.read(TEMPLATE).template())
            .startingAt(START)
            .with(builder -> builder.connector(faults));

    @BeforeAll
    static void startBroker() throws IOException {
        mosquitto = new Mosquitto(Files.createDirectory(directory.resolve("usual")));
        flood = new Mosquitto(Files.createDirectory(directory.resolve("flood")), "max_inflight_messages 0");
    }

    @AfterAll
    static void stopBroker() throws InterruptedException {
        if (mosquitto != null) {
            mosquitto.close();
            flood.close();
        }
    }

    private static final class Faults implements ConnectorType {

        private final MqttConnector real = MqttConnector.broker(
                        "old", b -> b.host("127.0.0.1").port(mosquitto.port()).topics("site/{workspace}/#", "free/#"))
                .and(
                        "new",
                        b -> b.host("127.0.0.1")
                                .port(mosquitto.port())
                                .version5()
                                .topics("site/{workspace}/#", "free/#"))
                .and("flood3", b -> b.host("127.0.0.1").port(flood.port()).buffer(5_000))
                .and(
                        "flood5",
                        b -> b.host("127.0.0.1").port(flood.port()).version5().buffer(5_000))
                .and(
                        "asked5",
                        b -> b.host("127.0.0.1").port(flood.port()).version5().receiveMaximum(100));
        private Runnable instead = () -> {
            throw new DltException(ProblemCode.CONNECTOR_FAILED, "ended by the test");
        };
        private final AtomicInteger beforeCommit = new AtomicInteger(-1);
        private final AtomicInteger beforeAcknowledgement = new AtomicInteger(-1);

        @Override
        public String type() {
            return real.type();
        }

        @Override
        public List<Problem> check(Map<String, Object> options) {
            return real.check(options);
        }

        @Override
        public ConnectorSource open(Opening opening) {
            ConnectorSource source = real.open(opening);
            return new ConnectorSource() {
                @Override
                public Optional<Piece> poll(Positions positions, Duration patience) {
                    Optional<Piece> piece = source.poll(positions, patience);
                    end(beforeCommit);
                    return piece;
                }

                @Override
                public void settled(Piece piece, Outcome outcome) {
                    end(beforeAcknowledgement);
                    source.settled(piece, outcome);
                }

                @Override
                public Optional<Lag> lag(Positions positions) {
                    return source.lag(positions);
                }

                @Override
                public void close() {
                    source.close();
                }
            };
        }

        private void end(AtomicInteger countdown) {
            if (countdown.getAndDecrement() == 0) {
                instead.run();
            }
        }
    }

    private static void publish(String site, int from, int to) {
        publish(mosquitto, site, from, to);
    }

    private static void publish(Mosquitto to, String site, int first, int end) {
        List<String> topics = IntStream.range(first, end)
                .mapToObj(i -> "site/" + site + "/P-" + i % 7 + "/telemetry")
                .toList();
        List<String> payloads = IntStream.range(first, end)
                .mapToObj(i -> "{\"ts\": \"" + START.plusMillis(i) + "\",\n \"pressure\": " + i + ".5}")
                .toList();
        to.publish(false, topics, payloads);
    }

    private static List<Map<String, Object>> rows(Workspace workspace) {
        List<Map<String, Object>> rows = new ArrayList<>();
        workspace
                .datastore("readings")
                .extent()
                .ifPresent(range -> workspace.datastore("readings").rows(range, batch -> {
                    for (int i = 0; i < batch.size(); i++) {
                        rows.add(new TreeMap<>(batch.row(i)));
                    }
                }));
        return rows;
    }

    /** Rows 0 to count are in, each once, in the order of their times. */
    private static void all(Workspace workspace, int count) {
        List<Map<String, Object>> rows = rows(workspace);
        List<Integer> wrong = IntStream.range(0, count)
                .filter(i -> i >= rows.size() || !isRow(rows.get(i), i))
                .boxed()
                .toList();
        assertThat(rows.size()).isEqualTo(count);
        assertThat(wrong).isEmpty();
    }

    private static boolean isRow(Map<String, Object> row, int i) {
        return START.plusMillis(i).equals(row.get("ts"))
                && Double.valueOf(i + 0.5).equals(row.get("pressure"))
                && ("P-" + i % 7).equals(row.get("asset_id"));
    }

    @ParameterizedTest
    @CsvSource({"v3, 1", "v3, 2", "v5, 1", "v5, 2"})
    void twoThousandMessagesThatCameWhileNobodyReadComeInOnce(String version, int qos) {
        String site = version + qos;
        Workspace workspace = dlt.provision(site);
        Connector connector = Connector.define(
                "all",
                c -> c.type("mqtt")
                        .into("readings")
                        .option("broker", version.equals("v3") ? "old" : "new")
                        .option("topic", "site/${param.site}/{asset_id}/telemetry")
                        .option("qos", qos));
        assertThat(workspace.connector(connector).run().offered()).isZero(); // subscribes
        publish(site, 0, 2_000);
        IngestResult in = workspace.connector(connector).run();
        assertThat(in.accepted()).isEqualTo(2_000);
        assertThat(in.duplicate()).isZero();
        all(workspace, 2_000);
        assertThat(workspace.connector(connector).run().offered()).isZero();
        assertThat(workspace.connector(connector).status().positions().get(""))
                .contains("\"messages\":2000")
                .contains("site/" + site + "/+/telemetry");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v3", "v5"})
    void aBrokerThatIsAwayIsToldAndItsReturnLosesNothing(String version) throws InterruptedException {
        Workspace workspace = dlt.provision("restart-" + version);
        String key = workspace.key();
        workspace.connector(version).run();
        publish(key, 0, 500);
        faults.beforeCommit.set(0);
        assertThatThrownBy(() -> workspace.connector(version).run()).hasMessageContaining("ended by the test");
        assertThat(workspace.datastore("readings").count()).isZero();
        mosquitto.stop();
        try {
            assertThatThrownBy(() -> workspace.connector(version).run())
                    .isInstanceOf(DltException.class)
                    .hasMessageContaining("DLT-3012")
                    .hasMessageContaining("127.0.0.1:" + mosquitto.port());
            assertThat(workspace.connector(version).status().state()).isEqualTo(ConnectorStatus.State.FAILING);
        } finally {
            mosquitto.start();
        }
        publish(key, 500, 1_000);
        assertThat(workspace.connector(version).run().accepted()).isEqualTo(1_000);
        mosquitto.stop(); // while the connection is open and idle
        mosquitto.start();
        publish(key, 1_000, 1_500);
        assertThat(workspace.connector(version).run().accepted()).isEqualTo(500);
        all(workspace, 1_500);
        assertThat(workspace.connector(version).status().state()).isEqualTo(ConnectorStatus.State.ACTIVE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v3", "v5"})
    void anEndBetweenReceivingCommittingAndAcknowledgingLosesNothing(String version) {
        Workspace workspace = dlt.provision("ends-" + version);
        Connector small = Connector.define(
                "small",
                c -> c.type("mqtt")
                        .into("readings")
                        .option("broker", version.equals("v3") ? "old" : "new")
                        .option("topic", "site/" + workspace.key() + "/{asset_id}/telemetry")
                        .option("most", 50));
        workspace.connector(small).run();
        publish(workspace.key(), 0, 500);
        faults.beforeCommit.set(3);
        assertThatThrownBy(() -> workspace.connector(small).run()).hasMessageContaining("ended by the test");
        assertThat(workspace.datastore("readings").count()).isBetween(1L, 150L);
        faults.beforeAcknowledgement.set(1);
        assertThatThrownBy(() -> workspace.connector(small).run()).hasMessageContaining("ended by the test");
        IngestResult rest = workspace.connector(small).run();
        assertThat(rest.duplicate())
                .as("what was in but not acknowledged comes again")
                .isPositive();
        all(workspace, 500);
        assertThat(workspace.connector(small).run().offered()).isZero();
    }

    @Test
    void aDltThatIsClosedBetweenReceivingAndCommittingLosesNothing() {
        Workspace workspace = dlt.provision("closed");
        Connector small = Connector.define(
                "small",
                c -> c.type("mqtt")
                        .into("readings")
                        .option("broker", "new")
                        .option("topic", "site/closed/{asset_id}/telemetry")
                        .option("most", 50));
        workspace.connector(small).run();
        publish("closed", 0, 300);
        Faults closing = new Faults();
        try (Dlt other = Dlt.builder()
                .clock(() -> START)
                .storage(PostgresStorage.builder()
                        .appDatabase(dlt.database().dataSource())
                        .clock(() -> START)
                        .build())
                .connector(closing)
                .build()) {
            closing.beforeCommit.set(2);
            closing.instead = other::close;
            ConnectorHandle there = other.workspaces().workspace("closed").connector(small);
            try {
                there.run();
            } catch (DltException e) {
                assertThat(e).hasMessageContaining("DLT-");
            }
        }
        assertThat(workspace.datastore("readings").count()).isLessThan(300);
        workspace.connector(small).run();
        all(workspace, 300);
    }

    @Test
    void poisonIsRefusedWithItsTopicAndItsNeighboursAreStored(Workspace poison) {
        poison.connector("v5").run();
        String topic = "site/poison/P-1/telemetry";
        List<String> payloads = new ArrayList<>();
        List<String> bad = List.of(
                "hello",
                "",
                "{\"ts\": \"2026-03-01T00:00:00Z\", \"pres",
                "{} {}",
                "{\"a\":\"x\ny\"}",
                "[1, 2",
                "{\"a\":1e99999999999}",
                "\0\1");
        for (int i = 0; i < bad.size(); i++) {
            payloads.add(bad.get(i));
            payloads.add("{\"ts\": \"" + START.plusSeconds(i) + "\", \"asset_id\": \"another\", \"pressure\": 1}");
        }
        payloads.add("{\"ts\": \"2026-03-01T01:00:00Z\", \"pressure\": \"wet\"}");
        payloads.add("[{\"ts\": \"2026-03-01T02:00:00Z\"}, 5, {\"ts\": \"2026-03-01T02:00:01Z\"}]");
        mosquitto.publish(false, payloads.stream().map(p -> topic).toList(), payloads);
        IngestResult in = poison.connector("v5").run();
        assertThat(in.accepted()).isEqualTo(bad.size() + 2);
        assertThat(in.rejected()).isEqualTo(bad.size() + 2);
        assertThat(rows(poison))
                .allSatisfy(row ->
                        assertThat(row).as("what the topic says prevails").containsEntry("asset_id", "P-1"));
        assertThat(poison.datastore("readings").quarantine().list(100))
                .filteredOn(entry -> entry.rejection().payload().contains("_topic"))
                .hasSize(bad.size())
                .allSatisfy(entry -> assertThat(entry.rejection().payload()).contains(topic));
        assertThat(poison.connector("v5").run().offered()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"old", "new"})
    void retainedMessagesAreReadWhenAskedForAndOnlyOnce(String broker) {
        Workspace workspace = dlt.provision("kept-" + broker);
        String topic = "site/" + workspace.key() + "/P-9/state";
        mosquitto.publish(true, List.of(topic), List.of("ON"));
        Connector without = Connector.define(
                "without",
                c -> c.type("mqtt")
                        .into("readings")
                        .option("broker", broker)
                        .option("topic", "site/" + workspace.key() + "/{asset_id}/state")
                        .option("format", "text")
                        .option("received_as", "ts")
                        .option("topic_as", "site")
                        .map("pressure", "= value == 'ON' ? 1 : 0"));
        assertThat(workspace.connector(without).run().offered()).isZero();
        mosquitto.publish(false, List.of(topic), List.of("ON"));
        assertThat(workspace.connector(without).run().accepted()).isEqualTo(1);
        assertThat(rows(workspace))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("pressure", 1.0)
                        .containsEntry("ts", START)
                        .containsEntry("site", topic)
                        .containsEntry("asset_id", "P-9"));
        Connector with = Connector.define(
                "with",
                c -> c.type("mqtt")
                        .into("readings")
                        .option("broker", broker)
                        .option("topic", "site/" + workspace.key() + "/{asset_id}/state")
                        .option("format", "text")
                        .option("retained", true)
                        .option("received_as", "ts"));
        assertThat(workspace.connector(with).run().offered()).isEqualTo(1);
        assertThat(workspace.connector(with).run().offered()).isZero();
        faults.beforeCommit.set(0);
        assertThatThrownBy(() -> workspace.connector(with).run()).hasMessageContaining("ended by the test");
        assertThat(workspace.connector(with).run().offered())
                .as("after another connection")
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"flood3", "flood5", "asked5"})
    void moreThanMayWaitIsHeldBackInOrder(String broker) {
        Workspace workspace = dlt.provision(broker);
        Connector small = Connector.define(
                "few",
                c -> c.type("mqtt")
                        .into("readings")
                        .option("broker", broker)
                        .option("topic", "site/" + workspace.key() + "/{asset_id}/telemetry")
                        .option("most", 100));
        workspace.connector(small).run();
        publish(flood, workspace.key(), 0, 450);
        assertThat(workspace.connector(small).run().accepted()).isEqualTo(450);
        all(workspace, 450);
    }

    @Test
    void changedTopicsAreTakenBack(Workspace north) {
        mosquitto.publish(false, List.of("free/x"), List.of("{}"));
        for (String topic : List.of("free/a/{asset_id}", "free/b/{asset_id}")) {
            Connector connector = Connector.define(
                    "changing",
                    c -> c.type("mqtt")
                            .into("readings")
                            .option("broker", "old")
                            .option("topic", topic)
                            .option("format", "text")
                            .option("received_as", "ts")
                            .map("site", "value"));
            north.connector(connector).run();
            mosquitto.publish(false, List.of("free/a/P-1", "free/b/P-2"), List.of("1", "2"));
            assertThat(north.connector(connector).run().accepted()).isEqualTo(1);
        }
        assertThat(rows(north)).extracting(row -> row.get("asset_id")).containsExactlyInAnyOrder("P-1", "P-2");
    }

    @Test
    void aWorkspaceReadsItsOwnTopicsAndItsOwnSession(Workspace north, Workspace south) {
        north.connector("v5").run();
        south.connector("v5").run();
        publish("north", 0, 20);
        assertThat(south.connector("v5").run().offered()).isZero();
        assertThat(north.connector("v5").run().accepted()).isEqualTo(20);
        Connector spy = Connector.define(
                "spy",
                c -> c.type("mqtt").into("readings").option("broker", "new").option("topic", "site/north/#"));
        assertThatThrownBy(() -> south.connector(spy).run()).hasMessageContaining("not open to this workspace");
        Connector thief = Connector.define(
                "thief",
                c -> c.type("mqtt")
                        .into("readings")
                        .option("broker", "new")
                        .option("client_id", "dlt-north-v5")
                        .option("topic", "site/south/#"));
        assertThatThrownBy(() -> south.connector(thief).run()).hasMessageContaining("used by another connector");
    }

    @Test
    void theScheduleReadsToo(Workspace north) {
        dlt.advance(Duration.ofSeconds(15));
        publish("north", 0, 30);
        dlt.advance(Duration.ofSeconds(15));
        all(north, 30);
    }

    @Test
    void whatIsWrongWithOptionsIsToldTogether() {
        assertThat(faults.check(Map.of(
                        "broker",
                        "nwe",
                        "topic",
                        List.of("a/#/b", "a/${param.site}"),
                        "qos",
                        0,
                        "fromat",
                        "json",
                        "session",
                        "PT0S")))
                .extracting(Problem::pointer)
                .containsExactlyInAnyOrder("/topic", "/qos", "/session", "/broker", "/fromat");
        assertThat(faults.check(Map.of("broker", "new")))
                .extracting(Problem::message)
                .containsExactly("topic is missing");
    }
}
