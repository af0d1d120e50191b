package io.datalifecycle.dlt.storage.ingest;

import static io.datalifecycle.dlt.storage.TestStorage.ALL;
import static io.datalifecycle.dlt.storage.TestStorage.row;
import static io.datalifecycle.dlt.storage.ingest.Corrected.T0;
import static io.datalifecycle.dlt.storage.ingest.Corrected.hours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.ingest.CorrectResult;
import io.datalifecycle.dlt.problem.InvalidInputException;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.storage.TestStorage;
import io.datalifecycle.dlt.template.Duplicates;
import io.datalifecycle.dlt.testdb.Backend;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows that are stored are corrected and deleted: all that was asked for or nothing, and what is derived from them learns of it. */
class CorrectionIT {

    private static final String BACKENDS = "io.datalifecycle.dlt.testdb.TestDatabase#backends";

    private static Instant hour(double hours) {
        return T0.plus(Duration.ofSeconds(Math.round(hours * 3_600)));
    }

    private static List<@Nullable Object> reading(double hours, String asset, @Nullable Double v, @Nullable Long k) {
        return row(hour(hours), asset, v, k);
    }

    private static final List<List<@Nullable Object>> READINGS = List.of(
            reading(0.5, "a", 1.0, 1L),
            reading(0.5, "b", 2.0, null),
            reading(1.5, "a", 3.0, 3L),
            reading(30.5, "a", 4.0, 4L),
            reading(30.75, "b", null, 5L));

    private static Map<String, @Nullable Object> with(
            Map<String, @Nullable Object> row, String column, @Nullable Object value) {
        row.put(column, value);
        return row;
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void deletedRowsAreGoneAndOnlyTheirTimesAreTold(Backend backend) {
        for (Duplicates duplicates : Duplicates.values()) {
            try (Corrected c = new Corrected(backend, duplicates)) {
                c.write(READINGS);
                c.refresh();
                c.forgetTouched();

                assertThat(c.delete(hours(0, 40), Map.of("asset", "b"))).isEqualTo(2);

                assertThat(c.told).containsExactly(0L, 2L);
                assertThat(c.rows()).hasSize(3).noneMatch(r -> "b".equals(r.get(1)));
                assertThat(c.touched("featurestore:hourly")).containsExactly("0.5 0.5", "30.75 30.75");
                assertThat(c.touched("model:direct")).containsExactly("0.5 0.5", "30.75 30.75");
                c.refresh();
                assertThat(c.wrong()).isEmpty();
                assertThat(c.touched("model:m")).containsExactly("0 1", "30 31");
                assertThat(c.delete(hours(0, 40), Map.of("asset", "b"))).isZero();
                assertThat(c.touched("featurestore:hourly")).isEmpty();
                assertThat(c.delete(hours(0, 1), Map.of())).isEqualTo(1);
                assertThat(c.delete(hours(3, 3), Map.of())).isZero();
                c.refresh();
                assertThat(c.wrong()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void conditionsAreTypedAndNullEqualsNull(Backend backend) {
        try (Corrected c = new Corrected(backend, Duplicates.IGNORE)) {
            c.write(READINGS);
            Map<String, @Nullable Object> nothing = new HashMap<>();
            nothing.put("k", null);
            assertThat(c.delete(ALL, nothing)).isEqualTo(1);
            assertThat(c.delete(ALL, Map.of("v", 3))).isEqualTo(1);
            assertThat(c.delete(ALL, Map.of("k", 4.0, "ts", hour(30.5)))).isEqualTo(1);
            assertThat(c.delete(ALL, Map.of("asset", "' OR true --"))).isZero();
            assertThat(c.rows()).hasSize(2);
            assertThatThrownBy(() -> c.delete(ALL, Map.of("aset", "a")))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("datastore:raw has no column aset; did you mean asset?");
            for (Map<String, Object> wrong :
                    List.<Map<String, Object>>of(Map.of("k", 1.5), Map.of("k", Double.NaN), Map.of("ts", "now"))) {
                assertThatThrownBy(() -> c.correct(ALL, wrong, r -> null))
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessageContaining("where: column ")
                        .hasMessageNotContaining("1.5");
            }
            assertThat(c.rows()).hasSize(2);
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void correctedRowsAreReplacedDeletedOrLeft(Backend backend) {
        for (Duplicates duplicates : Duplicates.values()) {
            try (Corrected c = new Corrected(backend, duplicates)) {
                c.write(READINGS);
                c.refresh();
                c.forgetTouched();

                CorrectResult result = c.correct(hours(0, 31), row -> {
                    if (Double.valueOf(3.0).equals(row.get("v"))) {
                        return with(row, "v", 30); // an int is a number, too
                    }
                    return "b".equals(row.get("asset")) && row.get("v") == null ? null : row;
                });

                assertThat(result).isEqualTo(new CorrectResult(5, 1, 1, 3, List.of()));
                assertThat(result.isApplied()).isTrue();
                assertThat(c.told).containsExactly(1L, 1L);
                assertThat(c.rows())
                        .containsExactly(
                                READINGS.get(0), READINGS.get(1), reading(1.5, "a", 30.0, 3L), READINGS.get(3));
                assertThat(c.touched("featurestore:hourly")).containsExactly("1.5 1.5", "30.75 30.75");
                assertThat(c.touched("model:direct")).hasSize(2);
                c.refresh();
                assertThat(c.touched("model:m")).hasSize(2);
                assertThat(c.wrong()).isEmpty();

                assertThat(c.correct(
                                        ALL,
                                        row -> with(
                                                row,
                                                "k",
                                                row.get("k") == null
                                                        ? null
                                                        : (Object) ((Long) row.get("k")).intValue()))
                                .unchanged())
                        .as("the same numbers by another type")
                        .isEqualTo(4);
                assertThat(c.touched("featurestore:hourly")).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void rowsMayMoveToWhereNoRowWasAndOldAndNewTimesAreTold(Backend backend) {
        try (Corrected c = new Corrected(backend, Duplicates.IGNORE)) {
            c.write(READINGS);
            c.refresh();
            c.forgetTouched();

            CorrectResult moved = c.correct(
                    ALL,
                    Map.of("v", 3.0),
                    row -> with(row, "ts", ((Instant) row.get("ts")).minus(Duration.ofDays(90))));

            assertThat(moved).isEqualTo(new CorrectResult(1, 1, 0, 0, List.of()));
            assertThat(c.rows()).hasSize(5).contains(reading(1.5 - 90 * 24, "a", 3.0, 3L));
            assertThat(c.touched("featurestore:hourly")).containsExactly("-2158.5 -2158.5", "1.5 1.5");
            c.refresh();
            assertThat(c.wrong()).isEmpty();

            CorrectResult early = c.correct(ALL, row -> with(row, "ts", TestStorage.NOW.plus(Duration.ofDays(2))));
            assertThat(early.isApplied()).isFalse();
            assertThat(early.rejections())
                    .hasSize(5)
                    .allSatisfy(r -> assertThat(r.reasons().get(0).label()).isEqualTo("/ts window"));
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void oneInvalidRowChangesNothingAndSaysWhy(Backend backend) {
        try (Corrected c = new Corrected(backend, Duplicates.IGNORE)) {
            c.write(READINGS);
            c.refresh();
            List<List<@Nullable Object>> before = c.rows();

            CorrectResult result = c.correct(ALL, row -> switch (String.valueOf(row.get("v"))) {
                case "1.0" -> with(row, "k", 99);
                case "3.0" -> with(row, "v", 1e6);
                case "4.0" -> with(with(row, "asset", null), "pressure", 1);
                default -> null;
            });

            assertThat(result.isApplied()).isFalse();
            assertThat(result.read()).isEqualTo(5);
            assertThat(result.unchanged()).isEqualTo(5);
            assertThat(result.rejections()).extracting(RowRejection::line).containsExactly(3L, 4L);
            assertThat(result.rejections().get(0).reasons().get(0).label()).isEqualTo("/v maximum");
            assertThat(result.rejections().get(0).payload()).contains("1000000");
            assertThat(result.rejections().get(1).reason()).contains("\"pressure\" is no column");
            CorrectResult missing = c.correct(ALL, Map.of("v", 4.0), row -> with(row, "asset", null));
            assertThat(missing.rejections().get(0).reasons().get(0).label()).isEqualTo("/asset required");
            assertThat(c.rows()).isEqualTo(before);
            assertThat(c.touched("featurestore:hourly")).isEmpty();
            assertThat(c.told).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void whatTheFixThrowsGoesThroughAndChangesNothing(Backend backend) {
        try (Corrected c = new Corrected(backend, Duplicates.KEEP)) {
            c.write(READINGS);
            c.refresh();
            List<List<@Nullable Object>> before = c.rows();
            AtomicInteger calls = new AtomicInteger();
            IllegalStateException crash = new IllegalStateException("crash");

            assertThatThrownBy(() -> c.correct(ALL, row -> {
                        if (calls.incrementAndGet() == 4) {
                            throw crash;
                        }
                        return calls.get() == 2 ? null : with(row, "k", 7);
                    }))
                    .isSameAs(crash);

            assertThat(c.rows()).isEqualTo(before);
            assertThat(c.touched("featurestore:hourly")).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void aKeyThatAnotherRowHasIsRefusedButKeysMayBeExchanged(Backend backend) {
        try (Corrected c = new Corrected(backend, Duplicates.UPDATE)) {
            c.write(READINGS);
            List<List<@Nullable Object>> before = c.rows();

            CorrectResult taken = c.correct(hours(0, 2), row -> with(row, "asset", "b"));
            assertThat(taken.isApplied()).isFalse();
            assertThat(taken.rejections()).singleElement().satisfies(r -> {
                assertThat(r.line()).isBetween(1L, 2L);
                assertThat(r.reasons().get(0).keyword()).isEqualTo("natural_key");
                assertThat(r.reason()).contains("another row has the same asset and ts");
                assertThat(r.payload()).contains("\"asset\": \"b\"").doesNotContain("ordinal");
            });
            CorrectResult twice = c.correct(ALL, row -> with(with(row, "ts", hour(7)), "asset", "c"));
            assertThat(twice.rejections()).hasSize(4);
            assertThat(c.rows()).isEqualTo(before);

            CorrectResult exchanged =
                    c.correct(hours(0, 1), row -> with(row, "asset", "a".equals(row.get("asset")) ? "b" : "a"));
            assertThat(exchanged).isEqualTo(new CorrectResult(2, 2, 0, 0, List.of()));
            assertThat(c.rows()).startsWith(reading(0.5, "a", 2.0, null), reading(0.5, "b", 1.0, 1L));
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void ofRowsThatAreTheSameEachIsItsOwn(Backend backend) {
        try (Corrected c = new Corrected(backend, Duplicates.KEEP)) {
            for (int i = 0; i < 3; i++) {
                c.write(List.of(reading(1, "a", 1.0, 1L), reading(1, "a", 1.0, 1L)));
            }
            AtomicInteger seen = new AtomicInteger();
            CorrectResult result = c.correct(ALL, row -> switch (seen.incrementAndGet()) {
                case 2, 5 -> null;
                case 3 -> with(row, "k", 2L);
                default -> row;
            });
            assertThat(result).isEqualTo(new CorrectResult(6, 1, 2, 3, List.of()));
            assertThat(c.rows()).extracting(r -> r.get(3)).containsExactlyInAnyOrder(1L, 1L, 1L, 2L);
            c.refresh();
            assertThat(c.wrong()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void rowsOfManyBatchesGoInOneTransaction(Backend backend) {
        try (Corrected c = new Corrected(backend, Duplicates.IGNORE)) {
            List<List<@Nullable Object>> many = new ArrayList<>();
            for (int i = 0; i < 2_750; i++) {
                many.add(reading(i / 60.0, "a", 0.0, (long) i));
            }
            c.write(many);
            c.refresh();
            CorrectResult result = c.correct(ALL, row -> {
                long k = (Long) row.get("k");
                return k % 10 == 0 ? null : k % 3 == 0 ? with(row, "k", -k) : row;
            });
            assertThat(result).isEqualTo(new CorrectResult(2_750, 825, 275, 1_650, List.of()));
            assertThat(c.rows()).hasSize(2_475).allSatisfy(r -> {
                long k = (Long) r.get(3);
                assertThat(k % 10).isNotZero();
                assertThat(k % 3 == 0).isEqualTo(k < 0);
            });
            c.refresh();
            assertThat(c.wrong()).isEmpty();
            CorrectResult refused = c.correct(ALL, row -> with(row, "v", -9e9));
            assertThat(refused.rejections())
                    .hasSize(1_000)
                    .last()
                    .satisfies(r -> assertThat(r.line()).isEqualTo(1_000));
        }
    }

    /** The other writer comes while the fix runs: a new row is kept, one that meets a locked row waits and comes after. */
    @ParameterizedTest
    @MethodSource(BACKENDS)
    void whatOthersWriteMeanwhileIsNotLost(Backend backend) throws Exception {
        try (Corrected c = new Corrected(backend, Duplicates.UPDATE)) {
            c.write(READINGS);
            c.refresh();
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch inserted = new CountDownLatch(1);
            CompletableFuture<CorrectResult> correction = CompletableFuture.supplyAsync(() -> c.correct(ALL, row -> {
                begun.countDown();
                try {
                    assertThat(inserted.await(30, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return with(row, "k", 50L);
            }));
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            c.write(List.of(reading(0.6, "new", 9.0, 9L)));
            CompletableFuture<Void> update =
                    CompletableFuture.runAsync(() -> c.write(List.of(reading(1.5, "a", 8.0, 8L))));
            waitForALock(c.t);
            inserted.countDown();

            assertThat(correction.get(30, TimeUnit.SECONDS)).isEqualTo(new CorrectResult(5, 5, 0, 0, List.of()));
            update.get(30, TimeUnit.SECONDS);
            assertThat(c.rows())
                    .contains(reading(0.6, "new", 9.0, 9L), reading(1.5, "a", 8.0, 8L), reading(0.5, "a", 1.0, 50L))
                    .hasSize(6);
            c.refresh();
            assertThat(c.wrong()).isEmpty();
        }
    }

    private static void waitForALock(TestStorage t) throws SQLException {
        try (Connection connection = t.database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DO $$ BEGIN FOR i IN 1 .. 3000 LOOP "
                    + "IF EXISTS (SELECT FROM pg_locks WHERE NOT granted) THEN RETURN; END IF; PERFORM pg_sleep(0.01); "
                    + "END LOOP; RAISE EXCEPTION 'nobody waits'; END $$");
        }
    }

    /** A row that another transaction has changed but not committed is waited for, and given as it is then. */
    @ParameterizedTest
    @MethodSource(BACKENDS)
    void aCorrectionSeesWhatAWriterBeforeItCommits(Backend backend) throws Exception {
        try (Corrected c = new Corrected(backend, Duplicates.UPDATE);
                Connection other = c.t.database.dataSource().getConnection()) {
            c.write(READINGS);
            CompletableFuture<CorrectResult> correction;
            other.setAutoCommit(false);
            try (Statement statement = other.createStatement()) {
                statement.execute("UPDATE raw_wid1 SET k = 100 WHERE v = 1");
                statement.execute("DELETE FROM raw_wid1 WHERE v = 2");
                correction = CompletableFuture.supplyAsync(() -> c.correct(hours(0, 2), row -> with(row, "v", 500.0)));
                waitForALock(c.t);
                other.commit();
            }
            assertThat(correction.get(30, TimeUnit.SECONDS)).isEqualTo(new CorrectResult(2, 2, 0, 0, List.of()));
            assertThat(c.rows()).startsWith(reading(0.5, "a", 500.0, 100L), reading(1.5, "a", 500.0, 3L));
        }
    }
}
