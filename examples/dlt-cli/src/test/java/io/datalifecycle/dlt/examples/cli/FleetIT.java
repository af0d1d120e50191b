package io.datalifecycle.dlt.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.testdb.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Fleets from a shell, each command a process of its own as far as the databases can tell. */
final class FleetIT {

    private static final String TANKS = """
            dlt: 1
            key: KEY
            version: 1.0.0
            datastores:
              levels:
                time: ts
                schema: { type: object, required: [ts], properties: { ts: { type: string, format: date-time }, level: { type: [number, "null"] } } }
            """;

    private static TestDatabase database;
    private static Shell shell;

    @TempDir
    static Path folder;

    @BeforeAll
    static void open() {
        database = TestDatabase.create();
        shell = new Shell(Map.of(
                "DLT_APP_DB", database.jdbcUrl(),
                "DLT_APP_USER", database.user(),
                "DLT_APP_PASSWORD", database.password()));
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void threeWorkspacesGoInTwoWavesWithAPauseAndBack() throws IOException {
        fleet("tanks", "a", "b", "c");
        publish(TANKS.replace("KEY", "tanks")
                .replace("1.0.0", "2.0.0")
                .replace("level:", "flow: { type: [number, \"null\"] }, level:"));
        JsonNode plan = said(Exit.CHANGES, "--json", "fleet", "plan", "tanks", "2.0.0", "--detailed-exit-code")
                .json();
        assertThat(plan.get("plan").get("groups")).hasSize(1);
        assertThat(plan.get("plan").get("groups").get(0).get("workspaces")).hasSize(3);

        JsonNode paused = said(
                        Exit.OK, "--json", "fleet", "upgrade", "tanks", "2.0.0", "--waves", "30,100", "--pause", "PT1H")
                .json();
        assertThat(paused.get("state").asString()).isEqualTo("paused");
        assertThat(paused.get("pausedUntil").asString()).isNotEmpty();
        assertThat(paused.get("waves").asInt()).isEqualTo(2);
        assertThat(paused.get("counts").get("done").asInt()).isEqualTo(1);
        assertThat(paused.get("counts").get("pending").asInt()).isEqualTo(2);
        assertThat(said(Exit.OK, "fleet", "advance", "tanks").out()).contains("paused until", "wave 2 of 2");
        assertThat(versions()).containsEntry("a", "2.0.0").containsEntry("b", "1.0.0");

        said(Exit.OK, "fleet", "stop", "tanks", "--why", "lunch");
        JsonNode stopped =
                said(Exit.PROBLEM, "--json", "fleet", "status", "tanks").json();
        assertThat(stopped.get("problems").get(0).get("code").asString()).isEqualTo("DLT-2015");
        assertThat(stopped.get("problems").get(0).get("message").asString()).isEqualTo("lunch");
        JsonNode done = said(Exit.OK, "--json", "fleet", "resume", "tanks").json();
        assertThat(done.get("state").asString()).isEqualTo("done");
        assertThat(done.get("endedAt").asString()).isNotEmpty();
        assertThat(versions()).containsEntry("a", "2.0.0").containsEntry("c", "2.0.0");
        said(Exit.OK, "fleet", "plan", "tanks", "2.0.0", "--detailed-exit-code");

        assertThat(said(Exit.OK, "fleet", "rollback", "tanks").out()).contains("rolled back", "3 rolled back");
        assertThat(versions()).containsEntry("a", "1.0.0").containsEntry("c", "1.0.0");
        assertThat(said(Exit.OK, "fleet", "status", "tanks").out()).contains("rolled back");
        assertThat(said(Exit.PROBLEM, "fleet", "advance", "tanks").err()).contains("no run is open", "DLT-2007");
    }

    @Test
    void whatWouldBeHiddenIsRefusedWithoutLeave() throws IOException {
        fleet("vats", "x", "y");
        publish(TANKS.replace("KEY", "vats")
                .replace("1.0.0", "2.0.0")
                .replace(", level: { type: [number, \"null\"] }", ""));
        JsonNode plan =
                said(Exit.PROBLEM, "--json", "fleet", "plan", "vats", "2.0.0").json();
        assertThat(plan.get("problems")).hasSize(2);
        assertThat(plan.get("problems").get(0).get("code").asString()).isEqualTo("DLT-2008");
        assertThat(said(Exit.PROBLEM, "fleet", "upgrade", "vats", "2.0.0").err())
                .contains("DLT-2008");
        assertThat(said(Exit.PROBLEM, "fleet", "upgrade", "vats", "2.0.0", "--waves", "10,5")
                        .err())
                .contains("do not ascend");
        assertThat(said(Exit.PROBLEM, "fleet", "status", "vats").err()).contains("no run was started");

        String[] some = {
            "fleet",
            "upgrade",
            "vats",
            "2.0.0",
            "--allow-destructive",
            "--only",
            "x,y",
            "--except",
            "y",
            "--parallel",
            "4"
        };
        assertThat(said(Exit.OK, some).out()).contains("done", "1 done");
        assertThat(versions()).containsEntry("x", "2.0.0").containsEntry("y", "1.0.0");
        assertThat(said(Exit.PROBLEM, "fleet", "end", "vats").err()).contains("no run is open");
    }

    private static void fleet(String template, String... workspaces) throws IOException {
        publish(TANKS.replace("KEY", template));
        for (String workspace : workspaces) {
            said(Exit.OK, "provision", workspace, template, "1.0.0");
        }
    }

    private static void publish(String template) throws IOException {
        said(
                Exit.OK,
                "publish",
                Files.writeString(folder.resolve("next.yaml"), template).toString());
    }

    private static Map<String, String> versions() {
        Map<String, String> versions = new HashMap<>();
        said(Exit.OK, "--json", "workspaces")
                .json()
                .get("workspaces")
                .forEach(one -> versions.put(
                        one.get("key").asString(),
                        one.get("template").get("version").asString()));
        return versions;
    }

    private static Shell.Said said(int exit, String... args) {
        Shell.Said said = shell.run(args);
        assertThat(said.exit())
                .as("%s%n%s", String.join(" ", args), said.err() + said.out())
                .isEqualTo(exit);
        return said;
    }
}
