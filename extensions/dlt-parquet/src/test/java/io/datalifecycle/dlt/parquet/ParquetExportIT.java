package io.datalifecycle.dlt.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.TrainingSet;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.connector.FileConnector;
import io.datalifecycle.dlt.ingest.IngestBrokenException;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.language.TemplateReader;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.test.DltExtension;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is exported from one workspace and read into another is the same. This module's tests run in a small heap. */
final class ParquetExportIT {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant END = Instant.parse("2026-04-01T00:00:00Z");

    private static final String TEMPLATE = """
            dlt: 1
            key: plant
            version: 1.0.0
            datastores:
              all:
                time: ts
                natural_key: [asset_id, ts]
                schema:
                  type: object
                  required: [ts, asset_id]
                  properties:
                    ts: { type: string, format: date-time }
                    asset_id: { type: string }
                    "Druck (bar).max": { type: [number, "null"], unit: bar }
                    count: { type: integer }
                    price: { type: number, decimal: true }
                    "on": { type: boolean }
                    day: { type: string, format: date }
                    at: { type: string, format: time }
                    id: { type: string, format: uuid }
                    tags: { type: array }
                    meta: { type: object }
              wide:
                time: ts
                natural_key: [n, ts]
                schema:
                  type: object
                  required: [ts, n]
                  additionalProperties: false
                  properties: { ts: { type: string, format: date-time }, n: { type: integer }, text: { type: string } }
            connectors:
              inbox: { type: file, into: datastore:all, path: "DATA/*.parquet", then: delete, settle: PT0S }
            metrics:
              by_asset:
                sql: SELECT asset_id, count(*) AS n, max(ts) AS latest, sum(price) AS price FROM datastore:all GROUP BY asset_id ORDER BY asset_id
                result: { table: {} }
            """;

    @TempDir
    static Path data;

    @RegisterExtension
    final DltExtension dlt = DltExtension.withTemplate(TemplateReader.read(TEMPLATE.replace("DATA", data.toString()))
                    .template())
            .startingAt(START)
            .with(builder -> builder.connector(FileConnector.below(data).with(new ParquetFormat())));

    private static Map<String, Object> row(int i, Random random) {
        Map<String, Object> row = new HashMap<>();
        row.put("ts", START.plusNanos(i * 1_000_001_000L));
        row.put("asset_id", "P-" + i % 5 + (i % 7 == 0 ? " ≤ ü😀" : ""));
        row.put("Druck (bar).max", i % 11 == 0 ? null : random.nextGaussian() * Math.pow(10, i % 20 - 10));
        row.put("count", random.nextLong());
        row.put("price", new BigDecimal(random.nextInt()).movePointLeft(i % 9));
        if (i % 3 == 0) {
            row.put("on", random.nextBoolean());
            row.put("day", LocalDate.of(1900, 1, 1).plusDays(random.nextInt(70_000)));
            row.put("at", LocalTime.ofSecondOfDay(random.nextInt(86_400) | 1) + "Z");
            row.put("id", new UUID(random.nextLong(), random.nextLong()).toString());
            row.put("tags", List.of("a", i, List.of(true)));
            row.put("meta", Map.of("deep", Map.of("er", i, "text", "ü"), "n", 1.5));
            row.put("not named", i);
            row.put("nor this", Map.of("x", "y"));
        }
        return row;
    }

    @Test
    void aTrainingSetIsReadBackTheSame(Workspace north, @TempDir Path folder) {
        Random random = new Random(5);
        List<Map<String, Object>> stored =
                IntStream.range(0, 300).mapToObj(i -> row(i, random)).toList();
        assertThat(north.datastore("all").ingest(Rows.of(stored)).accepted()).isEqualTo(300);
        List<Map<String, Object>> entities = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            entities.add(Map.of(
                    "ts",
                    START.plusSeconds(random.nextInt(300)),
                    "asset_id",
                    stored.get(i % 300).get("asset_id"),
                    "failed",
                    i % 2 == 0));
        }
        TrainingSet set = north.trainingSet(t -> t.entities(entities)
                .time("ts")
                .carry("failed", ColumnType.BOOLEAN)
                .feature("datastore:all", f -> f.by("asset_id").columns("count", "price", "day", "id", "meta")));
        Path file = folder.resolve("set.parquet");
        assertThat(ParquetExport.of(set).to(file)).isEqualTo(400);
        TrainingSet again = north.trainingSet(t -> t.entities(ParquetFormat.read(file, ZoneOffset.UTC))
                .time("ts")
                .carry("failed", ColumnType.BOOLEAN)
                .carry("count", ColumnType.BIGINT)
                .carry("price", ColumnType.DECIMAL)
                .carry("day", ColumnType.DATE)
                .carry("id", ColumnType.UUID)
                .carry("meta", ColumnType.JSON)
                .feature("datastore:all", f -> f.by("asset_id").columns("on")));
        List<Map<String, Object>> read = plain(again);
        read.forEach(row -> row.remove("on"));
        assertThat(read).isEqualTo(plain(set));
        assertThat(read).filteredOn(row -> row.get("id") != null).hasSizeGreaterThan(50);
    }

    private static List<Map<String, Object>> plain(TrainingSet set) {
        List<Map<String, Object>> rows = new ArrayList<>();
        set.rows(batch -> {
            for (int i = 0; i < batch.size(); i++) {
                Map<String, Object> row = new TreeMap<>(batch.row(i));
                row.computeIfPresent("price", (name, price) -> ((BigDecimal) price).stripTrailingZeros());
                row.computeIfPresent("meta", (name, json) -> ((String) json).replace(" ", ""));
                rows.add(row);
            }
        });
        return rows;
    }

    private static List<Map<String, Object>> rows(Workspace workspace, String store) {
        List<Map<String, Object>> rows = new ArrayList<>();
        workspace
                .datastore(store)
                .extent()
                .ifPresent(range -> workspace.datastore(store).rows(range, batch -> {
                    for (int i = 0; i < batch.size(); i++) {
                        Map<String, Object> row = new TreeMap<>(batch.row(i));
                        row.computeIfPresent("price", (name, price) -> ((BigDecimal) price).stripTrailingZeros());
                        rows.add(row);
                    }
                }));
        return rows;
    }

    @ParameterizedTest
    @EnumSource
    void everyTypeOfColumnComesBackAsItWas(ParquetCompression compression) throws IOException {
        Workspace north = dlt.provision("north");
        Workspace south = dlt.provision("south");
        Random random = new Random(7);
        IngestResult given = north.datastore("all")
                .ingest(Rows.of(
                        IntStream.range(0, 3_000).mapToObj(i -> row(i, random)).toList()));
        assertThat(given.rejections()).isEmpty();
        Path file = data.resolve("north.parquet");
        long written = ParquetExport.of(north, "datastore:all", START, END)
                .compression(compression)
                .to(file);
        assertThat(written).isEqualTo(3_000);
        try (var files = Files.list(data)) {
            assertThat(files.filter(path -> path.toString().endsWith(".part")))
                    .as("nothing half-written stays")
                    .isEmpty();
        }
        IngestResult in = south.connector("inbox").run();
        assertThat(in.accepted()).isEqualTo(3_000);
        assertThat(rows(south, "all")).isEqualTo(rows(north, "all"));
        assertThat(file).doesNotExist();
    }

    @Test
    void aSpanIsExportedAndReadWithoutAConnector(Workspace north, Workspace south) {
        Random random = new Random(8);
        north.datastore("all")
                .ingest(Rows.of(
                        IntStream.range(0, 100).mapToObj(i -> row(i, random)).toList()));
        Path file = data.resolve("span.parq");
        assertThat(ParquetExport.of(north, "datastore:all", START.plusSeconds(10), START.plusSeconds(20))
                        .to(file))
                .isEqualTo(10);
        south.datastore("all").ingest(ParquetFormat.read(file, ZoneOffset.UTC));
        assertThat(rows(south, "all")).isEqualTo(rows(north, "all").subList(10, 20));
        assertThat(ParquetExport.of(north, "datastore:all", END, END.plusSeconds(1))
                        .to(file))
                .isZero();
        assertThat(south.datastore("all")
                        .ingest(ParquetFormat.read(file, ZoneOffset.UTC))
                        .offered())
                .isZero();
    }

    @Test
    void hugeDecimalsAreKeptAsText(Workspace north) {
        BigDecimal huge = new BigDecimal("9".repeat(30) + "." + "1".repeat(20));
        north.datastore("all").ingest(Rows.of(Map.of("ts", START, "asset_id", "a", "price", huge)));
        Path file = data.resolve("huge.parq");
        ParquetExport.of(north, "datastore:all", START, END).to(file);
        assertThat(new ParquetRows(file, ZoneOffset.UTC).next().get("price")).isEqualTo(huge.toPlainString());
    }

    @Test
    void aMetricIsExported(Workspace north) {
        north.datastore("all")
                .ingest(Rows.of(IntStream.range(0, 10)
                        .mapToObj(i -> Map.of(
                                "ts", START.plusSeconds(i), "asset_id", "P-" + i % 2, "price", new BigDecimal("1.10")))
                        .toList()));
        Path file = data.resolve("metric.parq");
        assertThat(ParquetExport.of(north.metric("by_asset")).to(file)).isEqualTo(2);
        ParquetRows rows = new ParquetRows(file, ZoneOffset.UTC);
        Map<String, ?> first = rows.next();
        assertThat(first.get("asset_id")).isEqualTo("P-0");
        assertThat(first.get("n")).isEqualTo(5L);
        assertThat(first.get("latest")).isEqualTo(START.plusSeconds(8));
        assertThat(first.get("price")).isEqualTo(new BigDecimal("5.5"));
    }

    @Test
    void aHundredThousandRowsNeedNoMoreMemoryThanSome(Workspace north, Workspace south) {
        assertThat(Runtime.getRuntime().maxMemory())
                .as("less than the texts of the rows")
                .isLessThan(150L << 20);
        int count = 100_000;
        Random random = new Random(1);
        Iterable<Map<String, ?>> many = () -> new Iterator<>() {
            private int i;

            @Override
            public boolean hasNext() {
                return i < count;
            }

            @Override
            public Map<String, ?> next() {
                byte[] text = new byte[1_600];
                for (int at = 0; at < text.length; at++) {
                    text[at] = (byte) ('a' + random.nextInt(26));
                }
                return Map.of(
                        "ts", START.plusSeconds(i), "n", i++, "text", new String(text, StandardCharsets.US_ASCII));
            }
        };
        assertThat(north.datastore("wide").ingest(Rows.of(many)).accepted()).isEqualTo(count);
        Path file = data.resolve("wide.parq");
        assertThat(ParquetExport.of(north, "datastore:wide", START, END).to(file))
                .isEqualTo(count);
        IngestResult in = south.datastore("wide").ingest(ParquetFormat.read(file, ZoneOffset.UTC));
        assertThat(in.accepted()).isEqualTo(count);
        assertThat(checksum(south)).isEqualTo(checksum(north));
    }

    private static long checksum(Workspace workspace) {
        long[] sum = new long[1];
        workspace.datastore("wide").rows(workspace.datastore("wide").extent().orElseThrow(), batch -> {
            for (int i = 0; i < batch.size(); i++) {
                sum[0] = sum[0] * 31 + batch.row(i).hashCode();
            }
        });
        return sum[0];
    }

    @Test
    void whatCannotBeWrittenIsToldAndLeavesNothing(Workspace north) throws IOException {
        assertThatThrownBy(() -> ParquetExport.of(north, "datastore:all", START, END)
                        .to(data.resolve("no such directory/x.parquet")))
                .isInstanceOf(DltException.class)
                .hasMessageContaining("DLT-6005");
        assertThatThrownBy(() -> ParquetExport.of(north, "metric:by_asset", START, END))
                .isInstanceOf(IllegalArgumentException.class);
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("no space left");
            }
        };
        assertThatThrownBy(() ->
                        ParquetExport.of(north, "datastore:all", START, END).to(full))
                .hasMessageContaining("no space left");
    }

    @Test
    void rowsBeforeABreakAreKeptAndTheSourceIsClosed(Workspace north) {
        AtomicBoolean closed = new AtomicBoolean();
        class Breaking implements Iterator<Map<String, ?>>, Closeable {
            private int i;

            @Override
            public boolean hasNext() {
                if (i == 5) {
                    throw new UncheckedIOException(new IOException("the cable is cut"));
                }
                return true;
            }

            @Override
            public Map<String, ?> next() {
                return Map.of("ts", START.plusSeconds(i++), "asset_id", "a");
            }

            @Override
            public void close() {
                closed.set(true);
            }
        }
        assertThatThrownBy(() -> north.datastore("all").ingest(Rows.of(() -> new Breaking())))
                .isInstanceOf(IngestBrokenException.class)
                .hasMessageContaining("the cable is cut");
        assertThat(north.datastore("all").count()).isEqualTo(5);
        assertThat(closed).isTrue();
    }

    @Test
    void brokenFilesArePutAsideWithTheirReasonAndWhatWasGoodIsKept(Workspace north, Workspace south)
            throws IOException {
        Random random = new Random(9);
        north.datastore("all")
                .ingest(Rows.of(
                        IntStream.range(0, 2_000).mapToObj(i -> row(i, random)).toList()));
        Path file = data.resolve("whole.bin");
        ParquetExport.of(north, "datastore:all", START, END)
                .compression(ParquetCompression.NONE)
                .to(file);
        byte[] whole = Files.readAllBytes(file);
        List<byte[]> broken = new ArrayList<>();
        broken.add(new byte[0]);
        broken.add("ts,asset_id\n1,2\n".getBytes(StandardCharsets.UTF_8));
        broken.add(java.util.Arrays.copyOf(whole, whole.length / 2));
        for (int i = 0; i < 12; i++) { // bytes overwritten anywhere
            byte[] bytes = whole.clone();
            int at = (int) ((long) bytes.length * (i + 1) / 13);
            for (int j = at; j < Math.min(at + 64, bytes.length); j++) {
                bytes[j] = (byte) random.nextInt();
            }
            broken.add(bytes);
        }
        Files.delete(file);
        for (int i = 0; i < broken.size(); i++) {
            Path bad = data.resolve("bad-" + i + ".parquet");
            Files.write(bad, broken.get(i));
            Files.setLastModifiedTime(bad, java.nio.file.attribute.FileTime.from(START.minusSeconds(60)));
            try {
                south.connector("inbox").run();
            } catch (DltException e) {
                assertThat(e).hasMessageContaining("DLT-3");
            }
            assertThat(bad).doesNotExist(); // read after all, or put aside
        }
        try (var failed = Files.list(data.resolve("failed"))) {
            assertThat(failed.filter(path -> path.toString().endsWith(".reason.txt"))
                            .count())
                    .isGreaterThanOrEqualTo(3);
        }
        assertThat(data.resolve("failed/bad-1.parquet.reason.txt")).content().contains("cannot be read as Parquet");
    }
}
