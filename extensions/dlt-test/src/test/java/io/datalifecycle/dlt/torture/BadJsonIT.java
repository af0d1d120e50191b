package io.datalifecycle.dlt.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.ingest.IngestBrokenException;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.testdb.Backend;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** JSON that is right in odd ways is stored, JSON that is wrong is refused with a reason, and its neighbours are stored. */
final class BadJsonIT {

    /** Values of a row that are JSON. */
    private static final List<String> RIGHT = List.of(
            "0",
            "-0",
            "0.0",
            "-0.0",
            "1",
            "-1",
            "1.5",
            "1e5",
            "1E5",
            "1e+5",
            "1e-5",
            "0e0",
            "0e+1",
            "1.0e-2",
            "20e1",
            "123.456e78",
            "1E-300",
            "1.7976931348623157e308",
            "9007199254740993",
            "123456789012345678",
            "0.1000000000000000055511151231257827",
            "null",
            "\t\r  1 ",
            "4.9E-300",
            "100e-2",
            "0.00000000000000000000000000000000000000001");

    /** Values that are no JSON, or none that may stand there. */
    private static final List<String> WRONG = List.of(
            "",
            "+1",
            "01",
            "-01",
            "1.",
            ".5",
            "-.5",
            "1e",
            "1e+",
            "1.e1",
            "0x10",
            "1_000",
            "NaN",
            "-NaN",
            "Infinity",
            "-Infinity",
            "Inf",
            "- 1",
            "--1",
            "1-1",
            "1 2",
            "1,,2",
            "1eE2",
            "1e1.5",
            "0e",
            "-",
            "+",
            "\u0661",
            "\uff11",
            "tru",
            "nul",
            "Null",
            "TRUE",
            "undefined",
            "None",
            "'1'",
            "\"1\"",
            "{}",
            "[]",
            "[1]",
            "true",
            "1/*x*/",
            "1//x",
            "1#x",
            "\"open",
            "\"a\u0001b\"",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\\u00zz\"",
            "\"\\",
            "\"a\tb\"",
            "{\"a\":1",
            "[1",
            "{\"a\"}",
            "{\"a\":}",
            "{a:1}",
            "{'a':1}",
            "{\"a\":1,}",
            "[1,]",
            "[,1]",
            "{\"a\":1 \"b\":2}",
            "}",
            "]",
            "{]",
            "[}",
            "1}",
            "1]",
            "<1>",
            "\\u0031",
            "1\u00a0",
            "\ufeff1",
            "1;",
            "0.1.2",
            "1e1e1",
            "1e400",
            "-1e400",
            "1e-400",
            "1" + "0".repeat(400),
            "1e99999999999",
            "0." + "0".repeat(400) + "1");

    private static String row(int n, String value) {
        return "{\"ts\":\"" + Ground.AT + "\",\"n\":" + n + ",\"v\":" + value + "}";
    }

    @Test
    void eachWrongValueIsRefusedAndEachRightOneStored() {
        try (Ground ground = new Ground(Backend.PLAIN)) {
            StringBuilder text = new StringBuilder();
            Map<Integer, String> wrong = new LinkedHashMap<>();
            int n = 0;
            for (String value : RIGHT) {
                text.append(row(n++, value)).append('\n');
            }
            for (String value : WRONG) {
                wrong.put(n, value);
                text.append(row(n++, value).replace("\n", " ")).append('\n');
                text.append(row(n++, "1")).append('\n');
            }
            IngestResult in = ground.ndjson(Ground.utf8(text.toString()));

            assertThat(in.rejections())
                    .extracting(bad -> (int) bad.line() - 1)
                    .containsExactlyElementsOf(wrong.keySet());
            assertThat(in.rejections())
                    .allSatisfy(bad ->
                            assertThat(bad.reason()).as("%s", bad.payload()).isNotBlank());
            assertThat(in.accepted()).isEqualTo(RIGHT.size() + WRONG.size());
            assertThat(ground.rows()).hasSize(RIGHT.size() + WRONG.size());
            for (int i = 0; i < RIGHT.size(); i++) {
                String value = RIGHT.get(i).strip();
                Object stored = ground.rows().get(i).get("v");
                assertThat(stored == null ? null : (Double) stored + 0.0)
                        .as(value)
                        .isEqualTo(value.equals("null") ? null : (Object) (Double.parseDouble(value) + 0.0));
            }
            assertThat(ground.workspace.datastore("rows").quarantine().list(1_000))
                    .hasSize(WRONG.size());
        }
    }

    /** Rows whose structure is wrong, as bytes. */
    private static List<byte[]> brokenRows() {
        List<byte[]> rows = new ArrayList<>();
        for (String text : List.of(
                "{",
                "}",
                "[",
                "]",
                "\"",
                "x",
                "{}",
                "null",
                "1",
                "true",
                "\"text\"",
                "[]",
                "[1,2]",
                "{\"ts\"}",
                "{\"ts\":}",
                "{:1}",
                "{\"ts\":1:2}",
                row(0, "1") + row(0, "1"),
                row(0, "1") + ",",
                row(0, "1") + "]",
                "," + row(0, "1"),
                "[" + row(0, "1") + "]",
                "{\"ts\":\"" + Ground.AT + "\",\"n\":1,\"n\":2}",
                "{\"ts\":\"" + Ground.AT + "\",\"x\":{\"a\":1,\"a\":2}}",
                "{\"ts\":\"" + Ground.AT + "\",\"n\":1,}",
                "{\"ts\":\"" + Ground.AT + "\",,\"n\":1}",
                "{\"ts\":\"" + Ground.AT + "\"",
                "//" + row(0, "1"),
                "{\"ts\":\"2026-02-30T00:00:00Z\"}",
                "{\"ts\":\"2026-03-01\"}",
                "{\"ts\":0}",
                "{\"ts\":null}",
                "{\"Ts\":\"" + Ground.AT + "\"}",
                "{\"ts\":\"" + Ground.AT + "\",\"s\":\"\\u0000\"}",
                "{\"ts\":\"" + Ground.AT + "\",\"s\":\"\\ud800\"}",
                "{\"ts\":\"" + Ground.AT + "\",\"s\":\"\\udc00\\ud800\"}",
                "{\"ts\":\"" + Ground.AT + "\",\"a\\u0000b\":1}",
                "{\"ts\":\"" + Ground.AT + "\",\"x\":\"\\ud800\"}")) {
            rows.add(Ground.utf8(text));
        }
        String before = "{\"ts\":\"" + Ground.AT + "\",\"s\":\"";
        for (int[] bytes : new int[][] {
            {0x80},
            {0xbf},
            {0xc0, 0x80},
            {0xc1, 0xbf},
            {0xc3},
            {0xc3, 0x28},
            {0xe0, 0x80, 0x80},
            {0xe2, 0x82},
            {0xed, 0xa0, 0x80},
            {0xf0, 0x82, 0x82, 0xac},
            {0xf4, 0x90, 0x80, 0x80},
            {0xf5, 0x80, 0x80, 0x80},
            {0xfe},
            {0xff},
            {0xff, 0xfe},
            {0x00},
            {0xe9}
        }) {
            ByteArrayOutputStream row = new ByteArrayOutputStream();
            row.writeBytes(Ground.utf8(before));
            for (int b : bytes) {
                row.write(b);
            }
            row.writeBytes(Ground.utf8("\"}"));
            rows.add(row.toByteArray());
        }
        rows.add(row(0, "1").getBytes(StandardCharsets.UTF_16LE));
        rows.add(row(0, "1").getBytes(StandardCharsets.UTF_16BE));
        return rows;
    }

    @Test
    void eachBrokenRowIsRefusedAndItsNeighboursAreStored() {
        List<byte[]> broken = brokenRows();
        broken.removeIf(row -> new String(row, StandardCharsets.ISO_8859_1).indexOf('\n') >= 0);
        try (Ground ground = new Ground(Backend.PLAIN)) {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            text.writeBytes(Ground.utf8(row(0, "1") + "\n"));
            for (int i = 0; i < broken.size(); i++) {
                text.writeBytes(broken.get(i));
                text.writeBytes(Ground.utf8("\n" + row(i + 1, "1") + "\n"));
            }
            IngestResult in = ground.ndjson(text.toByteArray());
            List<Long> refused =
                    in.rejections().stream().map(RowRejection::line).toList();
            for (int i = 0; i < broken.size(); i++) {
                assertThat(refused)
                        .as("%s", new String(broken.get(i), StandardCharsets.UTF_8))
                        .contains(2L * i + 2);
            }
            assertThat(in.accepted()).isEqualTo(broken.size() + 1);
            assertThat(in.rejections())
                    .extracting(RowRejection::line)
                    .hasSize(broken.size())
                    .allMatch(line -> line % 2 == 0);
            assertThat(ground.rows())
                    .extracting(row -> row.get("n"))
                    .hasSize(broken.size() + 1)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void aBrokenElementOfAListCostsWhatComesAfterItAtMostAndSaysWhere() {
        try (Ground ground = new Ground(Backend.PLAIN)) {
            int stored = 0;
            for (String value : WRONG) {
                String list = "[" + row(1, "1") + ",\n" + row(2, value) + ",\n" + row(3, "1") + "]";
                long before = ground.workspace.datastore("rows").count();
                try {
                    IngestResult in = ground.workspace
                            .datastore("rows")
                            .ingest(Rows.json(new ByteArrayInputStream(Ground.utf8(list))));
                    assertThat(in.rejected()).as(value).isPositive();
                } catch (IngestBrokenException e) {
                    assertThat(e).as(value).hasMessageContaining("broke after line");
                }
                long added = ground.workspace.datastore("rows").count() - before;
                assertThat(added).as("the row before " + value).isBetween(1L, 2L);
                stored += (int) added;
            }
            assertThat(ground.rows()).hasSize(stored);
        }
    }

    /** Rows with random bytes changed: whatever comes of them, the count holds, the process lives and the good neighbours are stored. */
    @Test
    void rowsWithRandomDamageNeverCostTheirNeighbours() {
        SplittableRandom random = new SplittableRandom(20_261_123);
        String good = "{\"ts\":\"" + Ground.AT
                + "\",\"n\":%d,\"v\":-1.5e3,\"s\":\"a\\u00e9\\n\u00fc\ud83d\ude00\",\"x\":{\"y\":[1,null,true]}}";
        try (Ground ground = new Ground(Backend.PLAIN)) {
            for (int round = 0; round < 4; round++) {
                ByteArrayOutputStream text = new ByteArrayOutputStream();
                int lines = 5_000;
                long blank = 0;
                for (int i = 0; i < lines; i++) {
                    byte[] row = Ground.utf8(String.format(good, i));
                    if (i % 2 == 1) {
                        row = damaged(row, random);
                        blank += new String(row, StandardCharsets.ISO_8859_1).isBlank() ? 1 : 0;
                    }
                    text.writeBytes(row);
                    text.write('\n');
                }
                IngestResult in = ground.ndjson(text.toByteArray());
                assertThat(in.accepted() + in.rejected() + blank).isGreaterThanOrEqualTo(lines);
                assertThat(in.offered()).isEqualTo(in.accepted() + in.duplicate() + in.rejected());
                assertThat(in.accepted()).isGreaterThanOrEqualTo(lines / 2);
            }
            assertThat(ground.rows().stream()
                            .filter(row -> "a\u00e9\n\u00fc\ud83d\ude00".equals(row.get("s")))
                            .count())
                    .isGreaterThanOrEqualTo(10_000);
        }
    }

    private static byte[] damaged(byte[] row, SplittableRandom random) {
        byte[] damaged = row.clone();
        for (int hit = random.nextInt(1, 4); hit > 0; hit--) {
            int at = random.nextInt(damaged.length);
            switch (random.nextInt(4)) {
                case 0 -> damaged[at] = (byte) random.nextInt(256);
                case 1 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> damaged[at] = (byte) "{}[]\",:0123456789eE+-.\\ntfu \t\r".charAt(random.nextInt(30));
                default -> damaged = java.util.Arrays.copyOf(damaged, Math.max(1, at));
            }
        }
        return damaged;
    }

    @Test
    void aSourceThatIsNoTextAtAllIsRefusedWhole() {
        SplittableRandom random = new SplittableRandom(7);
        byte[] noise = new byte[300_000];
        random.nextBytes(noise);
        try (Ground ground = new Ground(Backend.PLAIN)) {
            IngestResult in = ground.ndjson(noise);
            assertThat(in.accepted()).isZero();
            assertThat(in.rejected()).isPositive();
            try {
                assertThat(ground.workspace
                                .datastore("rows")
                                .ingest(Rows.json(new ByteArrayInputStream(noise)))
                                .accepted())
                        .isZero();
            } catch (DltException e) {
                assertThat(e).hasMessageContaining("stream");
            }
            assertThat(ground.rows()).isEmpty();
        }
    }
}
