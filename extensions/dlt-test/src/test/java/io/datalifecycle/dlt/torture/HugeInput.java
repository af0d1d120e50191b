package io.datalifecycle.dlt.torture;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.CsvFormat;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.storage.PostgresStorage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/** A process with little memory that takes in what is far too large; tells of each source what became of it. */
final class HugeInput {

    private static final String GOOD = "{\"ts\":\"" + Ground.AT + "\",\"n\":1}\n";
    private static final String HEAD = "{\"ts\":\"" + Ground.AT + "\",\"x\":";
    private static final int MEGA = 1_000_000;

    private HugeInput() {}

    /** Many bytes that nobody holds. */
    private static InputStream times(String text, long count) {
        byte[] unit = text.getBytes(StandardCharsets.UTF_8);
        return new InputStream() {
            private long at;
            private final long end = unit.length * count;

            @Override
            public int read() {
                return at < end ? unit[(int) (at++ % unit.length)] & 0xff : -1;
            }

            @Override
            public int read(byte[] buffer, int from, int length) {
                int many = (int) Math.min(length, end - at);
                if (many <= 0) {
                    return -1;
                }
                for (int i = 0; i < many; i++) {
                    buffer[from + i] = unit[(int) ((at + i) % unit.length)];
                }
                at += many;
                return many;
            }
        };
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static InputStream all(InputStream... parts) {
        return new SequenceInputStream(Collections.enumeration(List.of(parts)));
    }

    /** Each between two good rows. */
    private static Map<String, InputStream> lines() {
        Map<String, InputStream> rows = new LinkedHashMap<>();
        rows.put("text of 100 MB", all(text(HEAD + "\""), times("x", 100L * MEGA), text("\"}\n")));
        rows.put("list of 100 MB", all(text(HEAD + "["), times("1,", 50L * MEGA), text("1]}\n")));
        rows.put("no end of 100 MB", all(text(HEAD + "\""), times("x", 100L * MEGA), text("\n")));
        rows.put("blanks of 100 MB", all(text(HEAD), times(" ", 100L * MEGA), text("1}\n")));
        rows.put("list 10,000 deep", all(text(HEAD), times("[", 10_000), times("]", 10_000), text("}\n")));
        rows.put(
                "object 10,000 deep",
                all(text(HEAD), times("{\"a\":", 10_000), text("1"), times("}", 10_000), text("}\n")));
        rows.put("open list 10 million deep", all(text(HEAD), times("[", 10L * MEGA), text("\n")));
        rows.put("number of 100,000 digits", all(text(HEAD), times("9", 100_000), text("}\n")));
        rows.put("name of 10 MB", all(text("{\""), times("n", 10L * MEGA), text("\":1}\n")));
        rows.put("same name a million times", all(text(HEAD + "1"), times(",\"n\":1", MEGA), text("}\n")));
        return rows;
    }

    private static InputStream keys(int count) {
        StringBuilder row = new StringBuilder("{\"ts\":\"" + Ground.AT + "\"");
        for (int i = 0; i < count; i++) {
            row.append(",\"key").append(i).append("\":").append(i);
        }
        return text(row.append("}\n").toString());
    }

    /** @param arguments address, user, password */
    public static void main(String[] arguments) throws IOException {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(arguments[0]);
        database.setUser(arguments[1]);
        database.setPassword(arguments[2]);
        try (Dlt dlt = Dlt.builder()
                .storage(PostgresStorage.builder().appDatabase(database).build())
                .build()) {
            Workspace north = dlt.workspaces().workspace("north");
            lines().forEach((name, row) -> tell(name, north, Rows.ndjson(all(text(GOOD), row, text(GOOD)))));
            tell("5,000 keys", north, Rows.ndjson(all(text(GOOD), keys(5_000), text(GOOD))));
            tell("a million blank lines", north, Rows.ndjson(all(text(GOOD), times("\n", MEGA), text(GOOD))));
            tell(
                    "list with a row of 100 MB",
                    north,
                    Rows.json(all(
                            text("[" + GOOD + "," + HEAD + "\""), times("x", 100L * MEGA), text("\"}," + GOOD + "]"))));
            tell(
                    "list with a row 10,000 deep",
                    north,
                    Rows.json(all(
                            text("[" + GOOD + ","), times("[", 10_000), times("]", 10_000), text("," + GOOD + "]"))));
            for (String bomb : List.of("bomb.ndjson.gz", "cut.ndjson.gz", "none.ndjson.gz")) {
                tell(bomb, north, Rows.ndjson(Path.of(arguments[3], bomb)));
            }
            String header = "ts,n,s\n";
            String row = Ground.AT + ",1,a\n";
            CsvFormat csv = CsvFormat.builder().delimiter(',').build();
            tell(
                    "csv field of 100 MB",
                    north,
                    Rows.csv(
                            all(text(header + row + Ground.AT + ",1,\""), times("x", 100L * MEGA), text("\"\n" + row)),
                            csv));
            tell(
                    "csv quote without end",
                    north,
                    Rows.csv(all(text(header + row + Ground.AT + ",1,\""), times("x\n", 20_000)), csv));
            tell("csv header of 10 MB", north, Rows.csv(all(times("h,", 5L * MEGA), text("ts\n" + row)), csv));
            List<Map<String, ?>> maps = new ArrayList<>();
            maps.add(Map.of("ts", Ground.AT, "s", "x".repeat(20 * MEGA)));
            maps.add(Map.of("ts", Ground.AT, "s", "good"));
            tell("map of 20 MB", north, Rows.of(maps));
        }
        System.out.println("finished");
    }

    private static void tell(String name, Workspace north, Rows rows) {
        String became;
        try {
            IngestResult in = north.datastore("rows").ingest(rows);
            became = in.accepted() + " " + in.rejected() + " "
                    + in.rejections().stream()
                            .map(bad -> bad.reason())
                            .findFirst()
                            .orElse("");
        } catch (DltException e) {
            became = "broke " + e.getMessage();
        } catch (OutOfMemoryError e) {
            became = "out of memory";
        }
        System.out.println(
                name + " = " + (became.length() > 300 ? became.substring(0, 300) : became).replace('\n', ' '));
        System.out.flush();
    }
}
