package io.datalifecycle.dlt.examples.pumpstation;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.language.TemplateReader;
import io.datalifecycle.dlt.metric.MetricResult;
import io.datalifecycle.dlt.testdb.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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
    void theReadmeShowsThisCodeAndTheSameTemplateAsYaml() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        String source =
                Files.readString(Path.of("src/main/java/io/datalifecycle/dlt/examples/pumpstation/Quickstart.java"));
        for (String region : new String[] {"declare", "run"}) {
            assertThat(readme).as("region " + region).contains(region(source, region));
        }
        Matcher yaml = Pattern.compile("```yaml\\n(dlt: 1\\nkey: pumps\\n.*?)```", Pattern.DOTALL)
                .matcher(readme);
        assertThat(yaml.find()).isTrue();
        assertThat(TemplateReader.read(yaml.group(1)).template()).isEqualTo(Quickstart.PUMPS);
    }

    private static String region(String source, String name) {
        String begin = "    // region " + name + "\n";
        int from = source.indexOf(begin) + begin.length();
        return source.substring(from, source.indexOf("    // endregion " + name))
                .stripTrailing()
                .stripIndent();
    }
}
