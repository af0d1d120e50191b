package io.datalifecycle.dlt.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Commands that need no database, and what happens when there is none. */
final class DltCliTest {

    private static final String TANKS = """
            dlt: 1
            key: tanks
            version: 1.0.0
            datastores:
              levels:
                time: ts
                schema: { type: object, required: [ts], properties: { ts: { type: string, format: date-time }, level: { type: number } } }
            metrics:
              level_now: { latest: { from: datastore:levels, column: level } }
            """;

    private final Shell shell = new Shell(Map.of());

    @TempDir
    Path folder;

    @Test
    void aSoundTemplateIsValid() throws IOException {
        Shell.Said said = shell.run("validate", write("tanks.yaml", TANKS));
        assertThat(said.exit()).isEqualTo(Exit.OK);
        assertThat(said.out()).contains("tanks:1.0.0").contains("is valid");
    }

    @Test
    void problemsAreToldWithPlaceAndHint() throws IOException {
        String file = write("tanks.yaml", TANKS.replace("column: level ", "column: leval "));
        Shell.Said said = shell.run("validate", file);
        assertThat(said.exit()).isEqualTo(Exit.PROBLEM);
        assertThat(said.out()).isEmpty();
        assertThat(said.err())
                .contains("error " + file + ":9:")
                .contains("/metrics/level_now")
                .contains("did you mean level");
        JsonNode problem =
                shell.run("validate", file, "--json").json().get("problems").get(0);
        assertThat(problem.get("code").asString()).isEqualTo("DLT-1013");
        assertThat(problem.get("line").asInt()).isEqualTo(9);
        assertThat(problem.get("hint").asString()).contains("level");
    }

    @ParameterizedTest
    @ValueSource(strings = {"key: [", "dlt: 1\n", ""})
    void textThatIsNoTemplateIsAProblemOfTheFile(String text) throws IOException {
        Shell.Said said = shell.run("--json", "validate", write("x.yaml", text));
        assertThat(said.exit()).isEqualTo(Exit.PROBLEM);
        assertThat(said.json().get("ok").asBoolean()).isFalse();
        assertThat(said.json().get("problems")).isNotEmpty();
    }

    @Test
    void aProposalIsValidAndSaysWhy() throws IOException {
        String sample = write(
                "north.csv", "ts,pump,pressure_bar\n2026-01-01T00:00:00Z,P-1,2.5\n2026-01-01T00:01:00Z,P-1,2.6\n");
        Shell.Said said = shell.run("infer", sample, "--key", "pumps");
        assertThat(said.exit()).isEqualTo(Exit.OK);
        assertThat(said.out()).startsWith("dlt: 1\nkey: pumps\n");
        assertThat(said.err()).contains("# /datastores/readings/time: every row of \"ts\" has a time");
        String template = write("pumps.yaml", said.out());
        assertThat(shell.run("validate", template).exit()).isEqualTo(Exit.OK);
        assertThat(shell.run("--json", "infer", sample).json().get("reasons")).isNotEmpty();
        Shell.Said unusable = shell.run("infer", write("no.csv", "a,b\n1,2\n"));
        assertThat(unusable.exit()).isEqualTo(Exit.PROBLEM);
        assertThat(unusable.err()).contains("DLT-3014").contains("no column has a time");
    }

    @Test
    void filesAreCompared() throws IOException {
        String one = write("one.yaml", TANKS);
        String two =
                write("two.yaml", TANKS.replace("1.0.0", "1.1.0").replace("time: ts", "time: ts\n    chunk: P30D"));
        assertThat(shell.run("diff", one, one).out()).contains("nothing differs");
        Shell.Said said = shell.run("diff", one, two, "--detailed-exit-code");
        assertThat(said.exit()).isEqualTo(Exit.CHANGES);
        assertThat(said.out()).contains("datastore:levels").contains("/chunk");
        assertThat(shell.run("--json", "diff", one, two)
                        .json()
                        .get("items")
                        .get(0)
                        .get("kind")
                        .asString())
                .isEqualTo("changed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "frobnicate",
                "validate",
                "metric north",
                "render north overview",
                "fleet",
                "fleet upgrade pumps",
                "fleet stop pumps"
            })
    void aWrongCommandLineIsUsage(String line) {
        Shell.Said said = shell.run(line.isEmpty() ? new String[0] : line.split(" "));
        assertThat(said.exit()).isEqualTo(Exit.USAGE);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains("Usage: dlt");
        Shell.Said json = shell.run(("--json " + line).strip().split(" "));
        assertThat(json.json().get("ok").asBoolean()).isFalse();
    }

    @Test
    void helpNamesAllCommandsAndExitCodes() {
        assertThat(shell.run("--help").out())
                .contains(
                        "validate",
                        "infer",
                        "publish",
                        "plan",
                        "apply",
                        "ingest",
                        "render",
                        "health",
                        "fleet",
                        "Exit codes:");
    }

    @Test
    void aMissingFileIsAProblem() {
        Shell.Said said = shell.run("validate", folder.resolve("none.yaml").toString());
        assertThat(said.exit()).isEqualTo(Exit.PROBLEM);
        assertThat(said.err()).contains("none.yaml");
    }

    @Test
    void withoutADatabaseTheEnvironmentIsWrong() {
        Shell.Said none = shell.run("workspaces");
        assertThat(none.exit()).isEqualTo(Exit.ENVIRONMENT);
        assertThat(none.err()).contains("DLT_APP_DB");
        assertThat(shell.run("workspaces", "--app-db", "mysql:x").exit()).isEqualTo(Exit.ENVIRONMENT);
        Shell.Said away = new Shell(Map.of("DLT_APP_PASSWORD", "hunter2"))
                .run("--json", "workspaces", "--app-db", "jdbc:postgresql://127.0.0.1:1/none");
        assertThat(away.exit()).isEqualTo(Exit.ENVIRONMENT);
        assertThat(away.json().get("problems").get(0).get("code").asString()).startsWith("DLT-7");
        assertThat(away.out() + away.err()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db/x?password=hunter2",
                "jdbc:postgresql://db/x?ssl=true&user=me&password=hunter2",
                "jdbc:postgresql://me:hunter2@db/x"
            })
    void loginsOnTheCommandLineAreRefusedAndNotRepeated(String url) {
        Shell.Said app = shell.run("workspaces", "--app-db", url);
        Shell.Said data = shell.run("workspaces", "--app-db", "jdbc:postgresql://db/x", "--data-db", "main=" + url);
        assertThat(app.exit()).isEqualTo(Exit.ENVIRONMENT);
        assertThat(data.exit()).isEqualTo(Exit.ENVIRONMENT);
        assertThat(app.err() + data.err()).contains("DLT_APP_PASSWORD").doesNotContain("hunter2");
    }

    @Test
    void aPasswordFileThatIsNotThereIsToldWithoutItsName() {
        Shell.Said said = new Shell(
                        Map.of("DLT_APP_DB", "jdbc:postgresql://db/x", "DLT_APP_PASSWORD_FILE", "/secret/place"))
                .run("workspaces");
        assertThat(said.exit()).isEqualTo(Exit.ENVIRONMENT);
        assertThat(said.err()).contains("DLT_APP_PASSWORD_FILE").doesNotContain("/secret/place");
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
