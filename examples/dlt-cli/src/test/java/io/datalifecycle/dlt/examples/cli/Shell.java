package io.datalifecycle.dlt.examples.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs commands in this process and catches what they say. */
final class Shell {

    static final Instant NOW = Instant.parse("2026-03-02T00:00:00Z");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, String> environment;

    Shell(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * What a command said.
     *
     * @param exit exit code
     * @param out stdout
     * @param err stderr
     */
    record Said(int exit, String out, String err) {
        JsonNode json() {
            return JSON.readTree(out);
        }
    }

    Said run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = DltCli.run(environment, () -> NOW, new PrintWriter(out), new PrintWriter(err), args);
        return new Said(exit, out.toString(), err.toString());
    }
}
