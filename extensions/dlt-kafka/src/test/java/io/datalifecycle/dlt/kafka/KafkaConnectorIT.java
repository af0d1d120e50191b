package io.datalifecycle.dlt.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.datalifecycle.dlt.ConnectorHandle;
import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.language.TemplateReader;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.problem.TemplateInvalidException;
import io.datalifecycle.dlt.spi.ConnectorSource;
import io.datalifecycle.dlt.spi.Quarantine;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.testdb.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each message is stored once, whoever reads it and whatever happens; there is no natural key to help. */
@Timeout(120)
final class KafkaConnectorIT {

    private static final Instant T0 = Instant.parse("2026-03-01T00:00:00Z");
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @TempDir
    static Path directory;

    private static Broker broker;
    private TestDatabase database;
    private Dlt dlt;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = new Broker(directory);
        broker.create("warm-up", 1);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void open() {
        database = TestDatabase.create();
        dlt = node();
    }

    @AfterEach
    void close() {
        dlt.close();
        database.close();
    }

    private Dlt node() {
        return Dlt.builder()
                .storage(PostgresStorage.builder()
                        .appDatabase(database.dataSource())
                        .build())
                .connector(KafkaConnector.cluster("plant", broker.properties())
                        .and(
                                "away",
                                Map.of(
                                        "bootstrap.servers", "127.0.0.1:1",
                                        "default.api.timeout.ms", 1_000,
                                        "request.timeout.ms", 500)))
                .build();
    }

    private static Template template(String more) {
        return TemplateReader.read(text(more)).template();
    }

    private static String text(String more) {
        return """
                dlt: 1
                key: plant
                version: 1.0.0
                parameters: { site: { type: string, required: true } }
                datastores:
                  readings:
                    time: ts
                    on_invalid: quarantine
                    schema:
                      type: object
                      required: [ts, n]
                      additionalProperties: false
                      properties: { ts: { type: string, format: date-time }, n: { type: integer } }
                connectors:
                  elsewhere: { type: kafka, into: datastore:readings, cluster: away, topic: x }
                  sensors: { type: kafka, into: datastore:readings, cluster: plant, topic: "sensors-${param.site}"%s }
                """.formatted(more);
    }

    private Workspace provision(String site, String more) {
        Template template = template(more);
        dlt.templates().publish(template);
        return dlt.workspaces().provision(site, template, w -> w.param("site", site));
    }

    private static String message(int n) {
        return "{\"ts\":\"" + T0.plusMillis(n) + "\",\n \"n\":" + n + "}";
    }

    private static void send(String site, int partitions, int from, int to) {
        try (KafkaProducer<String, String> producer = broker.producer()) {
            for (int n = from; n < to; n++) {
                producer.send(new ProducerRecord<>("sensors-" + site, n % partitions, null, message(n)));
            }
        }
    }

    private static String[] messages(int from, int to) {
        return IntStream.range(from, to).mapToObj(KafkaConnectorIT::message).toArray(String[]::new);
    }

    private String counts() throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT count(*) || ' ' || count(DISTINCT n) FROM readings_wid1")) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void twoNodesShareATopicAndEachMessageIsStoredOnce() throws Exception {
        broker.create("sensors-share", 3);
        Workspace share = provision("share", ", most: 500");
        send("share", 3, 0, 10_000);
        dlt.start();
        await().atMost(LONG).until(() -> share.datastore("readings").count() > 1_000);
        try (Dlt second = node()) {
            second.start();
            send("share", 3, 10_000, 20_000);
            await().atMost(LONG).until(() -> share.datastore("readings").count() > 15_000);
            dlt.stop(); // the other takes its partitions over
            send("share", 3, 20_000, 21_000);
            await().atMost(LONG).until(() -> share.datastore("readings").count() >= 21_000);
        }
        assertThat(counts()).isEqualTo("21000 21000");
        assertThat(share.connector("sensors").status().positions())
                .isEqualTo(Map.of("sensors-share-0", "7000", "sensors-share-1", "7000", "sensors-share-2", "7000"));
    }

    @Test
    void aMessageThatIsNoRowIsQuarantinedWithItsOffsetAndItsNeighboursStored() throws Exception {
        broker.create("sensors-poison", 1);
        Workspace poison = provision("poison", "");
        broker.send(
                "sensors-poison",
                0,
                message(0),
                "{broken",
                null,
                message(3),
                "{\"ts\":\"" + T0 + "\"}",
                "[]",
                message(6));
        ConnectorHandle sensors = poison.connector("sensors");
        assertThat(sensors.lag()).map(ConnectorSource.Lag::waiting).contains(7L);

        IngestResult in = sensors.run(PATIENCE);
        assertThat(in.accepted()).isEqualTo(3);
        assertThat(poison.datastore("readings").quarantine().list(10))
                .extracting(Quarantine.Entry::source, entry -> entry.rejection().line())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("sensors-poison-0@0", 2L),
                        org.assertj.core.groups.Tuple.tuple("sensors-poison-0@0", 5L),
                        org.assertj.core.groups.Tuple.tuple("sensors-poison-0@0", 6L));
        assertThat(sensors.status().positions()).isEqualTo(Map.of("sensors-poison-0", "7"));
        assertThat(sensors.lag()).map(ConnectorSource.Lag::waiting).contains(0L);
        await().atMost(LONG)
                .until(() -> broker.committed("dlt.poison.sensors")
                        .getOrDefault(new TopicPartition("sensors-poison", 0), 0L)
                        .equals(7L));
    }

    @Test
    void readingGoesOnWhereItWasStoredWhateverTheClusterThinks() throws Exception {
        broker.create("sensors-again", 1);
        Workspace again = provision("again", "");
        broker.send("sensors-again", 0, messages(0, 100));
        assertThat(again.connector("sensors").run(PATIENCE).accepted()).isEqualTo(100);
        dlt.close();
        dlt = node(); // a new process
        Workspace reopened = dlt.workspaces().workspace("again");
        broker.send("sensors-again", 0, messages(100, 130));
        assertThat(reopened.connector("sensors").run(PATIENCE).accepted()).isEqualTo(30);
        reopened.connector("sensors").reset();
        assertThat(reopened.connector("sensors").run(PATIENCE).accepted()).isEqualTo(130);
    }

    @Test
    void latestBeginsWithWhatComesAfterTheFirstLook() throws Exception {
        broker.create("sensors-latest", 1);
        Workspace latest = provision("latest", ", start: latest");
        broker.send("sensors-latest", 0, messages(0, 10));
        assertThat(latest.connector("sensors").run(PATIENCE).offered()).isZero();
        latest.connector("sensors").pause(); // the consumer is gone, where it stood is not
        broker.send("sensors-latest", 0, messages(10, 15));
        assertThat(latest.connector("sensors").run(PATIENCE).accepted()).isEqualTo(5);
    }

    @Test
    void messagesThatAreGoneArePassedOver() throws Exception {
        broker.create("sensors-gone", 1);
        Workspace gone = provision("gone", "");
        broker.send("sensors-gone", 0, messages(0, 10));
        assertThat(gone.connector("sensors").run(PATIENCE).accepted()).isEqualTo(10);
        gone.connector("sensors").pause();
        broker.send("sensors-gone", 0, messages(10, 40));
        broker.forget("sensors-gone", 0, 25);
        assertThat(gone.connector("sensors").run(PATIENCE).accepted()).isEqualTo(15);
        assertThat(gone.connector("sensors").status().positions()).isEqualTo(Map.of("sensors-gone-0", "40"));
    }

    @Test
    void whatCannotBeReadSaysWhy() throws Exception {
        Workspace missing = provision("missing", "");
        assertThatThrownBy(() -> missing.connector("sensors").run(PATIENCE))
                .isInstanceOfSatisfying(
                        DltException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.CONNECTOR_FAILED));
        assertThatThrownBy(() -> missing.connector("elsewhere").run(PATIENCE))
                .hasMessageContaining("cluster away: the cluster cannot be read: TimeoutException");
        assertThat(missing.connector("elsewhere").status().lastError()).isPresent();
        assertThatThrownBy(() -> dlt.templates()
                        .publish(TemplateReader.read(text("").replace("cluster: plant", "cluster: plan"))
                                .template()))
                .isInstanceOfSatisfying(
                        TemplateInvalidException.class,
                        e -> assertThat(e.problems())
                                .extracting(problem -> problem.pointer())
                                .containsExactly("/connectors/sensors/cluster"));
    }
}
