package io.datalifecycle.dlt.storage.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.connector.ConnectorStatus;
import io.datalifecycle.dlt.health.WorkspaceHealth;
import io.datalifecycle.dlt.health.WorkspaceHealth.Status;
import io.datalifecycle.dlt.health.WorkspaceHealth.StoreHealth;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.schedule.JobKind;
import io.datalifecycle.dlt.spi.ConnectorLog;
import io.datalifecycle.dlt.spi.Outbox;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.OnInvalid;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.testdb.TestDatabase;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What an operator is told of a workspace. */
final class WorkspaceHealthIT {

    private static final String BACKENDS = "io.datalifecycle.dlt.testdb.TestDatabase#backends";
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static final Template TEMPLATE = Template.define("asked", "1.0.0", t -> {
        t.datastore(
                "readings",
                d -> d.time("ts")
                        .chunk(Duration.ofDays(1))
                        .onInvalid(OnInvalid.QUARANTINE)
                        .field("ts", Field.timestamp().required())
                        .field("v", Field.number().required()));
        t.featurestore(
                "hourly",
                f -> f.rollup(
                        "datastore:readings", r -> r.every(Duration.ofHours(1)).column("n", Aggregate.count())));
        t.connector("gateway", c -> c.push().into("readings"));
    });

    /** One workspace under a clock that the test moves. */
    private static final class House implements AutoCloseable {
        final TestDatabase database;
        final PostgresStorage storage;
        final Dlt dlt;
        final Workspace workspace;
        Instant now = NOW;

        House(Backend backend) {
            database = TestDatabase.create(backend);
            storage = PostgresStorage.builder()
                    .appDatabase(database.dataSource())
                    .clock(() -> now)
                    .build();
            dlt = Dlt.builder().storage(storage).clock(() -> now).build();
            dlt.templates().publish(TEMPLATE);
            workspace = dlt.workspaces().provision("north", TEMPLATE);
        }

        StoreHealth store(String key) {
            return workspace.health().stores().stream()
                    .filter(store -> store.store().key().equals(key))
                    .findFirst()
                    .orElseThrow();
        }

        WorkspaceContext context() {
            return new WorkspaceContext(
                    workspace.id(),
                    workspace.key(),
                    workspace.templateId(),
                    workspace.template(),
                    workspace.parameters(),
                    workspace.zone(),
                    "main");
        }

        void ingest(Object v, String ts) {
            workspace.datastore("readings").ingest(Rows.of(Map.of("ts", ts, "v", v)));
        }

        void execute(String sql) {
            try (Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(sql, e);
            }
        }

        @Override
        public void close() {
            dlt.close();
            database.close();
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void whatIsAsItShouldBeIsUp(Backend backend) {
        try (House house = new House(backend)) {
            WorkspaceHealth empty = house.workspace.health();
            assertThat(empty.reasons()).isEmpty();
            assertThat(empty.status()).isEqualTo(Status.UP);
            assertThat(empty.databases())
                    .extracting(WorkspaceHealth.DatabaseHealth::name)
                    .containsExactly("app", "main");
            assertThat(empty.databases())
                    .allMatch(database -> database.latency()
                            .filter(latency -> latency.compareTo(Duration.ZERO) > 0)
                            .isPresent());
            assertThat(empty.jobs().orElseThrow().planned()).isEqualTo(1);
            assertThat(house.store("readings").newest()).isEmpty();
            assertThat(house.store("readings").lastWrite()).isEmpty();

            house.ingest(1.5, "2026-03-01T11:50:00Z");
            house.ingest("no number", "2026-03-01T11:50:01Z");
            house.workspace.maintain();

            StoreHealth readings = house.store("readings");
            assertThat(readings.newest()).contains(Instant.parse("2026-03-01T11:50:00Z"));
            assertThat(readings.lag()).contains(Duration.ofMinutes(10));
            assertThat(readings.lastWrite()).contains(NOW);
            assertThat(readings.quarantined()).hasValue(1);
            assertThat(readings.pending()).isEmpty();
            if (backend == Backend.PLAIN) {
                assertThat(readings.chunksAhead()).hasValue(2);
            } else {
                assertThat(readings.chunksAhead()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void oldRowsAndRowsOfTheFutureHaveALagToo(Backend backend) {
        try (House house = new House(backend)) {
            house.ingest(1, "2025-01-01T00:00:00Z");
            assertThat(house.store("readings").newest()).contains(Instant.parse("2025-01-01T00:00:00Z"));
            house.ingest(1, "2026-03-02T00:00:00Z");
            assertThat(house.store("readings").lag()).contains(Duration.ZERO);
        }
    }

    @Test
    void featurestoresTellHowFarTheyAreBehind() {
        try (House house = new House(Backend.PLAIN)) {
            house.ingest(1, "2026-03-01T11:00:00Z");
            assertThat(house.store("hourly").pending()).hasValue(1);
            assertThat(house.store("hourly").refreshLag()).isEmpty();

            house.workspace.featurestore("hourly").refresh();
            assertThat(house.store("hourly").pending()).hasValue(0);
            assertThat(house.store("hourly").refreshLag()).contains(Duration.ZERO);
            assertThat(house.store("hourly").lastWrite()).contains(NOW);

            house.now = NOW.plus(Duration.ofMinutes(7));
            house.ingest(1, "2026-03-01T11:01:00Z");
            assertThat(house.store("hourly").refreshLag()).contains(Duration.ofMinutes(7));
        }
    }

    @Test
    void anotherNodeSeesWhenAStoreWasWritten() {
        try (House house = new House(Backend.PLAIN);
                PostgresStorage other = PostgresStorage.builder()
                        .appDatabase(house.database.dataSource())
                        .build()) {
            house.ingest(1, "2026-03-01T11:00:00Z");
            assertThat(other.vitals().beats(house.context()).values()).containsExactly(NOW);
            house.now = NOW.plusSeconds(9);
            house.ingest(1, "2026-03-01T11:00:01Z");
            assertThat(other.vitals().beats(house.context()).values()).containsExactly(NOW);
            house.now = NOW.plusSeconds(10);
            house.ingest(1, "2026-03-01T11:00:02Z");
            assertThat(other.vitals().beats(house.context()).values()).containsExactly(NOW.plusSeconds(10));
            house.dlt.workspaces().delete("north");
            assertThat(other.vitals().beats(house.context())).isEmpty();
        }
    }

    @Test
    void jobsThatFailOrAreLateAreNamed() {
        try (House house = new House(Backend.PLAIN)) {
            house.now = NOW.plus(Duration.ofMinutes(66));
            WorkspaceHealth late = house.workspace.health();
            assertThat(late.status()).isEqualTo(Status.DEGRADED);
            assertThat(late.jobs().orElseThrow().overdue()).containsExactly("maintain");
            assertThat(late.reasons())
                    .containsExactly("jobs are overdue, does a node with their role run Dlt.start()? maintain");
            house.workspace.schedules().pause(JobKind.MAINTAIN, "");
            assertThat(house.workspace.health().status())
                    .as("nobody waits for what is paused")
                    .isEqualTo(Status.UP);

            house.now = NOW;
            house.execute("UPDATE dlt.job SET consecutive_failures = 2");
            assertThat(house.workspace.health().jobs().orElseThrow().failing()).containsExactly("maintain");
        }
    }

    @Test
    void connectorsAndMessagesThatFailAreNamed() {
        try (House house = new House(Backend.PLAIN)) {
            house.storage
                    .connectors()
                    .ran(
                            house.context(),
                            "gateway",
                            new ConnectorLog.Run(NOW, 0, 0, 0, 0, Optional.of("the gateway is away")));
            house.storage
                    .outbox()
                    .enqueue(List.of(new Outbox.Draft(
                            house.workspace.id(), "alert", "hot", "mail", "a@b.c", "once", "{}", List.of(), NOW)));
            assertThat(house.workspace.health().reasons())
                    .containsExactly("connector gateway fails: the gateway is away");

            house.now = NOW.plus(Duration.ofMinutes(6));
            WorkspaceHealth health = house.workspace.health();
            assertThat(health.status()).isEqualTo(Status.DEGRADED);
            assertThat(health.connectors())
                    .extracting(WorkspaceHealth.ConnectorHealth::state)
                    .containsExactly(ConnectorStatus.State.FAILING);
            assertThat(health.outbox().orElseThrow().waiting()).isEqualTo(1);
            assertThat(health.outbox().orElseThrow().oldest()).contains(Duration.ofMinutes(6));
            assertThat(health.reasons()).anyMatch(reason -> reason.contains("the oldest waits for PT6M"));
        }
    }

    @Test
    void onePartThatFailsCostsItsOwnAnswerOnly() {
        try (House house = new House(Backend.PLAIN)) {
            house.ingest(1, "2026-03-01T11:00:00Z");
            house.execute("DROP TABLE readings_q_wid" + house.workspace.id() + ", dlt.outbox CASCADE");
            WorkspaceHealth health = house.workspace.health();
            assertThat(health.status()).isEqualTo(Status.DEGRADED);
            assertThat(health.reasons())
                    .anyMatch(reason -> reason.startsWith("quarantine of datastore:readings could not be asked"))
                    .anyMatch(reason -> reason.startsWith("its messages could not be asked"))
                    .hasSize(2);
            assertThat(health.outbox()).isEmpty();
            assertThat(health.jobs()).isPresent();
            assertThat(health.stores().get(0).quarantined()).isEmpty();
            assertThat(health.stores().get(0).newest()).isPresent();
        }
    }

    @Test
    void aQuestionThatTakesTooLongEndsByItself() throws SQLException {
        try (House house = new House(Backend.PLAIN);
                Connection lock = house.database.dataSource().getConnection()) {
            house.ingest(1, "2026-03-01T11:00:00Z");
            lock.setAutoCommit(false);
            try (Statement statement = lock.createStatement()) {
                statement.execute("LOCK TABLE readings_wid" + house.workspace.id() + " IN ACCESS EXCLUSIVE MODE");
            }
            WorkspaceHealth health = house.workspace.health();
            assertThat(health.status()).isEqualTo(Status.DEGRADED);
            assertThat(health.reasons())
                    .anyMatch(reason -> reason.startsWith("newest row of datastore:readings could not be asked"));
            lock.rollback();
            assertThat(house.workspace.health().status()).isEqualTo(Status.UP);
        }
    }

    @Test
    void aDataDatabaseThatIsAwayIsDownAndTheRestIsToldAllTheSame() {
        try (TestDatabase app = TestDatabase.create(Backend.PLAIN);
                TestDatabase data = TestDatabase.create(Backend.PLAIN)) {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(data.jdbcUrl());
            source.setUser(data.user());
            source.setPassword(data.password());
            PostgresStorage storage = PostgresStorage.builder()
                    .appDatabase(app.dataSource())
                    .dataDatabase("plant", source)
                    .build();
            try (Dlt dlt = Dlt.builder().storage(storage).build()) {
                dlt.templates().publish(TEMPLATE);
                Workspace workspace = dlt.workspaces().provision("north", TEMPLATE);
                source.setPortNumbers(new int[] {1});

                WorkspaceHealth health = workspace.health();
                assertThat(health.status()).isEqualTo(Status.DOWN);
                assertThat(health.reasons()).singleElement().asString().contains("database plant does not answer");
                assertThat(health.toString()).doesNotContain(data.password());
                assertThat(health.jobs().orElseThrow().planned()).isEqualTo(1);
                assertThat(health.outbox()).isPresent();
                assertThat(health.stores())
                        .hasSize(2)
                        .allMatch(store -> store.newest().isEmpty());
                source.setUrl(data.jdbcUrl());
            }
        }
    }
}
