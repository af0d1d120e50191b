package io.datalifecycle.dlt.storage.ingest;

import static io.datalifecycle.dlt.storage.TestStorage.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.spi.Checkpoint;
import io.datalifecycle.dlt.spi.FeatureWriter.Consumer;
import io.datalifecycle.dlt.spi.FeatureWriter.Touched;
import io.datalifecycle.dlt.spi.Quarantine;
import io.datalifecycle.dlt.spi.Quarantine.Filter;
import io.datalifecycle.dlt.spi.RowSink.Write;
import io.datalifecycle.dlt.spi.RowSink.WriteResult;
import io.datalifecycle.dlt.storage.TestStorage;
import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Duplicates;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of rows on their way into tables: counts, duplicates, refusals, replays, partitions, competition. */
class CopyRowSinkIT {

    private static final String BACKENDS = "io.datalifecycle.dlt.testdb.TestDatabase#backends";
    private static final Instant T0 = Instant.parse("2026-02-03T04:05:06.123456Z");

    private static Template template(Duplicates duplicates) {
        return Template.define("probe", "1.0.0", t -> {
            t.datastore(
                    "m",
                    d -> d.time("ts")
                            .naturalKey("asset", "ts")
                            .duplicates(duplicates)
                            .field("ts", Field.timestamp().required())
                            .field("asset", Field.text())
                            .field("v", Field.number())
                            .field("doc", Field.json())
                            .chunk(Duration.ofDays(7)));
            t.featurestore(
                    "hourly",
                    f -> f.rollup(
                            "datastore:m",
                            r -> r.every(Duration.ofHours(1)).by("asset").column("n", Aggregate.count())));
        });
    }

    private static WorkspaceContext workspace(TestStorage t, Duplicates duplicates) {
        return t.provision(template(duplicates), 1, ZoneOffset.UTC);
    }

    private static Datastore store(WorkspaceContext workspace) {
        return workspace.template().datastore("m").orElseThrow();
    }

    private static WriteResult write(TestStorage t, WorkspaceContext w, List<? extends List<?>> rows) {
        return t.storage.rows().write(TestStorage.write(w, store(w), rows));
    }

    private static void assertCounts(WriteResult result, long accepted, long duplicate, long rejected) {
        assertThat(List.of(result.accepted(), result.duplicate(), (long)
                        result.rejected().size()))
                .as("accepted, duplicate, rejected")
                .containsExactly(accepted, duplicate, rejected);
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void ignoredDuplicatesKeepTheFirstRow(Backend backend) {
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = workspace(t, Duplicates.IGNORE);
            assertCounts(write(t, w, List.of(row(T0, "a", 1.0), row(T0, "b", 2.0))), 2, 0, 0);
            assertCounts(
                    write(t, w, List.of(row(T0, "a", 9.0), row(T0, "c", 3.0), row(T0, "c", 4.0), row(T0, "b", 2.0))),
                    1,
                    3,
                    0);
            assertCounts(write(t, w, List.of(row(T0, "a", 8.0))), 0, 1, 0);
            assertCounts(write(t, w, List.of(row(T0.plusSeconds(1), "a", 8.0))), 1, 0, 0);
            assertThat(t.rows(w, store(w)))
                    .extracting(r -> r.get(1) + "=" + r.get(2))
                    .containsExactly("a=1.0", "b=2.0", "c=3.0", "a=8.0");
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void updatingDuplicatesKeepTheLastRowAndCountWhatChanged(Backend backend) {
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = workspace(t, Duplicates.UPDATE);
            assertCounts(write(t, w, List.of(row(T0, "a", 1.0, "{\"x\": 1}"), row(T0, "b", 2.0))), 2, 0, 0);
            assertCounts(
                    write(
                            t,
                            w,
                            List.of(
                                    row(T0, "a", 1.0, "{\"x\":1}"), // the same
                                    row(T0, "b", null), // changed to nothing
                                    row(T0, "c", 3.0),
                                    row(T0, "c", 4.0))), // within the batch
                    2,
                    2,
                    0);
            assertThat(t.rows(w, store(w)))
                    .extracting(r -> r.get(1) + "=" + r.get(2))
                    .containsExactly("a=1.0", "b=null", "c=4.0");
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void keptDuplicatesAreAllThere(Backend backend) {
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = workspace(t, Duplicates.KEEP);
            assertCounts(write(t, w, List.of(row(T0, "a", 1.0), row(T0, "a", 1.0))), 2, 0, 0);
            assertCounts(write(t, w, List.of(row(T0, "a", 1.0))), 1, 0, 0);
            assertThat(t.rows(w, store(w))).hasSize(3);
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void aMissingKeyValueIsAValueOfItsOwn(Backend backend) {
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = workspace(t, Duplicates.UPDATE);
            assertCounts(write(t, w, List.of(row(T0, null, 1.0), row(T0, null, 2.0), row(T0, "", 3.0))), 2, 1, 0);
            assertCounts(write(t, w, List.of(row(T0, null, 2.0))), 0, 1, 0);
            assertThat(t.rows(w, store(w)))
                    .extracting(r -> r.get(1) + "=" + r.get(2))
                    .containsExactly("=3.0", "null=2.0");
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void rowsTheDatabaseRefusesAreFoundAndTheirNeighboursStored(Backend backend) {
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = workspace(t, Duplicates.IGNORE);
            List<List<Object>> rows = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                boolean bad = i % 50 == 7;
                rows.add(new ArrayList<>(
                        row(T0.plusSeconds(i % 200), "a", (double) i, bad ? "{\"t\": \"\\u0000\"}" : "{}")));
            }
            rows.set(13, new ArrayList<>(row(T0.plusSeconds(13), "nul\0", 1.0, "{}")));
            rows.set(14, new ArrayList<>(row(null, "timeless", 1.0, "{}")));
            WriteResult result = write(t, w, rows);
            // 200 instants; of rows 0…199 four are refused for \u0000, one for NUL, one has no time; of the repeated
            // ones 200…299 the bad at 207 and 257 are refused and those of 7, 13, 14 and 57 come in at last
            assertThat(result.rejected())
                    .extracting(RowRejection::line)
                    .containsExactlyInAnyOrder(8L, 14L, 15L, 58L, 108L, 158L, 208L, 258L);
            assertThat(result.accepted() + result.duplicate()).isEqualTo(292);
            assertThat(t.rows(w, store(w))).hasSize((int) result.accepted());
            assertThat(t.storage.quarantine().list(w, store(w), Filter.all(), 0, 100))
                    .hasSize(8);
            assertThat(t.storage.quarantine().countByReason(w, store(w))).isEqualTo(Map.of("storage", 8L));
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void aBatchOfNothingButRefusedRowsIsRefusedRowByRow(Backend backend) {
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = workspace(t, Duplicates.IGNORE);
            List<List<Object>> rows = IntStream.range(0, 500)
                    .mapToObj(i -> row(T0, "a" + i, 1.0, "[\"\\u0000\"]"))
                    .toList();
            assertCounts(write(t, w, rows), 0, 0, 500);
            assertThat(t.storage
                            .features()
                            .pending(w, Consumer.of(w.template().featurestores().get(0))))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void aBatchIdThatIsInChangesNothingAndGivesItsCounts(Backend backend) {
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = workspace(t, Duplicates.KEEP);
            Write write = TestStorage.write(w, store(w), List.of(row(T0, "a", 1.0), row(T0, "a", 1.0)), "file-1", null);
            assertThat(t.storage.rows().write(write).replayed()).isFalse();
            WriteResult again = t.storage.rows().write(write);
            assertThat(again.replayed()).isTrue();
            assertCounts(again, 2, 0, 0);
            assertThat(t.rows(w, store(w))).hasSize(2);
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void aCheckpointMovesWithTheRowsOrNeitherDoes(Backend backend) {
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = workspace(t, Duplicates.KEEP);
            byte[] state = "π".getBytes(StandardCharsets.UTF_8);
            t.storage.rows().write(moving(w, null, "10", Map.of("a", state, "b", new byte[0])));
            t.storage.rows().write(moving(w, "10", "20", Map.of("b", new byte[] {0, -1})));
            for (String wrong : new String[] {null, "10"}) {
                assertThatThrownBy(() -> t.storage.rows().write(moving(w, wrong, "30", Map.of("a", new byte[] {9}))))
                        .isInstanceOfSatisfying(
                                ConflictException.class,
                                e -> assertThat(e.code()).isEqualTo(ProblemCode.CHECKPOINT_CONFLICT));
            }
            assertThat(t.rows(w, store(w))).hasSize(2);
            Checkpoint.Saved saved = t.storage.rows().checkpoint(w, "c").orElseThrow();
            assertThat(saved.position()).isEqualTo("20");
            assertThat(saved.state().get("a")).isEqualTo(state);
            assertThat(saved.state().get("b")).isEqualTo(new byte[] {0, -1});
            assertThat(t.storage.rows().checkpoint(w, "other")).isEmpty();
        }
    }

    private static Write moving(WorkspaceContext w, String expected, String next, Map<String, byte[]> state) {
        Checkpoint checkpoint = new Checkpoint("c", Optional.ofNullable(expected), next, state);
        return TestStorage.write(w, store(w), List.of(row(T0, "a", 1.0)), null, checkpoint);
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void anyYearFromOneTo9999FindsItsPlace(Backend backend) {
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = workspace(t, Duplicates.UPDATE);
            List<Instant> times = List.of(
                    Instant.parse("0001-01-01T00:00:00Z"),
                    Instant.parse("1969-12-31T23:59:59.999999Z"),
                    Instant.parse("1970-01-01T00:00:00Z"),
                    Instant.parse("1999-12-31T23:59:59.999999Z"),
                    Instant.parse("9999-12-31T23:59:59.999999Z"));
            assertCounts(write(t, w, times.stream().map(at -> row(at, "a", 1.0)).toList()), times.size(), 0, 0);
            assertThat(t.rows(w, store(w))).extracting(r -> r.get(0)).isEqualTo(times);
            assertThat(t.storage.reader().extent(w, store(w)))
                    .contains(TimeRange.of(times.get(0), Instant.parse("+10000-01-01T00:00:00Z")));
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void aPartitionDroppedBehindItsBackIsMadeAgain(Backend backend) {
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = workspace(t, Duplicates.IGNORE);
            write(t, w, List.of(row(T0, "a", 1.0)));
            dropAll(t);
            assertThat(t.rows(w, store(w))).isEmpty();
            assertCounts(write(t, w, List.of(row(T0, "b", 1.0))), 1, 0, 0);
            assertCounts(write(t, w, List.of(row(T0, "b", 1.0))), 0, 1, 0);
            dropAll(t);
            assertCounts(write(t, w, List.of(row(T0, "b", 1.0), row(T0, "b", 2.0))), 1, 1, 0);
        }
    }

    private static void dropAll(TestStorage t) {
        if (t.database.timescale()) {
            t.texts("SELECT drop_chunks('m_wid1', older_than => timestamptz '9999-01-01')");
        } else {
            t.texts("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'm_wid1'::regclass")
                    .forEach(partition -> t.execute("DROP TABLE " + partition));
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void writersOfTheSameKeysDoNotStandInEachOthersWay(Backend backend) throws Exception {
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = workspace(t, Duplicates.UPDATE);
            int threads = 4;
            int batches = 10;
            int keys = 400;
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            try {
                List<Callable<Long>> work = new ArrayList<>();
                for (int thread = 0; thread < threads; thread++) {
                    Random random = new Random(thread);
                    work.add(() -> accepted(t, w, random, batches, keys));
                }
                long accepted = 0;
                for (Future<Long> done : pool.invokeAll(work)) {
                    accepted += done.get();
                }
                // every value is the same, so each key was accepted exactly once, by whoever came first
                assertThat(accepted).isEqualTo(keys);
                assertThat(t.rows(w, store(w))).hasSize(keys);
            } finally {
                pool.shutdownNow();
            }
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void writersOfSingleRowsTellEachRepeatAsDuplicate(Backend backend) throws Exception {
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = workspace(t, Duplicates.IGNORE);
            int keys = 60;
            ExecutorService pool = Executors.newFixedThreadPool(4);
            try {
                List<Callable<Long>> work = new ArrayList<>();
                for (int thread = 0; thread < 4; thread++) {
                    work.add(() -> {
                        long accepted = 0;
                        for (int k = 0; k < keys; k++) {
                            WriteResult result = write(t, w, List.of(row(T0.plusSeconds(k), "a", 1.0)));
                            assertThat(result.rejected()).isEmpty();
                            accepted += result.accepted();
                        }
                        return accepted;
                    });
                }
                long accepted = 0;
                for (Future<Long> done : pool.invokeAll(work)) {
                    accepted += done.get();
                }
                assertThat(accepted).isEqualTo(keys);
            } finally {
                pool.shutdownNow();
            }
        }
    }

    private static long accepted(TestStorage t, WorkspaceContext w, Random random, int batches, int keys) {
        long accepted = 0;
        for (int b = 0; b < batches; b++) {
            List<List<Object>> rows = new ArrayList<>();
            for (int k = 0; k < keys; k++) {
                rows.add(new ArrayList<>(row(T0.plusSeconds(k * 3_600L), "a", 1.0)));
            }
            Collections.shuffle(rows, random);
            WriteResult result = write(t, w, rows);
            assertThat(result.accepted() + result.duplicate()).isEqualTo(keys);
            assertThat(result.rejected()).isEmpty();
            accepted += result.accepted();
        }
        return accepted;
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void refusedRowsWaitInTheOrderTheyCameUntilRemoved(Backend backend) {
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = workspace(t, Duplicates.KEEP);
            List<RowRejection> rejected = List.of(
                    rejection(7, "/v", "type", "{\"v\": \"x\"}"),
                    rejection(9, "", "required", "nul \0 and half \uD800 a pair"),
                    rejection(11, "/v", "type", "{}"));
            t.storage.rows().write(rejecting(w, rejected, true));
            t.storage.rows().write(rejecting(w, rejected, false));

            List<Quarantine.Entry> kept = t.storage.quarantine().list(w, store(w), Filter.all(), 0, 2);
            assertThat(kept).extracting(e -> e.rejection().line()).containsExactly(7L, 9L);
            assertThat(kept.get(0).rejection()).isEqualTo(rejected.get(0));
            assertThat(kept.get(1).rejection().payload()).isEqualTo("nul \uFFFD and half \uFFFD a pair");
            assertThat(kept.get(0).at()).isEqualTo(TestStorage.NOW);
            assertThat(kept.get(0).templateVersion()).isEqualTo("1.0.0");
            assertThat(t.storage.quarantine().countByReason(w, store(w)))
                    .isEqualTo(Map.of("/v type", 2L, "required", 1L));
            assertThat(t.storage
                            .quarantine()
                            .purge(w, store(w), Filter.ids(List.of(kept.get(0).id(), 999L))))
                    .isEqualTo(1);
            assertThat(t.storage.quarantine().list(w, store(w), Filter.all(), 0, 100))
                    .hasSize(2);
        }
    }

    private static RowRejection rejection(long line, String pointer, String keyword, String payload) {
        return new RowRejection(line, List.of(new RowRejection.Reason(pointer, keyword, "wrong")), payload);
    }

    private static Write rejecting(WorkspaceContext w, List<RowRejection> rejected, boolean keep) {
        return new Write(
                w,
                store(w),
                TestStorage.batch(w, store(w), List.of()),
                rejected,
                keep,
                "inbox/file.csv",
                Optional.empty(),
                Optional.empty());
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void touchedSpansAreFewAndTight(Backend backend) {
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = workspace(t, Duplicates.KEEP);
            Instant late = T0.minus(Duration.ofDays(40));
            List<List<Object>> rows = new ArrayList<>();
            rows.add(new ArrayList<>(row(late, "a", 1.0)));
            for (int i = 0; i < 1_000; i++) {
                rows.add(new ArrayList<>(row(T0.plusSeconds(i), "a", 1.0)));
            }
            write(t, w, rows);
            Consumer consumer = Consumer.of(w.template().featurestores().get(0));
            assertThat(t.storage.features().pending(w, consumer))
                    .extracting(Touched::range)
                    .containsExactly(
                            TimeRange.of(late, late.plusNanos(1_000)),
                            TimeRange.of(T0, T0.plusSeconds(999).plusNanos(1_000)));
        }
    }
}
