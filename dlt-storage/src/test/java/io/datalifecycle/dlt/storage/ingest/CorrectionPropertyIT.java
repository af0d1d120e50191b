package io.datalifecycle.dlt.storage.ingest;

import static io.datalifecycle.dlt.storage.TestStorage.row;
import static io.datalifecycle.dlt.storage.ingest.Corrected.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.ingest.CorrectResult;
import io.datalifecycle.dlt.template.Duplicates;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.testdb.TestDatabase;
import io.datalifecycle.dlt.time.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is written, deleted and corrected in whatever order, the table is what a list in memory is, and roll-ups follow. */
class CorrectionPropertyIT {

    private static final List<String> COLUMNS = List.of("ts", "asset", "v", "k");

    static Stream<Arguments> runs() {
        return TestDatabase.backends()
                .flatMap(backend -> IntStream.range(0, Integer.getInteger("dlt.property.seeds", 3))
                        .mapToObj(seed -> Arguments.of(backend, seed)));
    }

    /** Rows as a list; a key may be there once. */
    private static final class Model {

        private final boolean keyed;
        private List<List<@Nullable Object>> rows = new ArrayList<>();

        Model(boolean keyed) {
            this.keyed = keyed;
        }

        void insert(List<List<@Nullable Object>> more) {
            for (List<@Nullable Object> row : more) {
                if (!keyed || rows.stream().noneMatch(r -> isSameKey(r, row))) {
                    rows.add(row);
                }
            }
        }

        private static boolean isSameKey(List<@Nullable Object> a, List<@Nullable Object> b) {
            return a.subList(0, 2).equals(b.subList(0, 2));
        }

        long delete(TimeRange range, Map<String, @Nullable Object> where) {
            int before = rows.size();
            rows.removeIf(row -> isSelected(row, range, where));
            return before - rows.size();
        }

        private static boolean isSelected(
                List<@Nullable Object> row, TimeRange range, Map<String, @Nullable Object> where) {
            return range.contains((Instant) Objects.requireNonNull(row.get(0)))
                    && where.entrySet().stream()
                            .allMatch(e -> Objects.equals(e.getValue(), row.get(COLUMNS.indexOf(e.getKey()))));
        }

        /** The counts a correction has; nothing is changed where a key would be there twice or a value is out of bounds. */
        CorrectResult correct(
                TimeRange range,
                Map<String, @Nullable Object> where,
                Function<Map<String, @Nullable Object>, @Nullable Map<String, @Nullable Object>> fix) {
            long read = 0;
            long changed = 0;
            long deleted = 0;
            boolean valid = true;
            List<List<@Nullable Object>> after = new ArrayList<>();
            for (List<@Nullable Object> row : rows) {
                if (!isSelected(row, range, where)) {
                    after.add(row);
                    continue;
                }
                read++;
                Map<String, @Nullable Object> fixed = fix.apply(map(row));
                if (fixed == null) {
                    deleted++;
                    continue;
                }
                List<@Nullable Object> values =
                        row(COLUMNS.stream().map(fixed::get).toArray());
                changed += values.equals(row) ? 0 : 1;
                valid &= !(values.get(2) instanceof Double v) || Math.abs(v) <= 1_000;
                after.add(values);
            }
            Set<List<@Nullable Object>> keys = new HashSet<>();
            valid &= !keyed || after.stream().allMatch(row -> keys.add(row.subList(0, 2)));
            if (valid) {
                rows = after;
            }
            return new CorrectResult(
                    read, valid ? changed : 0, valid ? deleted : 0, valid ? read - changed - deleted : read, List.of());
        }

        private static Map<String, @Nullable Object> map(List<@Nullable Object> row) {
            Map<String, @Nullable Object> map = new HashMap<>();
            for (int c = 0; c < COLUMNS.size(); c++) {
                map.put(COLUMNS.get(c), row.get(c));
            }
            return map;
        }
    }

    @ParameterizedTest(name = "{0} seed {1}")
    @MethodSource("runs")
    void aTableIsWhatAListInMemoryIs(Backend backend, int seed) {
        Random random = new Random(seed);
        Duplicates duplicates = seed % 2 == 0 ? Duplicates.IGNORE : Duplicates.KEEP;
        Model model = new Model(duplicates == Duplicates.IGNORE);
        int applied = 0;
        int refused = 0;
        try (Corrected c = new Corrected(backend, duplicates)) {
            for (int step = 0; step < 30; step++) {
                TimeRange range = range(random);
                Map<String, @Nullable Object> where = where(random);
                switch (random.nextInt(6)) {
                    case 0, 1 -> {
                        List<List<@Nullable Object>> rows = readings(random);
                        c.write(rows);
                        model.insert(rows);
                    }
                    case 2 -> assertThat(c.delete(range, where)).isEqualTo(model.delete(range, where));
                    case 3 -> c.refresh();
                    default -> {
                        var fix = fix(random.nextInt(7), random.nextInt(5));
                        CorrectResult result = c.correct(range, where, fix);
                        CorrectResult expected = model.correct(range, where, fix);
                        assertThat(List.of(result.read(), result.changed(), result.deleted()))
                                .as("step " + step + " " + result)
                                .isEqualTo(List.of(expected.read(), expected.changed(), expected.deleted()));
                        applied += result.changed() + result.deleted() > 0 ? 1 : 0;
                        refused += result.isApplied() ? 0 : 1;
                    }
                }
                assertThat(c.rows()).as("step " + step).containsExactlyInAnyOrderElementsOf(model.rows);
            }
            c.refresh();
            assertThat(c.wrong()).isEmpty();
        }
        assertThat(applied).as("corrections that did something").isPositive();
        assertThat(applied + refused).isGreaterThan(2);
    }

    private static TimeRange range(Random random) {
        Instant from = T0.plus(Duration.ofMinutes(random.nextInt(4_000)));
        return TimeRange.of(from, from.plus(Duration.ofMinutes(random.nextInt(3_000))));
    }

    private static Map<String, @Nullable Object> where(Random random) {
        Map<String, @Nullable Object> where = new HashMap<>();
        if (random.nextInt(3) == 0) {
            where.put("asset", "a" + random.nextInt(3));
        }
        if (random.nextInt(4) == 0) {
            where.put("k", random.nextBoolean() ? null : (Object) (long) random.nextInt(5));
        }
        return where;
    }

    private static List<List<@Nullable Object>> readings(Random random) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = random.nextInt(120); i >= 0; i--) {
            rows.add(row(
                    T0.plus(Duration.ofMinutes(random.nextInt(4_300) / 5 * 5)),
                    "a" + random.nextInt(3),
                    random.nextInt(5) == 0 ? null : (Object) (random.nextInt(2_000) / 2.0),
                    random.nextInt(5) == 0 ? null : (Object) (long) random.nextInt(5)));
        }
        return rows;
    }

    /** What a row becomes depends on the row alone, so that the order in which rows come does not matter. */
    private static Function<Map<String, @Nullable Object>, @Nullable Map<String, @Nullable Object>> fix(
            int kind, int number) {
        return row -> {
            Long k = (Long) row.get("k");
            Instant ts = (Instant) Objects.requireNonNull(row.get("ts"));
            if (k != null && k == number) {
                return null;
            }
            switch (kind) {
                case 0 -> row.put("ts", ts.plus(Duration.ofDays(number - 2))); // may meet others
                case 1 -> row.put("ts", ts.minus(Duration.ofDays(100))); // a chunk that is not there
                case 2 -> row.put("v", row.get("v") == null ? null : (Object) ((Double) row.get("v") * (1 + number)));
                case 3 -> row.put("asset", "a" + number); // certainly meets others
                case 4 ->
                    row.put("asset", Map.of("a0", "a1", "a1", "a2", "a2", "a0").get(row.get("asset")));
                case 5 -> row.put("k", k == null ? 7L : k + 1);
                default -> row.put("v", 12.5);
            }
            return row;
        };
    }
}
