package io.datalifecycle.dlt.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.language.TemplateWriter;
import io.datalifecycle.dlt.metric.MetricResult;
import io.datalifecycle.dlt.notify.chart.XChartRenderer;
import io.datalifecycle.dlt.notify.html.HtmlPageRenderer;
import io.datalifecycle.dlt.proposal.TemplateProposal;
import io.datalifecycle.dlt.spi.Contributions;
import io.datalifecycle.dlt.spi.DltPlugin;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.testdb.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is proposed from a sample publishes as it is, takes in every row of it, rolls up and draws. */
final class ProposalIT {

    private static final Instant NOW = Instant.parse("2026-03-02T00:00:00Z");

    private static TestDatabase database;
    private static Dlt dlt;
    private static int made;

    @TempDir
    static Path folder;

    @BeforeAll
    static void open() {
        database = TestDatabase.create();
        MovableClock clock = new MovableClock(NOW);
        dlt = Dlt.builder()
                .clock(clock)
                .storage(PostgresStorage.builder()
                        .appDatabase(database.dataSource())
                        .clock(clock)
                        .build())
                .plugin(new Pages())
                .build();
    }

    @AfterAll
    static void close() {
        dlt.close();
        database.close();
    }

    static Stream<Sample> samples() {
        return Stream.of(
                new Sample(
                        "fleet.csv",
                        120,
                        "ts,asset_id,pressure_bar,Temp [°C],running\n",
                        i -> time(60L * (i / 2)) + ",P-" + i % 2 + "," + i * 0.25 + "," + i % 9 + "," + (i % 3 == 0)),
                new Sample(
                        "german.csv",
                        60,
                        "Datum/Zeit;Gerät;Durchfluß [m³/h];Bemerkung\n",
                        i -> "%02d.01.2026 %02d:30;W%d;%s;%s"
                                .formatted(
                                        1 + i / 24,
                                        i % 24,
                                        i % 2 == 0 ? 1 : 1,
                                        i % 7 == 0 ? "NA" : i + ",5",
                                        i == 3 ? "" : "gut")),
                new Sample(
                        "local.csv",
                        50,
                        "when\tstation\tparam\tvalue\n",
                        i -> "2026-02-01 %02d:00:00\tS%d\tpm%d\t%s".formatted(i / 4, i / 2 % 2, i % 2, i * 1.5)),
                new Sample(
                        "epoch.ndjson",
                        80,
                        "",
                        i -> "{\"time\":" + (1_767_607_200_000L + i * 1_000L)
                                + ",\"dev\":\"D" + i % 4 + "\",\"values\":{\"a\":" + i + ".5,\"b\":"
                                + (i % 5 == 0 ? "null" : i)
                                + "},\"tags\":[\"x\"],\"on\":" + (i % 2 == 0) + "}"),
                new Sample(
                        "json_local.ndjson",
                        30,
                        "",
                        i -> "{\"stamp\":\"2026-01-01 10:%02d\",\"order\":%d,\"user\":\"u%d\"}"
                                .formatted(i, i * 7 % 13, i % 3)),
                new Sample(
                        "daily.csv",
                        400,
                        "date,max temp,weather\n",
                        i -> time(86_400L * (i - 500)).substring(0, 10) + "," + i % 30 + "." + i % 10 + ","
                                + (i % 2 == 0 ? "rain" : "sun")),
                new Sample("years.csv", 40, "year,anomaly\n", i -> 1900 + i + "," + (i - 60) / 100.0),
                new Sample("fast.csv", 100, "t,v\n", i -> NOW.plusMillis(i * 20L) + "," + Math.sin(i)),
                new Sample("unkeyed.csv", 40, "ts,v,w\n", i -> time(60L * (i / 4)) + "," + i * 0.5 + "," + i % 3),
                new Sample(
                        "words.csv",
                        25,
                        "ts,level,message\n",
                        i -> time(i * 17L) + "," + (i % 2 == 0 ? "INFO" : "WARN") + ",\"said, \"\"" + i + "\"\"\""),
                new Sample("future.csv", 10, "ts,forecast\n", i -> time(86_400L * (i + 30)) + "," + i),
                new Sample("one.csv", 1, "ts,v\n", i -> time(0) + ",1"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyRowOfItsSampleGoesInAndComesOut(Sample sample) throws IOException {
        Path file = Files.writeString(folder.resolve(sample.name()), sample.text());
        Outcome outcome = live(file);
        assertThat(outcome.in().offered()).isEqualTo(sample.rows());
        assertThat(outcome.in().duplicate()).isZero();
    }

    /** Files that nobody here wrote. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "skab/valve1/0.csv",
                "vega/co2-concentration.csv",
                "vega/iowa-electricity.csv",
                "vega/seattle-weather.csv",
                "vega/unemployment-across-industries.json",
                "vega/flights-5k.json",
                "nab/data/artificialNoAnomaly/art_noisy.csv"
            })
    void realFilesGoInAsWell(String name) {
        Optional<Path> file = Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
                .map(above -> above.resolve("shared/data").resolve(name))
                .filter(Files::exists)
                .findFirst();
        assumeTrue(file.isPresent(), "skipped: shared/data/" + name + " is not there");
        live(file.get());
    }

    @Test
    void whatAWorkspaceRunsPublishesToTheSameHash() throws IOException {
        Path file = Files.writeString(folder.resolve("exported.csv"), "ts,v\n" + time(0) + ",1\n");
        Template template = dlt.templates().publish(dlt.templates().infer(file).template());
        dlt.workspaces().provision("exported", template);
        Template runs = dlt.export("exported");
        String yaml = TemplateWriter.yaml(runs);
        assertThat(TemplateWriter.id(dlt.templates().publish(yaml))).isEqualTo(TemplateWriter.id(template));
        assertThat(dlt.templates().versions("exported")).hasSize(1);
    }

    /** Proposes, publishes, provisions, takes in, rolls up, asks all metrics, draws. */
    private static Outcome live(Path file) {
        TemplateProposal proposal = dlt.templates().infer(file);
        assertThat(dlt.templates().infer(file).template()).isEqualTo(proposal.template());
        Template template = dlt.templates().publish(proposal.template());
        Workspace workspace = dlt.workspaces().provision("w" + made++, template);
        IngestResult in = workspace.connector(TemplateProposal.CONNECTOR).push(TemplateProposal.rows(file));
        assertThat(in.rejected()).as("%s", in.rejections()).isZero();
        assertThat(in.accepted()).isPositive();
        assertThat(in.accepted())
                .isEqualTo(workspace.datastore(TemplateProposal.DATASTORE).count());
        String rollup = template.featurestores().get(0).key();
        assertThat(workspace.featurestore(rollup).refresh().written()).isPositive();
        String from = "1700-01-01T00:00:00Z";
        String to = "2100-01-01T00:00:00Z";
        List<MetricResult> answers = new ArrayList<>();
        template.metrics().forEach(metric -> {
            boolean ranged =
                    metric.inputs().stream().anyMatch(input -> input.key().equals("from"));
            var handle = workspace.metric(metric.key());
            answers.add(ranged ? handle.with("from", from).with("to", to).evaluate() : handle.evaluate());
        });
        String html =
                workspace.dashboard("overview").with("range", from + "/" + to).html();
        assertThat(html).contains("<html").doesNotContain("could not be");
        return new Outcome(in, answers);
    }

    private record Outcome(IngestResult in, List<MetricResult> answers) {}

    private record Sample(String name, int rows, String header, IntFunction<String> line) {
        String text() {
            return IntStream.range(0, rows).mapToObj(line).collect(Collectors.joining("\n", header, "\n"));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static String time(long seconds) {
        return NOW.minusSeconds(86_400).plusSeconds(seconds).toString();
    }

    /** Draws pages; nothing is sent here. */
    private static final class Pages implements DltPlugin {
        @Override
        public String name() {
            return "pages";
        }

        @Override
        public void contribute(Contributions contributions) {
            contributions.charts(new XChartRenderer());
            contributions.pages(new HtmlPageRenderer());
        }
    }
}
