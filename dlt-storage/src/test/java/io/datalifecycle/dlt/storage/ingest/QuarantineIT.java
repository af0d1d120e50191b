package io.datalifecycle.dlt.storage.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.QuarantineHandle;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.IngestOptions;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.spi.Quarantine.Entry;
import io.datalifecycle.dlt.spi.Quarantine.Filter;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.OnInvalid;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.testdb.TestDatabase;
import io.datalifecycle.dlt.workspace.PhysicalName;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The life of refused rows in a real database: in, looked at, mended, given up, expired. */
class QuarantineIT {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String BACKENDS = "io.datalifecycle.dlt.testdb.TestDatabase#backends";

    /** Without a natural key, so that a row stored twice is seen twice. */
    private static final Template PUMPS = Template.define(
            "pumps",
            "1.0.0",
            t -> t.datastore(
                    "log",
                    d -> d.time("at")
                            .field("at", Field.timestamp().required())
                            .field("level", Field.number().minimum(0))
                            .onInvalid(OnInvalid.QUARANTINE)
                            .accept(a -> a.past(Duration.ofDays(1)).future(Duration.ofMinutes(10)))
                            .quarantine(q -> q.keep(Period.ofDays(30)))));

    private static final UnaryOperator<Map<String, @Nullable Object>> TO_ZERO = row -> {
        row.put("level", 0);
        return row;
    };

    /** A database, DLT on it, one workspace, and a clock. */
    private static final class House implements AutoCloseable {

        private final TestDatabase database;
        private final Dlt dlt;
        private final Workspace workspace;
        private volatile Instant now = NOW;

        House(Backend backend) {
            database = TestDatabase.create(backend);
            dlt = Dlt.builder()
                    .storage(PostgresStorage.builder()
                            .appDatabase(database.dataSource())
                            .clock(() -> now)
                            .build())
                    .clock(() -> now)
                    .build();
            dlt.templates().publish(PUMPS);
            workspace = dlt.workspaces().provision("north", PUMPS);
        }

        IngestResult ingest(String source, String... levels) {
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < levels.length; i++) {
                lines.add("{\"at\":\"" + now.plusSeconds(i) + "\",\"level\":" + levels[i] + "}\n");
            }
            byte[] text = String.join("", lines).getBytes(StandardCharsets.UTF_8);
            return workspace
                    .datastore("log")
                    .ingest(
                            Rows.ndjson(new java.io.ByteArrayInputStream(text)),
                            IngestOptions.builder().source(source).build());
        }

        QuarantineHandle quarantine() {
            return workspace.datastore("log").quarantine();
        }

        long stored() throws SQLException {
            return number("SELECT count(*) FROM " + PhysicalName.table("log", workspace.id()));
        }

        long number(String sql) throws SQLException {
            try (Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                rows.next();
                return rows.getLong(1);
            }
        }

        void run(String sql) throws SQLException {
            try (Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql.replace("$q", PhysicalName.quarantine("log", workspace.id())));
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
    void anEntryTellsWhatWasWrongWhereAndUntilWhenItStays(Backend backend) {
        try (House house = new House(backend)) {
            house.ingest("morning.ndjson", "1", "-2.50", "\"" + "x".repeat(300) + "\"");

            List<Entry> entries = house.quarantine().list(10);
            assertThat(entries).hasSize(2);
            Entry low = entries.get(0);
            assertThat(low.rejection().reasons().get(0).pointer()).isEqualTo("/level");
            assertThat(low.rejection().reasons().get(0).keyword()).isEqualTo("minimum");
            assertThat(low.rejection().reasons().get(0).value()).isEqualTo("-2.50");
            assertThat(low.source()).isEqualTo("morning.ndjson");
            assertThat(low.templateVersion()).isEqualTo("1.0.0");
            assertThat(low.at()).isEqualTo(NOW);
            assertThat(low.expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(30)));
            assertThat(entries.get(1).rejection().reasons().get(0).value())
                    .hasSize(200)
                    .startsWith("\"xxx")
                    .endsWith("x…");
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void entriesAreFoundByReasonTimeAndPage(Backend backend) {
        try (House house = new House(backend)) {
            house.ingest("a", "-1", "\"x\"", "-2");
            house.now = NOW.plusSeconds(60);
            house.ingest("b", "-3", "true");

            assertThat(house.quarantine().countByReason())
                    .containsExactly(Map.entry("/level minimum", 3L), Map.entry("/level type", 2L));
            List<Entry> low = house.quarantine().list(Filter.reason("/level minimum"), 0, 2);
            assertThat(low).extracting(e -> e.rejection().line()).containsExactly(1L, 3L);
            assertThat(house.quarantine()
                            .list(Filter.reason("/level minimum"), low.get(1).id(), 2))
                    .extracting(Entry::source)
                    .containsExactly("b");
            assertThat(house.quarantine()
                            .list(Filter.reason("/level type").and(Filter.cameBefore(NOW.plusSeconds(60))), 0, 10))
                    .hasSize(1);
            assertThat(house.quarantine().purge(Filter.cameBefore(NOW.plusSeconds(60))))
                    .isEqualTo(3);
            assertThat(house.quarantine().purge(Filter.reason("/level type"))).isEqualTo(1);
            assertThat(house.quarantine().purge(Filter.ids(List.of(low.get(0).id()))))
                    .isZero();
            assertThat(house.quarantine().list(10)).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void aReplayOfMoreThanAPageMendsEachRowOnce(Backend backend) throws SQLException {
        try (House house = new House(backend)) {
            String[] levels = new String[1_203];
            java.util.Arrays.fill(levels, "-1");
            levels[700] = "\"x\"";
            // one a second would leave the accepted future
            house.ingest("big", java.util.Arrays.copyOf(levels, 500));
            house.ingest("big", java.util.Arrays.copyOfRange(levels, 500, 1_000));
            house.ingest("big", java.util.Arrays.copyOfRange(levels, 1_000, 1_203));

            IngestResult result = house.quarantine().replay(Filter.reason("/level minimum"), TO_ZERO);
            assertThat(result).hasToString("1202 offered: 1202 accepted, 0 duplicate, 0 rejected");
            assertThat(house.stored()).isEqualTo(1_202);
            assertThat(house.quarantine().list(10)).hasSize(1);
            assertThat(house.quarantine()
                            .replay(Filter.reason("/level minimum"), TO_ZERO)
                            .offered())
                    .isZero();
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void whenLeavingTheQuarantineFailsNothingIsStored(Backend backend) throws SQLException {
        try (House house = new House(backend)) {
            house.ingest("a", "-1", "-2");
            house.run(
                    "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''dead''; END'");
            house.run("CREATE TRIGGER die BEFORE DELETE ON $q FOR EACH ROW EXECUTE FUNCTION die()");

            assertThatThrownBy(() -> house.quarantine().replay(Filter.all(), TO_ZERO))
                    .isInstanceOf(DltException.class);
            assertThat(house.stored()).isZero();
            assertThat(house.quarantine().list(10)).hasSize(2);

            house.run("DROP TRIGGER die ON $q");
            assertThat(house.quarantine().replay(Filter.all(), TO_ZERO).accepted())
                    .isEqualTo(2);
            assertThat(house.stored()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void replaysAtOnceStoreEachRowOnce(Backend backend) throws Exception {
        try (House house = new House(backend)) {
            String[] levels = new String[400];
            java.util.Arrays.fill(levels, "-1");
            house.ingest("a", levels);
            ExecutorService threads = Executors.newFixedThreadPool(3);
            try {
                CyclicBarrier together = new CyclicBarrier(3);
                List<Future<IngestResult>> running = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    running.add(threads.submit(() -> {
                        together.await(30, TimeUnit.SECONDS);
                        return house.quarantine().replay(Filter.all(), TO_ZERO);
                    }));
                }
                long accepted = 0;
                for (Future<IngestResult> one : running) {
                    accepted += one.get(60, TimeUnit.SECONDS).accepted();
                }
                assertThat(accepted).isEqualTo(400);
                assertThat(house.stored()).isEqualTo(400);
                assertThat(house.quarantine().list(10)).isEmpty();
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void aRowCountsAsArrivedWhenItCameFirst(Backend backend) throws SQLException {
        try (House house = new House(backend)) {
            house.ingest("a", "-1");
            house.now = NOW.plus(Duration.ofDays(20)); // far out of accept.past of a day
            assertThat(house.quarantine().replay(Filter.all(), TO_ZERO).accepted())
                    .isEqualTo(1);

            house.ingest("b", "-1");
            IngestResult late = house.quarantine().replay(Filter.all(), row -> {
                row.put("level", 0);
                row.put(
                        "at",
                        NOW.plus(Duration.ofDays(20)).minus(Duration.ofDays(1)).minusMillis(1));
                return row;
            });
            assertThat(late.rejections())
                    .extracting(r -> r.reasons().get(0).keyword())
                    .containsExactly("window");
            assertThat(house.stored()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void maintenanceRemovesWhatWaitedTooLong(Backend backend) throws SQLException {
        try (House house = new House(backend)) {
            house.ingest("a", "-1");
            house.run(
                    "INSERT INTO $q (line, reasons, payload, source, template_version, at, expires_at) "
                            + "SELECT line, reasons, payload, source, template_version, at, expires_at FROM $q, generate_series(1, 20500)");
            house.now = NOW.plus(Duration.ofDays(30)).minusNanos(1_000);
            house.ingest("b", "-1");
            house.workspace.maintain();
            assertThat(house.quarantine().expired(10)).isEmpty();
            assertThat(house.quarantine().countByReason()).containsEntry("/level minimum", 20_502L);

            house.now = NOW.plus(Duration.ofDays(30));
            assertThat(house.quarantine().expired(10)).hasSize(10);
            house.workspace.maintain();
            assertThat(house.quarantine().list(10)).extracting(Entry::source).containsExactly("b");
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void maintenanceForgetsBatchIdsAfterNinetyDays(Backend backend) throws SQLException {
        try (House house = new House(backend)) {
            IngestOptions again = IngestOptions.builder().batchId("m-1").build();
            Map<String, Object> row = Map.of("at", NOW, "level", 1);
            house.workspace.datastore("log").ingest(Rows.of(row), again);
            house.now = NOW.plus(Duration.ofDays(90));
            house.workspace.maintain();
            assertThat(house.number("SELECT count(*) FROM dlt_data.batch")).isEqualTo(1);
            house.now = house.now.plusMillis(1);
            house.workspace.maintain();
            assertThat(house.number("SELECT count(*) FROM dlt_data.batch")).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void rowsTheDatabaseRefusesStayWhenReplayed(Backend backend) throws SQLException {
        try (House house = new House(backend)) {
            house.ingest("a", "-1", "-2");
            house.run("ALTER TABLE " + PhysicalName.table("log", house.workspace.id()) + " ADD CHECK (level <> 13)");

            IngestResult result = house.quarantine().replay(Filter.all(), row -> {
                row.put("level", row.get("level").equals(-1) ? 13 : 1);
                return row;
            });
            assertThat(result.accepted()).isEqualTo(1);
            Entry left = house.quarantine().list(10).get(0);
            assertThat(result.rejections()).extracting(r -> r.line()).containsExactly(left.id());
            assertThat(left.rejection().payload()).contains("-1");
            assertThat(house.stored()).isEqualTo(1);
        }
    }
}
