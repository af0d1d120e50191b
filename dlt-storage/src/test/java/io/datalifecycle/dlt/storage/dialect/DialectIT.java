package io.datalifecycle.dlt.storage.dialect;

import static io.datalifecycle.dlt.storage.TestStorage.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.storage.TestStorage;
import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the two dialects have in common, and what only one of them can. */
class DialectIT {

    private static final String BACKENDS = "io.datalifecycle.dlt.testdb.TestDatabase#backends";
    private static final Instant T0 = Instant.parse("2026-02-03T04:05:06Z");

    private static final Template TEMPLATE = Template.define(
            "dialects",
            "1.0.0",
            t -> t.datastore(
                    "raw",
                    d -> d.time("ts")
                            .naturalKey("asset", "ts")
                            .field("ts", Field.timestamp().required())
                            .field("asset", Field.text().required())
                            .field("value", Field.number())
                            .rate(100)
                            .retention(Period.ofDays(30))
                            .compressAfter(Period.ofDays(2))));

    private static final Datastore RAW = TEMPLATE.datastores().get(0);

    private static List<Object> reading(Instant at) {
        return List.of(at, "p1", 1.5);
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void aDatabaseTellsWhatItCan(Backend backend) throws SQLException {
        try (TestStorage t = new TestStorage(backend);
                Connection connection = t.database.dataSource().getConnection()) {
            Capabilities can = database(t).capabilities();
            String version = t.texts("SHOW server_version_num").get(0);
            assertThat(can.server()).isEqualTo(Integer.parseInt(version));
            assertThat(can.hypertables()).isEqualTo(backend == Backend.TIMESCALE);
            assertThat(List.of(can.license()))
                    .isEqualTo(backend == Backend.TIMESCALE ? t.texts("SHOW timescaledb.license") : List.of(""));
            t.storage.provisioner().provision(TestStorage.context(TEMPLATE, 1, ZoneOffset.UTC));
            assertThat(table(t).isPartitioned(connection)).isEqualTo(backend == Backend.PLAIN);
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void aKeyThatMayBeNullIsKeptUniqueOrRefused(Backend backend) {
        Template template = Template.define("nullable", "1.0.0", t -> {
            t.datastore(
                    "raw",
                    d -> d.time("ts").field("ts", Field.timestamp().required()).field("asset", Field.text()));
            t.featurestore(
                    "hourly",
                    f -> f.rollup(
                            "datastore:raw",
                            r -> r.every(Duration.ofHours(1)).by("asset").column("n", Aggregate.count())));
        });
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = TestStorage.context(template, 1, ZoneOffset.UTC);
            if (database(t).capabilities().nullsNotDistinct()) {
                t.storage.provisioner().provision(w);
                assertThat(t.texts("SELECT indexdef FROM pg_indexes WHERE tablename = 'hourly_wid1'"))
                        .singleElement()
                        .asString()
                        .endsWith("NULLS NOT DISTINCT");
            } else {
                assertThatThrownBy(() -> t.storage.provisioner().provision(w))
                        .hasMessageContaining("featurestore:hourly: its key has columns that may be null, [asset]")
                        .hasMessageContaining("use PostgreSQL 15 or newer");
                assertThat(t.storage.provisioner().residue(w.id(), "main")).isEmpty();
            }
        }
    }

    /** Chunks of a day, by the rate. Early and late rows find or make theirs; retention takes whole ones, on another schema than public too. */
    @ParameterizedTest
    @MethodSource(BACKENDS)
    void spansComeAheadAndForLateRowsAndGoWithRetentionInAnySchema(Backend backend) {
        try (TestStorage t = new TestStorage(backend);
                PostgresStorage storage = PostgresStorage.builder()
                        .appDatabase(t.database.dataSource())
                        .schema("plant \"A\"")
                        .clock(InstantSource.fixed(T0))
                        .build()) {
            t.execute("CREATE SCHEMA \"plant \"\"A\"\"\"");
            storage.open();
            WorkspaceContext w = TestStorage.context(TEMPLATE, 1, ZoneOffset.UTC);
            storage.provisioner().provision(w);
            assertThat(storage.provisioner().maintain(w, T0)).isEmpty();
            List<Instant> days = List.of(
                    T0,
                    T0.plus(Duration.ofDays(2)), // ahead
                    T0.plus(Duration.ofDays(400)), // early
                    T0.minus(Duration.ofDays(29)), // late
                    T0.minus(Duration.ofDays(32)), // past retention
                    Instant.parse("1969-12-31T23:59:59.999999Z")); // before the origin of spans
            storage.rows()
                    .write(write(w, RAW, days.stream().map(DialectIT::reading).toList()));
            String stored = "SELECT count(*) FROM \"plant \"\"A\"\"\".raw_wid1";
            assertThat(t.texts(stored)).containsExactly("6");

            assertThat(storage.provisioner().maintain(w, T0)).hasSize(2);
            assertThat(t.texts(stored)).containsExactly("4");
            assertThat(storage.rows()
                            .write(write(w, RAW, List.of(reading(days.get(5)), reading(days.get(0)))))
                            .accepted())
                    .isEqualTo(1); // its span is made again, the other row is known
            assertThat(storage.provisioner().maintain(w, T0)).hasSize(1);
            assertThat(t.texts(stored)).containsExactly("4");
            storage.provisioner().drop(w);
            assertThat(storage.provisioner().residue(w.id(), "main")).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void whereNothingCanBeCompressedThatIsToldOnceAndRowsStayAsTheyAre(Backend backend) {
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext one = t.provision(TEMPLATE, 1, ZoneOffset.UTC);
            WorkspaceContext two = t.provision(TEMPLATE, 2, ZoneOffset.UTC);
            if (database(t).capabilities().compression()) {
                return; // a server under the license timescale: it does compress
            }
            t.storage.rows().write(write(one, RAW, List.of(reading(T0.minus(Duration.ofDays(9))), reading(T0))));
            List<List<Object>> before = List.copyOf(t.rows(one, RAW));

            String log = errorsOf(() -> {
                t.storage.provisioner().maintain(one, T0);
                t.storage.provisioner().maintain(one, T0);
                t.storage.provisioner().maintain(two, T0);
            });

            assertThat(log).containsOnlyOnce("datastore raw: compress_after does nothing in database ");
            assertThat(t.rows(one, RAW)).isEqualTo(before);
        }
    }

    /** Names of options and columns are looked at before the license is, so a statement that gets as far as that is well-formed. */
    @Test
    @EnabledIf("io.datalifecycle.dlt.testdb.TestDatabase#timescaleAvailable")
    void theApacheEditionRefusesCompressionForItsLicenseOnly() throws SQLException {
        try (TestStorage t = new TestStorage(Backend.TIMESCALE);
                Connection connection = t.database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            WorkspaceContext w = t.provision(TEMPLATE, 1, ZoneOffset.UTC);
            if (database(t).capabilities().compression()) {
                return;
            }
            t.storage.rows().write(write(w, RAW, List.of(reading(T0))));
            String enable = Compression.enable(table(t), Compression.segmentBy(RAW, StoreColumns.of(TEMPLATE, RAW)));
            assertThatThrownBy(() -> statement.execute(enable)).hasMessageContaining("license");
            List<String> chunks = Compression.chunks(connection, table(t), T0.plus(Duration.ofDays(9)));
            assertThat(chunks).hasSize(1);
            assertThatThrownBy(() -> Compression.compress(connection, chunks.get(0)))
                    .hasMessageContaining("license");
            Compression.decompress(connection, table(t), TestStorage.ALL); // finds none, and so asks for nothing
            assertThatThrownBy(() -> Compression.decompress(connection, chunks.get(0)))
                    .hasMessageContaining("license");
        }
    }

    private static TimeTable table(TestStorage t) {
        return TimeTable.of(TestStorage.context(TEMPLATE, 1, ZoneOffset.UTC), "public", RAW);
    }

    private static DataDatabase database(TestStorage t) {
        return new DataDatabase(
                new io.datalifecycle.dlt.storage.sql.Database("main", t.database.dataSource()), "public");
    }

    private static String errorsOf(Runnable work) {
        PrintStream before = System.err;
        ByteArrayOutputStream caught = new ByteArrayOutputStream();
        System.setErr(new PrintStream(caught, true, StandardCharsets.UTF_8));
        try {
            work.run();
        } finally {
            System.setErr(before);
        }
        return caught.toString(StandardCharsets.UTF_8);
    }
}
