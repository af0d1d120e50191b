package io.datalifecycle.dlt.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.testdb.Backend;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sources far larger than the memory of the process that takes them in: refused or stored, their neighbours stored, the process alive. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class HugeInputIT {

    /** What the process has; the library needs 64 MiB above an idle heap. */
    private static final String HEAP = "-Xmx112m";

    @TempDir
    Path directory;

    private void zip(String name, String unit, int times, int cut) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            byte[] block = unit.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < times; i++) {
                zip.write(block);
            }
        }
        Files.write(directory.resolve(name), java.util.Arrays.copyOf(bytes.toByteArray(), bytes.size() - cut));
    }

    @Test
    void hugeSourcesCostNeitherNeighboursNorMemory() throws Exception {
        String good = "{\"ts\":\"" + Ground.AT + "\",\"n\":1}\n";
        zip("bomb.ndjson.gz", "x".repeat(1 << 20), 500, 0); // half a gigabyte in one line
        zip("cut.ndjson.gz", good, 5_000, 20);
        Files.writeString(directory.resolve("none.ndjson.gz"), good);
        try (Ground ground = new Ground(Backend.PLAIN)) {
            Process process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            HEAP,
                            "-XX:+UseSerialGC",
                            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                            "-cp",
                            System.getProperty("java.class.path"),
                            HugeInput.class.getName(),
                            ground.database.jdbcUrl(),
                            ground.database.user(),
                            ground.database.password(),
                            directory.toString()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            Map<String, String> became = new LinkedHashMap<>();
            process.inputReader(StandardCharsets.UTF_8).lines().forEach(line -> {
                String[] parts = line.split(" = ", 2);
                became.put(parts[0], parts.length == 2 ? parts[1] : "");
            });
            assertThat(process.waitFor()).isZero();
            System.out.println(String.join(
                    "\n", became.entrySet().stream().map(Object::toString).toList()));
            assertThat(became).containsKey("finished");
            assertThat(became.values()).noneMatch(text -> text.equals("out of memory"));
            expected()
                    .forEach((name, text) ->
                            assertThat(became.get(name)).as(name).startsWith(text));
            assertThat(became).hasSize(expected().size() + 1);
        }
    }

    /** Stored, refused, and why. */
    private static Map<String, String> expected() {
        Map<String, String> expected = new LinkedHashMap<>();
        for (String kind : List.of("text", "list", "no end", "blanks")) {
            expected.put(kind + " of 100 MB", "2 1 the row is longer than 16 MiB");
        }
        for (String kind : List.of("list 10,000 deep", "object 10,000 deep", "open list 10 million deep")) {
            expected.put(
                    kind, "2 1 the row is past a limit: Document nesting depth (65) exceeds the maximum allowed (64)");
        }
        expected.put("number of 100,000 digits", "2 1 the row is past a limit: Number value length (100000) exceeds");
        expected.put("name of 10 MB", "2 1 the row is past a limit: Name length (1024) exceeds");
        expected.put("same name a million times", "2 1 n appears twice");
        expected.put("5,000 keys", "3 0");
        expected.put("a million blank lines", "2 0");
        expected.put("list with a row of 100 MB", "broke stream broke after line 1: a row is longer than 16 MiB");
        expected.put("list with a row 10,000 deep", "2 1 the row is past a limit: Document nesting depth");
        expected.put("bomb.ndjson.gz", "0 1 the row is longer than 16 MiB");
        expected.put("cut.ndjson.gz", "broke cut.ndjson.gz broke after line 49");
        expected.put("none.ndjson.gz", "broke ");
        expected.put("csv field of 100 MB", "2 1 a quote is opened and never closed");
        expected.put("csv quote without end", "1 20000 a quote is opened and never closed");
        expected.put("csv header of 10 MB", "broke stream cannot be read: the header is broken");
        expected.put("map of 20 MB", "1 1 s has 20000000 characters");
        return expected;
    }
}
