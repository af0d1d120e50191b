package io.datalifecycle.dlt.storage.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.IngestOptions;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.metric.MetricResult;
import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.InvalidInputException;
import io.datalifecycle.dlt.problem.NotFoundException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.spi.Quarantine.Filter;
import io.datalifecycle.dlt.spi.WorkspaceCatalog;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.Duplicates;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.OnInvalid;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.testdb.TestDatabase;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.Erasure;
import io.datalifecycle.dlt.workspace.Revision;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import io.datalifecycle.dlt.workspace.WorkspaceState;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** States of workspaces, their settings with history, and their end. */
class WorkspaceLifeIT {

    private static final String BACKENDS = "io.datalifecycle.dlt.testdb.TestDatabase#backends";
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static final Template PUMPS = Template.define("pumps", "1.0.0", t -> {
        t.parameter("limit", Field.number().defaultsTo(1.0));
        t.parameter("mail", Field.text().required());
        var raw = t.datastore(
                "raw",
                d -> d.time("ts")
                        .naturalKey("asset", "ts")
                        .duplicates(Duplicates.UPDATE)
                        .field("ts", Field.timestamp().required())
                        .field("asset", Field.text(64).required())
                        .field("v", Field.number())
                        .onInvalid(OnInvalid.QUARANTINE));
        var daily = t.featurestore(
                "daily",
                f -> f.rollup(raw, r -> r.every(Period.ofDays(1)).by("asset").column("v_sum", Aggregate.sum("v")))
                        .realtime()
                        .history(Period.ofDays(30)));
        t.featurestore(
                "over",
                f -> f.expression(
                        daily, e -> e.by("asset").computed("over", ColumnType.BOOLEAN, "v_sum > param.limit")));
        t.metric(
                "sums",
                m -> m.sql("SELECT bucket, v_sum FROM featurestore:daily ORDER BY bucket")
                        .table());
    });

    /** A database with a library over it and one workspace. */
    private static final class House implements AutoCloseable {

        final TestDatabase database;
        final PostgresStorage storage;
        final Dlt dlt;
        final Workspace north;

        House(Backend backend) {
            database = TestDatabase.create(backend);
            storage = PostgresStorage.builder()
                    .appDatabase(database.dataSource())
                    .clock(InstantSource.fixed(NOW))
                    .build();
            dlt = Dlt.builder().storage(storage).clock(InstantSource.fixed(NOW)).build();
            dlt.templates().publish(PUMPS);
            north = dlt.workspaces().provision("north", PUMPS, w -> w.param("mail", "ops@example.org"));
        }

        void ingest(String... times) {
            north.datastore("raw").ingest(rows(times));
        }

        @Override
        public void close() {
            dlt.close();
            database.close();
        }
    }

    private static Rows rows(String... times) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String time : times) {
            rows.add(Map.of("ts", time, "asset", "A", "v", 2.0));
        }
        return Rows.of(rows);
    }

    private static ProblemCode code(Runnable call) {
        try {
            call.run();
        } catch (DltException refused) {
            return refused.code();
        }
        throw new AssertionError("it was not refused");
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void suspendedAndArchivedWorkspacesTakeNoRowsAndAreRead(Backend backend) {
        try (House house = new House(backend)) {
            house.north
                    .datastore("raw")
                    .ingest(Rows.of(Map.of("ts", "2026-02-27T10:00:00Z", "asset", "A"), Map.of("ts", "x")));
            house.north.featurestore("daily").refresh();
            for (Runnable rest : List.<Runnable>of(house.north::suspend, house.north::archive)) {
                rest.run();
                rest.run();
                assertThat(code(() -> house.ingest("2026-02-28T10:00:00Z"))).isEqualTo(ProblemCode.WORKSPACE_STATE);
                assertThat(code(() -> house.north.datastore("raw").quarantine().replay(Filter.all())))
                        .isEqualTo(ProblemCode.WORKSPACE_STATE);
                assertThat(code(() -> house.north
                                .datastore("raw")
                                .correct(TimeRange.of(NOW.minusSeconds(900_000), NOW), row -> row)))
                        .isEqualTo(ProblemCode.WORKSPACE_STATE);
                assertThat(house.north.datastore("raw").count()).isEqualTo(1);
                assertThat(((MetricResult.Table) house.north.metric("sums").evaluate()).rows())
                        .hasSize(1);
            }
            assertThat(house.north.state()).isEqualTo(WorkspaceState.ARCHIVED);
            house.north.activate();
            house.ingest("2026-02-28T10:00:00Z");
            assertThat(house.north.datastore("raw").count()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void anotherZoneAndParameterAreRememberedAndRecomputed(Backend backend) {
        try (House house = new House(backend)) {
            house.ingest("2026-02-27T10:00:00Z", "2026-02-27T23:30:00Z");
            house.north.featurestore("over").refresh();
            assertThat(sums(house.north)).containsExactly("2026-02-27T00:00:00Z 4");
            Workspace oslo = house.north.configure(
                    c -> c.param("limit", 3).timezone("Europe/Oslo").because("customer asked"));
            assertThat(oslo.parameters()).containsEntry("limit", 3.0).containsEntry("mail", "ops@example.org");
            oslo.featurestore("over").refresh();
            assertThat(sums(oslo)).containsExactly("2026-02-26T23:00:00Z 2", "2026-02-27T23:00:00Z 2");
            assertThat(house.dlt.workspaces().workspace("north").zone()).isEqualTo(ZoneId.of("Europe/Oslo"));
            assertThat(oslo.history()).extracting(Revision::reason).containsExactly("customer asked", "provisioned");
            assertThat(oslo.history().get(0).parameters()).containsEntry("limit", 3L);
            assertThat(oslo.history().get(1).zone()).isEqualTo(ZoneId.of("UTC"));
            assertThat(oslo.configure(c -> c.timezone("Europe/Oslo")).history())
                    .as("nothing new")
                    .hasSize(2);
            assertThat(oslo.configure(c -> c.defaultParam("limit")).parameters())
                    .containsEntry("limit", 1.0);
        }
    }

    private static List<String> sums(Workspace workspace) {
        return ((MetricResult.Table) workspace.metric("sums").evaluate())
                .rows().stream()
                        .map(row -> row.get(0) + " " + ((Number) row.get(1)).intValue())
                        .toList();
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void wrongSettingsAreToldAllAtOnceAndChangeNothing(Backend backend) {
        try (House house = new House(backend)) {
            assertThatThrownBy(() -> house.north.configure(c -> c.param("limit", "much")
                            .param("limmit", 1)
                            .defaultParam("mail")
                            .timezone("Europe/Olso")))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContainingAll(
                            "limit is no number", "no parameter limmit", "mail is required", "Europe/Olso");
            assertThat(house.north.history()).hasSize(1);
            WorkspaceCatalog catalogue = house.storage.workspaces();
            WorkspaceCatalog.Entry entry = catalogue.find("north").orElseThrow();
            house.north.configure(c -> c.param("limit", 2));
            assertThat(code(() -> catalogue.pin(entry.id(), entry.revision(), entry.pin(), "")))
                    .isEqualTo(ProblemCode.WORKSPACE_CHANGED);
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void deletionLeavesARecordAndNothingElse(Backend backend) {
        try (House house = new House(backend)) {
            house.ingest("2026-02-27T10:00:00Z", "2026-02-27T23:30:00Z");
            house.north.featurestore("over").refresh();
            WorkspaceId id = house.north.id();
            // a deletion that was cut off is gone on with
            house.storage.workspaces().state(id, WorkspaceCatalog.State.DELETING);
            assertThat(code(() -> house.north.activate())).isEqualTo(ProblemCode.WORKSPACE_NOT_FOUND);
            assertThat(code(() ->
                            house.dlt.workspaces().provision("north", PUMPS, w -> w.param("mail", "ops@example.org"))))
                    .isEqualTo(ProblemCode.WORKSPACE_STATE);
            Erasure erasure = house.dlt.workspaces().delete("north");
            assertThat(erasure.stores())
                    .containsEntry("datastore:raw", new Erasure.Stored(2, 2))
                    .containsEntry("featurestore:daily", new Erasure.Stored(3, 2))
                    .containsEntry("featurestore:over", new Erasure.Stored(1, 1));
            assertThat(erasure.sha256()).hasSize(64);
            assertThat(erasure.template()).isEqualTo(house.north.templateId());
            assertThat(house.dlt.workspaces().erasures()).containsExactly(erasure);
            assertThat(house.dlt.workspaces().residue(id)).isEmpty();
            assertThat(house.north.state()).isEqualTo(WorkspaceState.DELETED);
            assertThatThrownBy(() -> house.ingest("2026-02-28T10:00:00Z"))
                    .asInstanceOf(type(NotFoundException.class))
                    .extracting(NotFoundException::code)
                    .isEqualTo(ProblemCode.WORKSPACE_NOT_FOUND);
            Workspace again = house.dlt.workspaces().provision("north", PUMPS, w -> w.param("mail", "x@example.org"));
            assertThat(again.id()).isNotEqualTo(id);
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void writersThatComeLateAreRefusedAndLeaveNothing(Backend backend) throws Exception {
        try (House house = new House(backend)) {
            Workspace north = house.north;
            CountDownLatch running = new CountDownLatch(4);
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                List<Future<DltException>> ends = List.of(
                        threads.submit(() -> until(
                                running,
                                i -> north.datastore("raw")
                                        .ingest(
                                                rows("2026-02-27T10:00:00Z"),
                                                IngestOptions.builder()
                                                        .batchId("b" + i)
                                                        .build()))),
                        threads.submit(() -> until(
                                running,
                                i -> north.datastore("raw").ingest(rows("2026-02-" + (10 + i % 10) + "T10:00:00Z")))),
                        threads.submit(() ->
                                until(running, i -> north.featurestore("daily").refresh())),
                        threads.submit(() -> until(
                                running,
                                i -> north.featurestore(i % 2 == 0 ? "over" : "daily")
                                        .pause())));
                assertThat(running.await(60, TimeUnit.SECONDS)).isTrue();
                house.dlt.workspaces().delete("north");
                for (Future<DltException> end : ends) {
                    DltException refused = end.get(60, TimeUnit.SECONDS);
                    assertThat(refused).isInstanceOfAny(NotFoundException.class, ConflictException.class);
                    assertThat(refused.code()).isIn(ProblemCode.WORKSPACE_NOT_FOUND, ProblemCode.WORKSPACE_CHANGED);
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(house.dlt.workspaces().residue(north.id())).isEmpty();
        }
    }

    /** Does it again and again until it is refused. */
    private static DltException until(CountDownLatch running, IntConsumer work) {
        for (int i = 0; ; i++) {
            try {
                work.accept(i);
            } catch (DltException refused) {
                if (refused.code() != ProblemCode.RUN_TAKEN_OVER && refused.code() != ProblemCode.STORAGE_FAILED) {
                    return refused;
                }
            }
            if (i == 5) {
                running.countDown();
            }
        }
    }
}
