package io.datalifecycle.dlt.examples.cli;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.health.WorkspaceHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tells how databases or a workspace are. */
@Command(
        name = "health",
        description =
                "How the databases are, or a workspace. Exit code 3 when a database is down, 1 when something else is wrong.")
final class HealthCommand extends DatabaseAction {

    @Parameters(arity = "0..1", paramLabel = "WORKSPACE", description = "Key of a workspace.")
    private @Nullable String workspace;

    @Override
    Answer answer(Dlt dlt) {
        return workspace == null
                ? databases(dlt.health())
                : of(dlt.workspaces().workspace(workspace).health());
    }

    private static Answer databases(Map<String, String> health) {
        boolean up = health.values().stream().allMatch("up"::equals);
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("DATABASE", "STATE"));
        health.forEach((name, state) -> rows.add(List.of(name, state)));
        return Answer.ok(Texts.json("ok", up, "databases", health), Texts.table(rows))
                .exit(up ? Exit.OK : Exit.ENVIRONMENT);
    }

    private static Answer of(WorkspaceHealth health) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("STORE", "NEWEST", "PENDING", "QUARANTINED"));
        health.stores()
                .forEach(store -> rows.add(List.of(
                        store.store().toString(),
                        store.newest().map(Object::toString).orElse(""),
                        store.pending().isPresent() ? "" + store.pending().getAsInt() : "",
                        store.quarantined().isPresent()
                                ? "" + store.quarantined().getAsLong()
                                : "")));
        String status = health.status().name().toLowerCase(Locale.ROOT);
        int exit = switch (health.status()) {
            case UP -> Exit.OK;
            case DEGRADED -> Exit.PROBLEM;
            case DOWN -> Exit.ENVIRONMENT;
        };
        return Answer.ok(
                        Texts.json(
                                "ok",
                                exit == Exit.OK,
                                "status",
                                status,
                                "reasons",
                                health.reasons(),
                                "stores",
                                health.stores().stream()
                                        .map(store -> Texts.json(
                                                "store",
                                                store.store().toString(),
                                                "newest",
                                                store.newest()
                                                        .map(Object::toString)
                                                        .orElse(null),
                                                "pending",
                                                store.pending().isPresent()
                                                        ? store.pending().getAsInt()
                                                        : null,
                                                "quarantined",
                                                store.quarantined().isPresent()
                                                        ? store.quarantined().getAsLong()
                                                        : null))
                                        .toList()),
                        status + "\n" + Texts.table(rows))
                .remarks(String.join("\n", health.reasons()))
                .exit(exit);
    }
}
