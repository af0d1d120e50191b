package io.datalifecycle.dlt.examples.pumpstation;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.language.TemplateReader;
import io.datalifecycle.dlt.metric.MetricResult;
import io.datalifecycle.dlt.testdb.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is what runs here. */
final class QuickstartIT {

    private static final Path ROOT = Path.of("..", "..");

    @Test
    void fromTemplateToMetric(@TempDir Path folder) throws IOException {
        Path ndjson = folder.resolve("north.ndjson");
        Files.writeString(ndjson, """
                {"ts":"2026-03-02T10:01:00Z","asset_id":"P-1","pressure":2.0,"vibration":0.1}
                {"ts":"2026-03-02T10:04:00Z","asset_id":"P-1","pressure":4.0,"vibration":0.2}
                {"ts":"2026-03-02T10:11:00Z","asset_id":"P-1","pressure":"high"}
                """);
        try (TestDatabase database = TestDatabase.create()) {
            MetricResult result = Quickstart.run(database.dataSource(), ndjson);
            assertThat(result).isInstanceOfSatisfying(MetricResult.Series.class, series -> {
                assertThat(series.unit()).isEqualTo("bar");
                assertThat(series.points())
                        .containsExactly(new MetricResult.Point(
                                "2026-03-02T10:00:00Z",
                                java.util.Optional.of(Instant.parse("2026-03-02T10:00:00Z")),
                                "P-1",
                                3.0));
            });
        }
    }

    @Test
    void everyWayIn(@TempDir Path folder) throws IOException {
        Path inbox = Files.createDirectory(folder.resolve("north"));
        Path csv = Files.writeString(inbox.resolve("a.csv"), "time,pump,raw\n2026-03-02T10:00:00Z,P-1,145\n");
        Files.setLastModifiedTime(csv, java.nio.file.attribute.FileTime.from(Instant.parse("2026-03-02T10:00:00Z")));
        Path ndjson = Files.writeString(folder.resolve("x.ndjson"), """
                {"ts":"2026-03-02T10:01:00Z","asset_id":"P-1","pressure":2.0}
                {"ts":"2026-03-02T10:02:00Z","asset_id":"P-1","pressure":-1.0}
                """);
        String message = "{\"device\":\"P-3\",\"readings\":[{\"ts\":\"2026-03-02T10:04:00Z\",\"pressure\":3}]}";
        try (TestDatabase database = TestDatabase.create();
                var dlt = GettingDataIn.open(database.dataSource(), folder)) {
            dlt.templates().publish(GettingDataIn.INTAKE);
            var north =
                    dlt.workspaces().provision("north", GettingDataIn.INTAKE, w -> w.param("inbox", inbox.toString()));
            GettingDataIn.ingest(
                    north,
                    ndjson,
                    List.of(new GettingDataIn.Reading(Instant.parse("2026-03-02T10:03:00Z"), "P-2", 1.5)));
            assertThat(north.datastore("sensor_data").count()).isEqualTo(3);
            assertThat(north.datastore("sensor_data").quarantine().list(10)).isEmpty();
            GettingDataIn.connect(dlt, north, new ByteArrayInputStream(message.getBytes(StandardCharsets.UTF_8)));
            north.connector("inbox").run();
            assertThat(north.datastore("sensor_data").count()).isEqualTo(5);
        }
    }

    @Test
    void theReadmeShowsThisCodeAndTheSameTemplateAsYaml() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        shows(readme, "Quickstart", "declare", "run");
        shows(readme, "GettingDataIn", "contract", "ingest", "connect");
        Matcher yaml = Pattern.compile("```yaml\\n(dlt: 1\\nkey: pumps\\n.*?)```", Pattern.DOTALL)
                .matcher(readme);
        assertThat(yaml.find()).isTrue();
        assertThat(TemplateReader.read(yaml.group(1)).template()).isEqualTo(Quickstart.PUMPS);
    }

    private static void shows(String readme, String type, String... regions) throws IOException {
        String source =
                Files.readString(Path.of("src/main/java/io/datalifecycle/dlt/examples/pumpstation", type + ".java"));
        for (String region : regions) {
            assertThat(readme).as("region " + region + " of " + type).contains(region(source, region));
        }
    }

    private static String region(String source, String name) {
        String begin = "    // region " + name + "\n";
        int from = source.indexOf(begin) + begin.length();
        return source.substring(from, source.indexOf("    // endregion " + name))
                .stripTrailing()
                .stripIndent();
    }
}
