package io.datalifecycle.dlt.storage.ingest;

import static io.datalifecycle.dlt.storage.TestStorage.row;
import static io.datalifecycle.dlt.storage.TestStorage.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.spi.RowSink.WriteResult;
import io.datalifecycle.dlt.spi.StoreReader;
import io.datalifecycle.dlt.storage.TestStorage;
import io.datalifecycle.dlt.template.Inferencestore;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type of column comes back as it went in, and means the same to the database. */
class ColumnTypesIT {

    private static final String BACKENDS = "io.datalifecycle.dlt.testdb.TestDatabase#backends";
    private static final Instant T0 = Instant.parse("2026-02-03T04:05:06Z");

    private static Inferencestore store() {
        List<Column> columns = new ArrayList<>();
        for (ColumnType type : ColumnType.values()) {
            columns.add(Column.of(type.label(), type));
        }
        return new Inferencestore(
                "all", Optional.empty(), "at", List.of("at"), columns, Duration.ofDays(30), Optional.empty());
    }

    private static Template template() {
        Template empty = Template.define("types", "1.0.0", t -> {});
        return new Template(
                empty.key(),
                empty.version(),
                empty.title(),
                empty.description(),
                empty.timezone(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(store()),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                io.datalifecycle.dlt.template.Renames.NONE);
    }

    private static List<List<@Nullable Object>> values() {
        List<List<@Nullable Object>> values = new ArrayList<>();
        values.add(row(
                "plain", 1.5, 1L, new BigDecimal("1.50"), true, T0, LocalDate.EPOCH, LocalTime.NOON, uuid(1), "{}"));
        values.add(row(
                "",
                -0.0,
                Long.MIN_VALUE,
                BigDecimal.ZERO,
                false,
                Instant.parse("0001-01-01T00:00:00Z"),
                LocalDate.of(1, 1, 1),
                LocalTime.MIDNIGHT,
                new UUID(0, 0),
                "null"));
        values.add(row(
                "naïve 日本 😀 \u0001 \\ \t\n'\"",
                Double.MAX_VALUE,
                Long.MAX_VALUE,
                new BigDecimal(BigInteger.TEN.pow(400).negate(), 100),
                null,
                Instant.parse("9999-12-31T23:59:59.999999Z"),
                LocalDate.of(9999, 12, 31),
                LocalTime.of(23, 59, 59, 999_999_000),
                new UUID(-1, -1),
                "[1, \"ü\", {\"k\": null}]"));
        values.add(row(
                "x".repeat(100_000),
                Double.MIN_VALUE,
                0L,
                new BigDecimal("-0.00000000000000000001"),
                null,
                Instant.parse("1969-12-31T23:59:59.999999Z"),
                LocalDate.of(1969, 12, 31),
                LocalTime.of(0, 0, 0, 1_000),
                null,
                null));
        values.add(row(
                "ünicode, after the buffer grew",
                -1e-300,
                -1L,
                new BigDecimal("1E+30"),
                true,
                Instant.parse("1999-12-31T23:59:59.999999Z"),
                LocalDate.of(1999, 12, 31),
                null,
                null,
                "1.10"));
        values.add(row(null, null, null, null, null, null, null, null, null, null));
        for (String decimal : List.of(
                "0.0000",
                "9999",
                "10000",
                "0.9999",
                "0.00010000",
                "100000000",
                "1234567890.12345",
                "-12",
                "0.1",
                "0.01",
                "0.001",
                "1e-5",
                "1E+4",
                "1E+5",
                "3.0000000000")) {
            values.add(row(null, null, null, new BigDecimal(decimal)));
        }
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            BigDecimal decimal = new BigDecimal(new BigInteger(random.nextInt(120), random), random.nextInt(60) - 20);
            values.add(row(null, null, null, random.nextBoolean() ? decimal : decimal.negate()));
        }
        return values;
    }

    private static UUID uuid(long seed) {
        return new UUID(0x0123_4567_89ab_cdefL * seed, 0xfedc_ba98_7654_3210L);
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void everyValueComesBack(Backend backend) {
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = t.provision(template(), 1, ZoneOffset.UTC);
            List<List<@Nullable Object>> rows = new ArrayList<>();
            for (List<@Nullable Object> value : values()) {
                List<@Nullable Object> row = new ArrayList<>(value);
                row.add(0, T0.plusSeconds(rows.size()));
                while (row.size() <= ColumnType.values().length) {
                    row.add(null);
                }
                rows.add(row);
            }
            // the second time through staging, where every row is known
            for (int pass = 0; pass < 2; pass++) {
                WriteResult result = t.storage.rows().write(write(w, store(), rows));
                assertThat(result.rejected()).isEmpty();
                assertThat(result.accepted()).isEqualTo(pass == 0 ? rows.size() : 0);
                List<List<@Nullable Object>> read = t.rows(w, store());
                for (int r = 0; r < rows.size(); r++) {
                    assertThat(plain(read.get(r))).as("row " + r).isEqualTo(plain(rows.get(r)));
                }
            }
            assertThat(t.texts("SELECT \"decimal\"::text FROM all_wid1 WHERE at = '2026-02-03 04:05:06Z'"))
                    .containsExactly("1.50");
            assertThat(
                            t.texts(
                                    "SELECT count(*) FROM all_wid1 WHERE \"date\" = '1969-12-31' AND \"time\" = '00:00:00.000001'"))
                    .containsExactly("1");
        }
    }

    /** Scale is kept, but not below zero; JSON keeps its meaning, not its blanks. */
    private static List<@Nullable Object> plain(List<@Nullable Object> row) {
        return row.stream()
                .map(v -> v instanceof BigDecimal d && d.scale() < 0 ? d.setScale(0) : v)
                .map(v -> v instanceof Double d && d == 0 ? (Object) 0.0 : v)
                .toList();
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void aDecimalBeyondTheDatabaseIsRefusedAlone(Backend backend) {
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = t.provision(template(), 1, ZoneOffset.UTC);
            List<List<@Nullable Object>> rows = new ArrayList<>();
            for (String decimal : List.of("1", "1E+999999999", "1E-20000", "1E+131071", "1E-16383")) {
                rows.add(Arrays.asList(T0.plusSeconds(rows.size()), null, null, null, new BigDecimal(decimal)));
            }
            WriteResult result = t.storage.rows().write(write(w, store(), rows));
            assertThat(result.rejected()).extracting(r -> r.line()).containsExactly(2L, 3L);
            assertThat(result.accepted()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void aScanGivesTheColumnsAskedForInBatchesUpToItsLimit(Backend backend) {
        try (TestStorage t = new TestStorage(backend)) {
            WorkspaceContext w = t.provision(template(), 1, ZoneOffset.UTC);
            List<List<Object>> rows = new ArrayList<>();
            for (int i = 0; i < 25; i++) {
                rows.add(new ArrayList<>(row(T0.plusSeconds(i), "r" + i)));
            }
            t.storage.rows().write(write(w, store(), rows));
            List<Integer> sizes = new ArrayList<>();
            List<@Nullable Object> last = new ArrayList<>();
            long given = t.storage
                    .reader()
                    .scan(w, new StoreReader.Scan(store(), List.of("text", "at"), TestStorage.ALL, 10, 22), batch -> {
                        sizes.add(batch.size());
                        last.clear();
                        last.addAll(batch.row(batch.size() - 1).values());
                    });
            assertThat(given).isEqualTo(22);
            assertThat(sizes).containsExactly(10, 10, 2);
            assertThat(last).isEqualTo(List.of("r21", T0.plusSeconds(21)));
        }
    }
}
