package io.datalifecycle.dlt.benchmarks;

import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.Template;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows of any number of columns for windows of time that follow each other: time, asset, numbers, a whole number, a state. Only the
 * times differ from window to window, so that the bytes of a window are put together quickly. Immutable.
 */
final class MatrixRows {

    static final long START = Instant.parse("2026-03-01T00:00:00Z").getEpochSecond();
    static final int ASSETS = 50;
    private static final long EPOCH_2000 = 946_684_800L;
    private static final List<String> STATES = List.of("running", "idle", "stopped");

    private final int columns;
    private final List<Row> rows = new ArrayList<>();
    private final List<byte[]> json = new ArrayList<>();
    private final List<byte[]> binary = new ArrayList<>();

    /** What a row has besides its time. */
    record Row(String asset, double[] numbers, long cycles, String state) {}

    MatrixRows(int columns, int count) throws IOException {
        this.columns = columns;
        Random random = new Random(columns);
        for (int i = 0; i < count; i++) {
            double[] numbers = new double[columns - 4];
            for (int n = 0; n < numbers.length; n++) {
                numbers[n] = n == 1 ? random.nextDouble() : random.nextInt(1_000_000) / 1_000.0;
            }
            Row row = new Row(
                    "P-" + (100 + i % ASSETS),
                    numbers,
                    random.nextInt(100_000),
                    STATES.get(random.nextInt(10) < 8 ? 0 : 1 + i % 2));
            rows.add(row);
            json.add(tail(row).getBytes(StandardCharsets.UTF_8));
            binary.add(binary(row));
        }
    }

    /** The store; numbers have a least value, so that there is something to check. */
    static Template template(int columns, boolean keyed) {
        return Template.define(
                "matrix_" + columns + (keyed ? "_keyed" : "_open"),
                "1.0.0",
                t -> t.datastore(SensorRows.STORE, d -> {
                    d.time("ts")
                            .field("ts", Field.timestamp().required())
                            .field("asset_id", Field.text(64).required());
                    for (int n = 0; n < columns - 4; n++) {
                        d.field(number(n), n == 0 ? Field.number("bar").minimum(0) : Field.number("bar"));
                    }
                    d.field("cycles", Field.integer().minimum(0))
                            .field("state", Field.oneOf("running", "idle", "stopped"));
                    if (keyed) {
                        d.naturalKey("asset_id", "ts");
                    }
                }));
    }

    private static String number(int n) {
        return "n" + (100 + n);
    }

    static String columns(int columns) {
        return IntStream.range(0, columns - 4)
                .mapToObj(MatrixRows::number)
                .collect(Collectors.joining(", ", "ts, asset_id, ", ", cycles, state"));
    }

    int size() {
        return rows.size();
    }

    int columns() {
        return columns;
    }

    Row row(int i) {
        return rows.get(i);
    }

    /** Seconds of one window. */
    int span() {
        return (rows.size() + ASSETS - 1) / ASSETS;
    }

    long second(long window, int i) {
        return START + window * span() + i / ASSETS;
    }

    private static String tail(Row row) {
        StringBuilder line =
                new StringBuilder("\",\"asset_id\":\"").append(row.asset).append('"');
        for (int n = 0; n < row.numbers.length; n++) {
            line.append(",\"").append(number(n)).append("\":").append(row.numbers[n]);
        }
        return line.append(",\"cycles\":")
                        .append(row.cycles)
                        .append(",\"state\":\"")
                        .append(row.state) + "\"}\n";
    }

    private byte[] binary(Row row) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(columns);
        out.writeInt(8);
        out.writeLong(0); // the time
        text(row.asset, out);
        for (double value : row.numbers) {
            out.writeInt(8);
            out.writeDouble(value);
        }
        out.writeInt(8);
        out.writeLong(row.cycles);
        text(row.state, out);
        return bytes.toByteArray();
    }

    private static void text(String text, DataOutputStream out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** The rows of a window as NDJSON; of ten rows the last has its time from another window, if that is not negative. */
    byte[] ndjson(long window, long repeated) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] head = {};
        long of = Long.MIN_VALUE;
        for (int i = 0; i < rows.size(); i++) {
            long second = second(repeated >= 0 && i % 10 == 9 ? repeated : window, i);
            if (second != of) {
                of = second;
                head = ("{\"ts\":\"" + Instant.ofEpochSecond(second)).getBytes(StandardCharsets.UTF_8);
            }
            out.write(head, 0, head.length);
            out.write(json.get(i), 0, json.get(i).length);
        }
        return out.toByteArray();
    }

    /** The rows of a window as the bytes of a binary COPY, in pieces of 64 KiB. */
    List<byte[]> copy(long window) {
        List<byte[]> chunks = new ArrayList<>();
        ByteArrayOutputStream out = new ByteArrayOutputStream(70_000);
        out.writeBytes("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1));
        for (int i = 0; i < rows.size(); i++) {
            byte[] row = binary.get(i).clone();
            ByteBuffer.wrap(row).putLong(6, (second(window, i) - EPOCH_2000) * 1_000_000L);
            out.writeBytes(row);
            if (out.size() >= 65_536) {
                chunks.add(out.toByteArray());
                out.reset();
            }
        }
        out.writeBytes(new byte[] {-1, -1});
        chunks.add(out.toByteArray());
        return chunks;
    }
}
