package io.datalifecycle.dlt.ingest.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.datalifecycle.dlt.ingest.CsvFormat;
import io.datalifecycle.dlt.ingest.IngestBrokenException;
import io.datalifecycle.dlt.ingest.IngestOptions;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.problem.StoreUnavailableException;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.spi.Quarantine;
import io.datalifecycle.dlt.spi.Quarantine.Filter;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.OnInvalid;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.template.TemplateId;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IngestorTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final MemoryStorage storage = new MemoryStorage(NOW);
    private final List<String> heard = new ArrayList<>();
    private final List<Instant> newest = new ArrayList<>();
    private final Ingestor ingestor = new Ingestor(storage, () -> NOW, new DltListener() {
        @Override
        public void onIngest(
                WorkspaceContext workspace, String store, long accepted, long duplicate, long rejected, Duration took) {
            heard.add(store + " " + accepted + " " + duplicate + " " + rejected);
        }

        @Override
        public void onNewest(WorkspaceContext workspace, String store, Instant time) {
            newest.add(time);
        }
    });

    private static Template template(OnInvalid onInvalid) {
        return Template.define(
                "pumps",
                "1.0.0",
                t -> t.datastore(
                        "sensor_data",
                        d -> d.time("ts")
                                .naturalKey("asset_id", "ts")
                                .field("ts", Field.timestamp().required())
                                .field("asset_id", Field.text(8).required())
                                .field("pressure", Field.number("bar").minimum(0))
                                .onInvalid(onInvalid)
                                .accept(a -> a.past(Duration.ofDays(10)).future(Duration.ofMinutes(10)))));
    }

    private static final Template QUARANTINE = template(OnInvalid.QUARANTINE);

    private static WorkspaceContext workspace(Template template) {
        TemplateId id = new TemplateId(template.key(), template.version(), "0".repeat(63) + template.hashCode() % 10);
        return new WorkspaceContext(new WorkspaceId(7), "north", id, template, Map.of(), ZoneOffset.UTC, "main");
    }

    private IngestResult ingest(Rows rows) {
        return ingest(rows, IngestOptions.ofDefaults());
    }

    private IngestResult ingest(Rows rows, IngestOptions options) {
        return ingestor.ingest(workspace(QUARANTINE), store(QUARANTINE), rows, options);
    }

    private static Datastore store(Template template) {
        return (Datastore) template.stores().iterator().next();
    }

    private static Rows ndjson(String text) {
        return Rows.ndjson(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String line(int second, String asset, String pressure) {
        return "{\"ts\":\"" + NOW.minusSeconds(3600).plusSeconds(second) + "\",\"asset_id\":\"" + asset
                + "\",\"pressure\":" + pressure + "}\n";
    }

    @Test
    void countsAcceptedDuplicateAndRejected() {
        IngestResult result = ingest(
                ndjson(line(1, "P-1", "1") + line(2, "P-1", "2") + line(1, "P-1", "1") + line(3, "P-1", "-3") + "x\n"));

        assertThat(result).hasToString("5 offered: 2 accepted, 1 duplicate, 2 rejected (2 in quarantine)");
        assertThat(result.rejections()).extracting(RowRejection::line).containsExactly(4L, 5L);
        assertThat(storage.stored).hasSize(2);
        assertThat(storage.quarantined).hasSize(2);
        assertThat(heard).containsExactly("sensor_data 2 1 2");
        assertThat(newest).containsExactly(NOW.minusSeconds(3598));
    }

    @Test
    void rejectKeepsNothing() {
        Template strict = template(OnInvalid.REJECT);
        IngestResult result = ingestor.ingest(
                workspace(strict), store(strict), ndjson(line(1, "P-1", "-1")), IngestOptions.ofDefaults());

        assertThat(result).hasToString("1 offered: 0 accepted, 0 duplicate, 1 rejected");
        assertThat(newest).isEmpty();
        assertThat(storage.quarantined).isEmpty();
    }

    @Test
    void rowsTheDatabaseRefusesAreRejectedAndTheirNeighboursStored() {
        storage.refuses = row -> row.get("asset_id").equals("P-2");
        IngestResult result = ingest(ndjson(line(1, "P-1", "1") + line(1, "P-2", "1") + line(1, "P-3", "1")));

        assertThat(result).hasToString("3 offered: 2 accepted, 0 duplicate, 1 rejected (1 in quarantine)");
        assertThat(result.rejections().get(0).line()).isEqualTo(2);
    }

    @Test
    void rowsOutsideOfTheAcceptWindowAreRejected() {
        String old = "{\"ts\":\"2026-02-01T00:00:00Z\",\"asset_id\":\"P-1\"}\n";
        String early = "{\"ts\":\"2026-03-01T12:11:00Z\",\"asset_id\":\"P-1\"}\n";
        IngestResult result = ingest(ndjson(old + early + line(0, "P-1", "1")));

        assertThat(result.rejections())
                .extracting(RowRejection::reason)
                .containsExactly(
                        "ts is 2026-02-01T00:00:00Z, too old; accepted from 2026-02-19T12:00:00Z (accept.past)",
                        "ts is 2026-03-01T12:11:00Z, in the future; accepted up to 2026-03-01T12:10:00Z (accept.future)");
        assertThat(result.accepted()).isEqualTo(1);
    }

    @Test
    void theAcceptWindowEndsToTheMicrosecond() {
        Instant oldest = NOW.minus(Duration.ofDays(10));
        Instant earliest = NOW.plus(Duration.ofMinutes(10));
        List<Instant> times = List.of(
                oldest, oldest.minusNanos(1_000), earliest, earliest.plusNanos(1_000), oldest.plusNanos(1_000), NOW);
        IngestResult result = ingest(Rows.of(
                times.stream().map(at -> Map.of("ts", at, "asset_id", "P-1")).toList()));
        assertThat(result.rejections()).extracting(RowRejection::line).containsExactly(2L, 4L);
        assertThat(result.accepted()).isEqualTo(4);
    }

    @Test
    void takesMapsOfJavaValues() {
        IngestResult result = ingest(Rows.of(
                Map.of("ts", NOW, "asset_id", "P-1", "pressure", 2.5f),
                Map.of("ts", NOW.atOffset(ZoneOffset.ofHours(2)), "asset_id", "P-2", "pressure", 3),
                Map.of("ts", NOW, "asset_id", "P-3", "pressure", Double.NaN),
                Map.of("ts", new Object() {}, "asset_id", "P-4")));

        assertThat(storage.stored.values())
                .extracting(row -> row.get("pressure"))
                .containsExactly(2.5, 3.0);
        assertThat(result.rejections()).extracting(RowRejection::pointer).containsExactly("/pressure", "/ts");
        assertThat(result.rejections().get(0).reason()).contains("NaN");
    }

    @Test
    void sendingABatchAgainChangesNothing() {
        IngestOptions options =
                IngestOptions.builder().batchId("north.ndjson@1").batchRows(2).build();
        String text = line(1, "P-1", "1")
                + line(2, "P-1", "2")
                + line(3, "P-1", "-1")
                + line(4, "P-1", "4")
                + line(5, "P-1", "5");

        IngestResult first = ingest(ndjson(text), options);
        assertThat(ingest(ndjson(text), options)).hasToString("5 offered: 0 accepted, 4 duplicate, 1 rejected");

        assertThat(first).hasToString("5 offered: 4 accepted, 0 duplicate, 1 rejected (1 in quarantine)");
        assertThat(storage.batchIds.subList(0, 3))
                .containsExactly("north.ndjson@1#1", "north.ndjson@1#2", "north.ndjson@1#3");
        assertThat(storage.stored).hasSize(4);
        assertThat(storage.quarantined).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 20_000})
    void nothingIsLostWhateverTheBatchSize(int batchRows) {
        Random random = new Random(batchRows);
        StringBuilder text = new StringBuilder();
        int bad = 0;
        for (int i = 0; i < 1_000; i++) {
            boolean broken = random.nextInt(10) == 0;
            bad += broken ? 1 : 0;
            text.append(broken ? "{broken\n" : line(i, "P-" + i % 3, "1"));
        }
        IngestResult result = ingest(
                ndjson(text.toString()),
                IngestOptions.builder().batchRows(batchRows).build());

        assertThat(result.offered()).isEqualTo(1_000);
        assertThat(result.rejected()).isEqualTo(bad);
        assertThat(storage.stored).hasSize(1_000 - bad);
    }

    @Test
    void rejectionsAreCappedButAllCounted() {
        IngestResult result = ingest(ndjson("x\n".repeat(2_500)));

        assertThat(result.rejected()).isEqualTo(2_500);
        assertThat(result.rejections()).hasSize(IngestResult.MOST_REJECTIONS);
        assertThat(storage.quarantined).hasSize(2_500);
    }

    @Test
    void sourceThatBreaksKeepsWhatWasGoodAndSaysWhere(@TempDir Path folder) throws IOException {
        StringBuilder text = new StringBuilder();
        Random random = new Random(1);
        for (int i = 0; i < 3_000; i++) {
            text.append(line(i, "P-1", String.valueOf(random.nextInt(1_000_000))));
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.toString().getBytes(StandardCharsets.UTF_8));
        }
        Path cut = folder.resolve("north.ndjson.gz");
        Files.write(cut, Arrays.copyOf(packed.toByteArray(), packed.size() / 2));

        IngestBrokenException broken = catchThrowableOfType(
                IngestBrokenException.class,
                () -> ingest(
                        Rows.ndjson(cut), IngestOptions.builder().batchRows(100).build()));

        assertThat(broken.code()).isEqualTo(ProblemCode.SOURCE_UNREADABLE);
        assertThat(broken.result().accepted()).isEqualTo(storage.stored.size()).isBetween(500L, 2_500L);
        assertThat(broken.line()).isEqualTo(broken.result().offered());
        assertThat(broken)
                .hasMessageStartingWith(
                        "north.ndjson.gz broke after line " + broken.line() + ": Unexpected end of ZLIB");
    }

    @Test
    void wholeGzipFilesAreUnpacked(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("NORTH.NDJSON.GZ");
        try (GZIPOutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
            gzip.write(line(1, "P-1", "1").getBytes(StandardCharsets.UTF_8));
        }
        assertThat(ingest(Rows.ndjson(file)).accepted()).isEqualTo(1);
    }

    @Test
    void filesThatCannotBeReadAreToldAtOnce(@TempDir Path folder) throws IOException {
        Path noGzip = Files.writeString(folder.resolve("a.ndjson.gz"), "plain");
        assertThatThrownBy(() -> ingest(Rows.ndjson(folder.resolve("none.ndjson"))))
                .isInstanceOf(DltException.class)
                .hasMessageEndingWith("none.ndjson cannot be read: there is no such file [DLT-3001]");
        assertThatThrownBy(() -> ingest(Rows.ndjson(noGzip)))
                .hasMessageContaining("a.ndjson.gz cannot be read: Not in GZIP format");
        assertThatThrownBy(() -> ingest(Rows.json(new ByteArrayInputStream("oops".getBytes(StandardCharsets.UTF_8)))))
                .hasMessage(
                        "stream cannot be read: a JSON array of objects is expected, it begins with \"o\" [DLT-3001]");
    }

    @Test
    void emptySourcesOfferNothing(@TempDir Path folder) throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.csv"));
        assertThat(ingest(Rows.csv(empty)).offered()).isZero();
        assertThat(ingest(ndjson("\n\n")).offered()).isZero();
        assertThat(ingest(Rows.of()).offered()).isZero();
        assertThat(storage.batchIds).isEmpty();
    }

    @Test
    void csvWarningsComeWithTheResult() {
        String csv = "datetime;asset_id;colour\n2026-03-01 11:00:00;P-1;red\n";
        IngestResult result = ingest(Rows.csv(
                new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)),
                CsvFormat.builder()
                        .zone(ZoneOffset.UTC)
                        .column("ts", "datetime")
                        .constant("pressure", 1.5)
                        .build()));

        assertThat(result.accepted()).isEqualTo(1);
        assertThat(result.warnings()).hasSize(1);
        assertThat(storage.stored.values())
                .extracting(row -> row.get("pressure"))
                .containsExactly(1.5);
    }

    @Test
    void constantsThatCannotBeAreToldBeforeAnythingIsRead() {
        assertThatThrownBy(() -> ingest(
                        ndjson(""),
                        IngestOptions.builder().constant("presure", 1).build()))
                .hasMessage("constant presure is no column of the store; did you mean pressure? [DLT-3003]");
        assertThatThrownBy(() -> ingest(
                        ndjson(""),
                        IngestOptions.builder().constant("pressure", -1).build()))
                .hasMessage("constant pressure is -1; at least 0 is expected [DLT-3003]");
    }

    @Test
    void databaseThatGoesAwayStopsTheIngestAndLeavesWholeBatches() {
        AtomicInteger writes = new AtomicInteger();
        storage.beforeWrite = () -> {
            if (writes.incrementAndGet() == 3) {
                throw new StoreUnavailableException(ProblemCode.DATABASE_UNREACHABLE, "gone", true, new IOException());
            }
        };
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            text.append(line(i, "P-1", "1"));
        }
        assertThatThrownBy(() -> ingest(
                        ndjson(text.toString()),
                        IngestOptions.builder().batchRows(10).build()))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(storage.stored).hasSize(20);
        assertThat(writes).hasValue(3);
        assertThat(heard).as("what meters count").containsExactly("sensor_data 20 0 0");
    }

    @Test
    void readingThatFailsWaitsForTheWriteOnItsWay() {
        InputStream failing = new InputStream() {
            private final InputStream good = new ByteArrayInputStream(
                    (line(1, "P-1", "1") + line(2, "P-1", "1")).getBytes(StandardCharsets.UTF_8));

            @Override
            public int read() throws IOException {
                int next = good.read();
                if (next < 0) {
                    throw new IOException("the line went dead");
                }
                return next;
            }

            @Override
            public int read(byte[] buffer, int from, int length) throws IOException {
                int n = good.read(buffer, from, Math.min(length, 60));
                if (n < 0) {
                    throw new IOException("the line went dead");
                }
                return n;
            }
        };
        assertThatThrownBy(() -> ingest(
                        Rows.ndjson(failing),
                        IngestOptions.builder().batchRows(1).build()))
                .isInstanceOf(IngestBrokenException.class)
                .hasMessageContaining("stream broke after line 2: the line went dead");
        assertThat(storage.stored).hasSize(2);
    }

    @Test
    void mendedRowsLeaveTheQuarantineAndOthersStay() {
        ingest(ndjson(line(1, "P-1", "-1") + line(2, "P-1", "-2") + line(3, "P-1", "-3")));

        UnaryOperator<Map<String, @Nullable Object>> positive = row -> {
            Object pressure = row.get("pressure");
            row.put("pressure", Integer.valueOf(-3).equals(pressure) ? pressure : Math.abs((Integer) pressure));
            return row;
        };
        IngestResult result = replay(Filter.all(), positive);
        assertThat(result).hasToString("3 offered: 2 accepted, 0 duplicate, 1 rejected");
        assertThat(storage.quarantined.keySet()).containsExactly(3L);
        assertThat(storage.quarantined.get(3L).rejection().payload()).contains("-3");
        assertThat(result.rejections().get(0).line()).isEqualTo(3L);
        assertThat(storage.stored).hasSize(2);

        assertThat(replay(Filter.all(), positive)).hasToString("1 offered: 0 accepted, 0 duplicate, 1 rejected");
    }

    private IngestResult replay(Filter filter, UnaryOperator<Map<String, @Nullable Object>> fix) {
        return new Replayer(storage, () -> NOW, new DltListener() {})
                .replay(workspace(QUARANTINE), store(QUARANTINE), filter, Optional.of(fix));
    }

    @Test
    void aRefusedRowTellsTheValueThatIsWrong() {
        ingest(ndjson(line(1, "P-1", "-1.50") + line(2, "P-1", "\"high\"") + "[1]\n{\"asset_id\":\"P-1\"}\n"));

        assertThat(storage.quarantined.values())
                .extracting(e -> e.rejection().reasons().get(0))
                .extracting(r -> r.label() + " = " + r.value())
                .containsExactly(
                        "/pressure minimum = -1.50", "/pressure type = \"high\"", "type = ", "/ts required = ");
    }

    @Test
    void valuesStayOutOfTexts() {
        ingest(ndjson(line(1, "P-1", "\"secret\"")));

        Quarantine.Entry entry = storage.quarantined.values().iterator().next();
        assertThat(entry.rejection().reasons().get(0).value()).isEqualTo("\"secret\"");
        assertThat(entry.toString() + entry.rejection()).doesNotContain("secret");
    }

    @Test
    void aRowWaitsWithTheConstantsItCameWith() {
        ingest(
                ndjson("{\"ts\":\"" + NOW + "\",\"pressure\":-1}\n"),
                IngestOptions.builder().constant("asset_id", "P-7").build());

        assertThat(replay(Filter.all(), row -> {
                            row.put("pressure", 1);
                            return row;
                        })
                        .accepted())
                .isEqualTo(1);
        assertThat(storage.stored.values().iterator().next()).containsEntry("asset_id", "P-7");
    }

    @Test
    void csvRowsCanBeReplayedWithoutTheFile() {
        String csv = "datetime;asset_id;pressure\n2026-03-01 11:00:00;P-1;x\n";
        CsvFormat format = CsvFormat.builder()
                .zone(ZoneOffset.UTC)
                .column("ts", "datetime")
                .build();
        ingest(Rows.csv(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), format));
        Quarantine.Entry entry = storage.quarantined.values().iterator().next();

        assertThat(entry.rejection().payload())
                .isEqualTo("{\"ts\":\"2026-03-01T11:00:00Z\",\"asset_id\":\"P-1\",\"pressure\":\"x\"}");
        IngestResult result = replay(Filter.ids(List.of(entry.id())), row -> {
            row.put("pressure", 1.5);
            return row;
        });
        assertThat(result.accepted()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(OnInvalid.class)
    void sumsAlwaysHold(OnInvalid onInvalid) {
        Template template = template(onInvalid);
        Random random = new Random(onInvalid.ordinal());
        storage.refuses = row -> row.get("asset_id").equals("P-4");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            text.append(line(
                    random.nextInt(100),
                    "P-" + random.nextInt(6),
                    List.of("1", "-1", "\"2\"", "null", "[").get(random.nextInt(5))));
        }
        IngestResult result = ingestor.ingest(
                workspace(template),
                store(template),
                ndjson(text.toString()),
                IngestOptions.builder().batchRows(33).build());

        assertThat(result.offered()).isEqualTo(500);
        assertThat(result.accepted()).isEqualTo(storage.stored.size());
        assertThat(storage.quarantined).hasSize((int) result.quarantined());
    }
}
