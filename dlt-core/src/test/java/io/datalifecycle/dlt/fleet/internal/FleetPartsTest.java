package io.datalifecycle.dlt.fleet.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.fleet.internal.Terms.Canary;
import io.datalifecycle.dlt.fleet.internal.Terms.Question;
import io.datalifecycle.dlt.plan.ApplyOptions;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.spi.TransformEngine.Rows;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Waves, terms, turns and the comparison of rows, without a database. */
class FleetPartsTest {

    private static List<String> keys(int number) {
        return IntStream.rangeClosed(1, number).mapToObj(i -> "w" + i).toList();
    }

    @Test
    void percentsRoundUpAndEmptyWavesAreNone() {
        assertThat(Waves.percent(keys(200), List.of(1, 10, 50, 100)).values())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 200)
                        .mapToObj(i -> i <= 2 ? 1 : i <= 20 ? 2 : i <= 100 ? 3 : 4)
                        .toList());
        assertThat(Waves.percent(keys(3), List.of(1, 10, 50, 100)).values()).containsExactly(1, 2, 3);
        assertThat(Waves.percent(List.of(), List.of(100))).isEmpty();
    }

    @Test
    void listsAreWavesAndTheRestIsTheLast() {
        assertThat(Waves.lists(keys(5), List.of(List.of("w4"), List.of("gone"), List.of("w2", "w1")), true))
                .isEqualTo(Map.of("w4", 1, "w2", 2, "w1", 2, "w3", 3, "w5", 3));
        assertThat(Waves.lists(keys(3), List.of(List.of("w2")), false)).isEqualTo(Map.of("w2", 1));
    }

    @Test
    void termsComeBackAsTheyWere() {
        Terms terms = new Terms(
                3,
                Duration.ofHours(1),
                0.2,
                4,
                ApplyOptions.ALLOW_DESTRUCTIVE.leavingBackfills(),
                Map.of("limit", 9.5, "n", 7L, "on", true),
                Optional.of(new Canary(
                        List.of("north"),
                        List.of(new Question("now", Map.of()), new Question("samples", Map.of("from", "2026-01-01"))),
                        List.of(Canary.ALL),
                        0.001,
                        true)));
        assertThat(Terms.read(terms.json())).isEqualTo(terms);
    }

    private static Rows rows(List<Column> columns, Object[]... rows) {
        return new Rows(columns, Arrays.stream(rows).map(Arrays::asList).toList(), false);
    }

    private static final List<Column> COLUMNS = List.of(
            Column.of("asset", ColumnType.TEXT), Column.of("v", ColumnType.DOUBLE), Column.of("n", ColumnType.DECIMAL));

    @Test
    void numbersMayDifferByAShareOfTheLarger() {
        Rows before = rows(COLUMNS, new Object[] {"a", 1000.0, BigDecimal.ONE}, new Object[] {"b", -1000.0, null});
        Rows after = rows(COLUMNS, new Object[] {"b", -1000.9, null}, new Object[] {"a", 1001.0, BigDecimal.ONE});
        assertThat(RowComparison.of(before, after, 0.001)).isEmpty();
        assertThat(RowComparison.of(before, after, 0.0008))
                .extracting(RowComparison.Difference::where)
                .containsExactly("asset=a v", "asset=b v");
        assertThat(RowComparison.of(before, before, 0)).isEmpty();
    }

    @Test
    void rowsColumnsAndMissingValuesAreDifferences() {
        Rows before = rows(COLUMNS, new Object[] {"a", 1.0, BigDecimal.ONE}, new Object[] {"b", Double.NaN, null});
        Rows after = rows(
                List.of(COLUMNS.get(0), COLUMNS.get(1), Column.of("more", ColumnType.TEXT)),
                new Object[] {"b", 2.0, "x"},
                new Object[] {"c", 3.0, "x"});
        assertThat(RowComparison.of(before, after, 1e-9))
                .extracting(RowComparison.Difference::toString)
                .satisfiesExactly(
                        d -> assertThat(d).contains("column n", "is not there"),
                        d -> assertThat(d).contains("asset=a", "a row", "none"),
                        d -> assertThat(d).contains("asset=b v", "NaN", "2.0"),
                        d -> assertThat(d).contains("asset=c", "none", "a row"));
    }

    @Test
    void manyDifferencesAreCounted() {
        Object[][] many = IntStream.range(0, 50)
                .mapToObj(i -> new Object[] {"a" + i, (double) i + 1, null})
                .toArray(Object[][]::new);
        Object[][] other = IntStream.range(0, 50)
                .mapToObj(i -> new Object[] {"a" + i, (double) i + 2, null})
                .toArray(Object[][]::new);
        assertThat(RowComparison.of(rows(COLUMNS, many), rows(COLUMNS, other), 0))
                .hasSize(21)
                .last()
                .satisfies(d -> assertThat(d.where()).isEqualTo("and 30 more"));
    }

    @Test
    void turnsRunSideBySideAndStopWhenOneSaysSo() {
        CountDownLatch together = new CountDownLatch(3);
        Set<Integer> begun = ConcurrentHashMap.newKeySet();
        Turns.take(List.of(1, 2, 3), 3, i -> {
            begun.add(i);
            together.countDown();
            try {
                return together.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(begun).containsExactlyInAnyOrder(1, 2, 3);
        begun.clear();
        Turns.take(List.of(1, 2, 3), 1, i -> begun.add(i) && i < 2);
        assertThat(begun).containsExactlyInAnyOrder(1, 2);
        assertThatThrownBy(() -> Turns.take(List.of(1, 2, 3, 4), 2, i -> {
                    throw new AssertionError("died");
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessage("died");
    }
}
