package io.datalifecycle.dlt.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.testdb.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a pipeline does, command by command, on a database. */
final class LifecycleIT {

    private static TestDatabase database;
    private static Shell shell;

    @TempDir
    static Path folder;

    @BeforeAll
    static void open() throws IOException {
        database = TestDatabase.create();
        Path password = Files.writeString(folder.resolve("password"), database.password() + "\n");
        shell = new Shell(Map.of(
                "DLT_APP_DB", database.jdbcUrl(),
                "DLT_APP_USER", database.user(),
                "DLT_APP_PASSWORD_FILE", password.toString()));
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void fromASampleToAPageAndToTheNextVersion() throws IOException {
        String sample = write("pumps.csv", sample());
        String template = folder.resolve("pumps.yaml").toString();
        ok("infer", sample, "--out", template);
        ok("validate", template);
        assertThat(ok("publish", template).out()).contains("published pumps:1.0.0");
        assertThat(ok("--json", "templates", "pumps").json().get("templates")).hasSize(1);

        ok("provision", "north", "pumps", "1.0.0", "--timezone", "Europe/Berlin");
        JsonNode in = ok("--json", "ingest", "north", "connector:inbox", sample).json();
        assertThat(in.get("accepted").asInt()).isEqualTo(240);
        assertThat(ok("ingest", "north", "connector:inbox", sample, "--batch-id", "again")
                        .out())
                .contains("240 duplicate");
        look();
        String exported = folder.resolve("exported.yaml").toString();
        ok("export", "north", "--out", exported);
        assertThat(ok("diff", exported, "pumps:1.0.0").out()).contains("nothing differs");
        assertThat(ok("publish", exported).out())
                .isEqualTo(ok("publish", template).out());
        archive();
        upgrade(exported);
        assertThat(ok("health").out()).contains("app").contains("up");
        assertThat(ok("--json", "health", "north").json().get("stores")).hasSize(2);
    }

    private static void look() {
        assertThat(ok("--json", "refresh", "north", "readings_10min")
                        .json()
                        .get("written")
                        .asInt())
                .isPositive();
        JsonNode series = ok(
                        "--json",
                        "metric",
                        "north",
                        "mean_pressure",
                        "--with",
                        "from=2026-03-01T00:00:00Z",
                        "--with",
                        "to=2026-03-02T00:00:00Z",
                        "--with",
                        "subject=P-1")
                .json();
        assertThat(series.get("unit").asString()).isEqualTo("bar");
        assertThat(series.get("points").get(0).get("value").asDouble()).isPositive();
        assertThat(ok(
                                "metric",
                                "north",
                                "latest_rows",
                                "--with",
                                "from=2026-03-01T00:00:00Z",
                                "--with",
                                "to=2026-03-02T00:00:00Z")
                        .out())
                .contains("P-0")
                .contains("P-1");

        for (String form : new String[] {"png", "pdf", "json"}) {
            Path page = folder.resolve("overview." + form);
            ok("render", "north", "overview", "--with", "range=P7D", "--out", page.toString());
            assertThat(page).isNotEmptyFile();
        }
    }

    private static void archive() throws IOException {
        String archive = folder.resolve("north.archive").toString();
        assertThat(ok("--json", "export", "north", "--archive", archive)
                        .json()
                        .get("rows")
                        .get("datastore:readings")
                        .asInt())
                .isEqualTo(240);
        assertThat(ok("import", archive, "copy").out()).contains("copy is there, of pumps:1.0.0");
        assertThat(shell.run("import", write("no.archive", "?"), "other").exit())
                .isEqualTo(Exit.PROBLEM);
    }

    private static void upgrade(String exported) throws IOException {
        String next = Files.readString(Path.of(exported))
                .replace("version: 1.0.0", "version: 2.0.0")
                .replace(
                        "running: {type: [boolean, \"null\"]}",
                        "running: {type: [boolean, \"null\"]}\n        vibration: {type: [number, \"null\"], unit: g}");
        ok("publish", write("next.yaml", next));
        Shell.Said plan = shell.run("plan", "north", "pumps", "2.0.0", "--detailed-exit-code");
        assertThat(plan.exit()).isEqualTo(Exit.CHANGES);
        assertThat(plan.out()).contains("vibration");
        JsonNode json = ok("--json", "plan", "north", "pumps", "2.0.0").json();
        assertThat(json.get("destructive").asBoolean()).isFalse();
        assertThat(json.get("plan").isObject()).isTrue();
        assertThat(ok("apply", "north", "pumps", "2.0.0").out()).contains("north follows pumps:2.0.0");
        assertThat(shell.run("plan", "north", "pumps", "2.0.0", "--detailed-exit-code")
                        .exit())
                .isEqualTo(Exit.OK);
        assertThat(ok("resume", "north").out()).contains("2.0.0");
        assertThat(ok("abandon", "north").out()).contains("2.0.0");

        ok("publish", write("fewer.yaml", next.replace("2.0.0", "3.0.0").replaceAll("\\n *vibration: .*", "")));
        Shell.Said refused = shell.run("--json", "apply", "north", "pumps", "3.0.0");
        assertThat(refused.exit()).isEqualTo(Exit.PROBLEM);
        assertThat(refused.json().get("problems").get(0).get("code").asString()).isEqualTo("DLT-2008");
        assertThat(ok("apply", "north", "pumps", "3.0.0", "--allow-destructive").out())
                .contains("3.0.0");
    }

    /** The lines of the README, as they stand there. */
    @Test
    void whatTheReadmeShowsRuns(@TempDir Path here) throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String script =
                readme.substring(readme.indexOf("```sh\n") + 6, readme.indexOf("```", readme.indexOf("```sh\n") + 6));
        assertThat(readme).contains(sample().lines().limit(3).collect(Collectors.joining("\n")));
        try (TestDatabase fresh = TestDatabase.create()) {
            Shell own = new Shell(Map.of(
                    "DLT_APP_DB", fresh.jdbcUrl(), "DLT_APP_USER", fresh.user(), "DLT_APP_PASSWORD", fresh.password()));
            Files.writeString(here.resolve("pumps.csv"), sample());
            for (String line : script.lines().toList()) {
                if (line.startsWith("sed ")) {
                    Path next = here.resolve("next.yaml");
                    Files.writeString(next, Files.readString(next).replace("1.0.0", "1.1.0"));
                } else {
                    Shell.Said said =
                            own.run(Stream.of(line.substring("dlt ".length()).split(" "))
                                    .map(word -> word.matches("[a-z]+\\.(csv|yaml|html)")
                                            ? here.resolve(word).toString()
                                            : word)
                                    .toArray(String[]::new));
                    assertThat(said.exit()).as("%s%n%s", line, said.err()).isEqualTo(Exit.OK);
                }
            }
        }
    }

    @Test
    void rowsThatAreRefusedFailThePipelineAndAreNamed() throws IOException {
        String sample = write("mixed.csv", "ts,v\n2026-03-01T00:00:00Z,1\n2026-03-01T00:01:00Z,2\n");
        ok("infer", sample, "--out", folder.resolve("mixed.yaml").toString());
        ok("publish", folder.resolve("mixed.yaml").toString());
        ok("provision", "mixed", "mixed", "1.0.0");
        Shell.Said said = shell.run(
                "ingest",
                "mixed",
                "readings",
                write("bad.csv", "ts,v\n2026-03-01T00:02:00Z,3\n2026-03-01T00:03:00Z,high\n"));
        assertThat(said.exit()).isEqualTo(Exit.PROBLEM);
        assertThat(said.out()).contains("2 offered: 1 accepted, 0 duplicate, 1 rejected (1 in quarantine)");
        assertThat(said.err()).contains("bad.csv:3 /v:");
    }

    @Test
    void whatIsNotThereIsAProblemWithAHint() {
        Shell.Said said = shell.run("--json", "metric", "nroth", "x");
        assertThat(said.exit()).isEqualTo(Exit.PROBLEM);
        assertThat(said.json().get("problems").get(0).get("code").asString()).isEqualTo("DLT-2003");
        assertThat(shell.run("provision", "a", "nothing", "1.0.0").exit()).isEqualTo(Exit.PROBLEM);
        assertThat(ok("templates", "nothing").out()).contains("no template is published as nothing");
    }

    @Test
    void parametersAreTypedAndReadFromFiles() throws IOException {
        String template = write("limits.yaml", """
                dlt: 1
                key: limits
                version: 1.0.0
                parameters:
                  limit: { type: number, required: true }
                  most: { type: integer, default: 3 }
                  strict: { type: boolean, default: false }
                  token: { type: string, required: true }
                datastores:
                  levels:
                    time: ts
                    schema: { type: object, required: [ts], properties: { ts: { type: string, format: date-time } } }
                """);
        ok("publish", template);
        String token = write("token", "hush\n");
        Shell.Said missing = shell.run("provision", "site", "limits", "1.0.0", "--param", "limit=often");
        assertThat(missing.exit()).isEqualTo(Exit.PROBLEM);
        assertThat(missing.err()).contains("limit").contains("token");
        Shell.Said made = ok(
                "--json",
                "provision",
                "site",
                "limits",
                "1.0.0",
                "--param",
                "limit=0.5",
                "--param",
                "most=7",
                "--param",
                "strict=true",
                "--param",
                "token=@" + token);
        assertThat(made.out()).doesNotContain("hush");
    }

    private static Shell.Said ok(String... args) {
        Shell.Said said = shell.run(args);
        assertThat(said.exit())
                .as("%s%n%s", String.join(" ", args), said.err() + said.out())
                .isEqualTo(Exit.OK);
        assertThat(said.out() + said.err()).doesNotContain(database.password());
        return said;
    }

    private static String sample() {
        return IntStream.range(0, 240)
                .mapToObj(i -> Shell.NOW.minus(Duration.ofMinutes(120 - i / 2)) + ",P-" + i % 2 + ","
                        + (2 + i % 5 * 0.5) + "," + (i % 3 == 0))
                .collect(Collectors.joining("\n", "time,Pump ID,Pressure [bar],running\n", "\n"));
    }

    private static String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
