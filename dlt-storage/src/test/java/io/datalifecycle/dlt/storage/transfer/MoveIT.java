package io.datalifecycle.dlt.storage.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.metric.MetricResult;
import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.InvalidInputException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.Entry;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.Pin;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.OnInvalid;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.testdb.TestDatabase;
import io.datalifecycle.dlt.workspace.Revision;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Workspaces change their database while they work, and lose nothing. */
class MoveIT {

    private static final String BACKENDS = "io.datalifecycle.dlt.testdb.TestDatabase#backends";
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant START = Instant.parse("2026-02-01T00:00:00Z");

    private static final Template METERS = Template.define("meters", "1.0.0", t -> {
        var raw = t.datastore(
                "raw",
                d -> d.time("ts")
                        .naturalKey("meter", "ts")
                        .field("ts", Field.timestamp().required())
                        .field("meter", Field.text(20).required())
                        .field("v", Field.integer())
                        .onInvalid(OnInvalid.QUARANTINE)
                        .chunk(Duration.ofDays(1)));
        t.featurestore(
                "hourly",
                f -> f.rollup(
                                raw,
                                r -> r.every(Duration.ofHours(1))
                                        .by("meter")
                                        .column("v_sum", Aggregate.sum("v"))
                                        .column("n", Aggregate.count()))
                        .history(Period.ofDays(100)));
        t.metric(
                "sums",
                m -> m.sql("SELECT * FROM featurestore:hourly ORDER BY bucket, meter")
                        .table());
    });

    /** Two data databases, one of the backend and one of the other kind where there is one, and a workspace in the first. */
    private static final class House implements AutoCloseable {

        final TestDatabase first;
        final TestDatabase second;
        final PostgresStorage storage;
        final Dlt dlt;
        final Workspace north;

        House(Backend backend) {
            Backend other = TestDatabase.available().stream()
                    .filter(b -> b != backend)
                    .findFirst()
                    .orElse(backend);
            first = TestDatabase.create(backend);
            second = TestDatabase.create(other);
            storage = PostgresStorage.builder()
                    .appDatabase(first.dataSource())
                    .dataDatabase("eu-1", first.dataSource())
                    .dataDatabase("eu-2", second.dataSource())
                    .dataDatabase("eu-1-too", first.dataSource())
                    .clock(InstantSource.fixed(NOW))
                    .build();
            dlt = Dlt.builder().storage(storage).clock(InstantSource.fixed(NOW)).build();
            dlt.templates().publish(METERS);
            north = dlt.workspaces().provision("north", METERS);
        }

        Workspace now() {
            return dlt.workspaces().workspace("north");
        }

        @Override
        public void close() {
            dlt.close();
            second.close();
            first.close();
        }
    }

    private static Rows rows(String meter, int from, int to) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = from; i < to; i++) {
            rows.add(Map.of("ts", START.plusSeconds(300L * i), "meter", meter, "v", i));
        }
        return Rows.of(rows);
    }

    private static List<?> sums(Workspace workspace) {
        return ((MetricResult.Table) workspace.metric("sums").evaluate()).rows();
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void nothingIsLostWhileRowsComeIn(Backend backend) throws Exception {
        try (House house = new House(backend)) {
            house.north.datastore("raw").ingest(rows("M", 0, 3_000));
            house.north.datastore("raw").ingest(Rows.of(Map.of("ts", "never", "meter", "M")));
            house.north.featurestore("hourly").refresh();
            AtomicBoolean stop = new AtomicBoolean();
            CountDownLatch running = new CountDownLatch(3);
            ExecutorService threads = Executors.newFixedThreadPool(3);
            Workspace moved;
            int stored;
            try {
                Future<Integer> one = threads.submit(() -> write(house, "A", running, stop));
                Future<Integer> two = threads.submit(() -> write(house, "B", running, stop));
                Future<Integer> three = threads.submit(() -> refresh(house, running, stop));
                assertThat(running.await(60, TimeUnit.SECONDS)).isTrue();
                moved = house.north.moveTo("eu-2");
                stop.set(true);
                stored = one.get(60, TimeUnit.SECONDS) + two.get(60, TimeUnit.SECONDS);
                assertThat(three.get(60, TimeUnit.SECONDS)).isPositive();
            } finally {
                stop.set(true);
                threads.shutdownNow();
            }
            assertThat(moved.datastore("raw").count()).isEqualTo(3_000 + stored);
            assertThat(moved.datastore("raw").quarantine().list(10)).hasSize(1);
            moved.featurestore("hourly").refresh();
            List<?> after = sums(moved);
            moved.featurestore("hourly").recompute();
            assertThat(sums(moved)).isEqualTo(after).hasSizeGreaterThan(250);
            assertThat(house.storage.provisioner().residue(moved.id(), "eu-1"))
                    .as("what the app database holds stays")
                    .allMatch(left -> left.startsWith("rows of dlt.") || left.startsWith("job "));
            assertThat(moved.history().get(0))
                    .extracting(Revision::placement, Revision::reason)
                    .containsExactly("eu-2", "moved from eu-1 to eu-2");
            assertThatThrownBy(() -> house.north.datastore("raw").ingest(rows("C", 0, 1)))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("lives in eu-2 now");
            house.dlt.workspaces().delete("north");
            assertThat(house.dlt.workspaces().residue(moved.id())).isEmpty();
        }
    }

    /** Writes row after row, asks for the workspace anew when it is told to, and gives how many rows were acknowledged. */
    private static int write(House house, String meter, CountDownLatch running, AtomicBoolean stop) {
        Workspace workspace = house.north;
        int stored = 0;
        while (!stop.get()) {
            try {
                workspace.datastore("raw").ingest(rows(meter, stored, stored + 1));
                stored++;
            } catch (DltException refused) {
                assertThat(refused.code()).isEqualTo(ProblemCode.WORKSPACE_CHANGED);
                workspace = house.now();
            }
            if (stored == 3) {
                running.countDown();
            }
        }
        return stored;
    }

    private static int refresh(House house, CountDownLatch running, AtomicBoolean stop) {
        int rounds = 0;
        while (!stop.get()) {
            try {
                house.now().featurestore("hourly").refresh();
                rounds++;
            } catch (DltException refused) {
                assertThat(refused.code()).isIn(ProblemCode.WORKSPACE_CHANGED, ProblemCode.RUN_TAKEN_OVER);
            }
            running.countDown();
        }
        return rounds;
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void aMoveThatWasCutOffIsTakenUpOrTakenBack(Backend backend) {
        try (House house = new House(backend)) {
            house.north.datastore("raw").ingest(rows("M", 0, 500));
            house.north.featurestore("hourly").refresh();
            List<?> before = sums(house.north);

            // it gets as far as its copy
            Entry entry = house.storage.workspaces().find("north").orElseThrow();
            house.storage
                    .provisioner()
                    .provision(new io.datalifecycle.dlt.workspace.WorkspaceContext(
                            entry.id(),
                            "north",
                            house.north.templateId(),
                            METERS,
                            Map.of(),
                            entry.zone(),
                            "eu-2",
                            1,
                            java.util.Set.of()));
            assertThat(house.north.moveTo("eu-1").history()).as("taken back").hasSize(1);
            assertThat(house.storage.provisioner().residue(entry.id(), "eu-2"))
                    .noneMatch(left -> left.startsWith("table") || left.contains("dlt_data"));

            // it does all but to tell the catalogue
            Workspace moved = house.north.moveTo("eu-2");
            Entry there = house.storage.workspaces().find("north").orElseThrow();
            Pin stale =
                    new Pin("1.0.0", Map.of(), there.zone(), "eu-1", java.util.Optional.empty(), java.util.Set.of());
            house.storage.workspaces().pin(there.id(), there.revision(), stale, "as if it had not been told");
            assertThatThrownBy(() -> house.now().datastore("raw").ingest(rows("M", 500, 501)))
                    .isInstanceOf(ConflictException.class);
            Workspace again = house.now().moveTo("eu-2");
            assertThat(sums(again)).isEqualTo(before);
            again.datastore("raw").ingest(rows("M", 500, 501));

            Workspace back = again.moveTo("eu-1");
            back.featurestore("hourly").refresh();
            assertThat(back.datastore("raw").count()).isEqualTo(501);
            assertThatThrownBy(() -> back.moveTo("eu-1-too"))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("same database");
            assertThatThrownBy(() -> back.moveTo("eu-3")).isInstanceOf(InvalidInputException.class);
            assertThat(back.datastore("raw").count()).isEqualTo(501);
            assertThat(moved.id()).isEqualTo(back.id());
        }
    }
}
