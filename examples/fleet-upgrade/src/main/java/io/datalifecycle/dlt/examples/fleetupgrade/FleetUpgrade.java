package io.datalifecycle.dlt.examples.fleetupgrade;

import static io.datalifecycle.dlt.examples.fleetupgrade.PumpStations.AFTER;
import static io.datalifecycle.dlt.examples.fleetupgrade.PumpStations.BEFORE;
import static io.datalifecycle.dlt.examples.fleetupgrade.PumpStations.TEMPLATE;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.FleetRun;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.fleet.FleetMember;
import io.datalifecycle.dlt.fleet.FleetStatus;
import io.datalifecycle.dlt.plan.ApplyOptions;
import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.ProblemCode;
import java.io.IOException;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The field, step by step: many customers on one template, its next version, and the way there and back while rows come in. */
final class FleetUpgrade {

    private static final int MOST_TRIES = 60;

    private final FleetDatabase database;
    private final int workspaces;
    private final InstantSource clock;
    private final PrintStream out;

    FleetUpgrade(FleetDatabase database, int workspaces, InstantSource clock, PrintStream out) {
        this.database = database;
        this.workspaces = workspaces;
        this.clock = clock;
        this.out = out;
    }

    /**
     * What came of it.
     *
     * @param killed the status when the process was dead
     * @param resumed the status when another one had gone on
     * @param upgraded what was stored then
     * @param back the status after the way back
     * @param rolledBack what was stored then
     * @param refused rows that had to be sent again under the other name
     */
    record Outcome(
            FleetStatus killed,
            FleetStatus resumed,
            Verification upgraded,
            FleetStatus back,
            Verification rolledBack,
            long refused) {}

    Outcome run() throws Exception {
        try (Dlt dlt = PumpStations.open(database.dataSource(), clock)) {
            List<Station> stations = step("1. " + workspaces + " workspaces of " + BEFORE, () -> provision(dlt));
            step("2. " + AFTER + ": what it would do to one of them", () -> plan(dlt));

            out.println("3. The fleet goes to " + AFTER + " while rows come in");
            FleetStatus killed;
            FleetStatus resumed;
            FleetRun run = start(dlt);
            try (Writer writer = new Writer(stations)) {
                killed = step("   a process begins, and is killed", () -> killed(run));
                out.println(indented(killed.text()));
                resumed = step("   another one goes on", () -> resume(run));
                out.println(indented(resumed.text()));
            }
            Verification upgraded = step("4. Is everything there?", () -> verify(dlt, stations, AFTER));

            FleetStatus back;
            try (Writer writer = new Writer(stations)) {
                back = step("5. And back to " + BEFORE + " while rows come in", run::rollback);
                out.println(indented(back.text()));
            }
            Verification rolledBack = step("   Is everything there?", () -> verify(dlt, stations, BEFORE));
            long refused = stations.stream().mapToLong(Station::refused).sum();
            long again = stations.stream().mapToLong(Station::again).sum();
            out.println("   sent again: " + refused + " rows that came under the name of the other version, " + again
                    + " calls that found no database");
            return new Outcome(killed, resumed, upgraded, back, rolledBack, refused);
        }
    }

    // region provision
    private List<Station> provision(Dlt dlt) {
        dlt.templates().publish(PumpStations.yaml(BEFORE));
        return IntStream.range(0, workspaces)
                .parallel()
                .mapToObj(n -> {
                    String key = String.format(Locale.ROOT, "station-%03d", n);
                    Workspace workspace = dlt.workspaces()
                            .provision(key, TEMPLATE, BEFORE, w -> w.param("ops_email", "ops@" + key + ".example"));
                    Station station = new Station(workspace, clock.instant());
                    station.history();
                    workspace.featurestore("ten_minutes").refresh();
                    workspace.featurestore("hourly").refresh();
                    workspace.model("odd_pump").train();
                    workspace.model("odd_pump").score();
                    return station;
                })
                .toList();
    }
    // endregion provision

    // region plan
    private String plan(Dlt dlt) {
        dlt.templates().publish(PumpStations.yaml(AFTER));
        String text = dlt.plan("station-000", TEMPLATE, AFTER).text();
        out.println(indented(text));
        return text;
    }
    // endregion plan

    // region start
    private static FleetRun start(Dlt dlt) {
        return dlt.fleet(TEMPLATE)
                .upgradeTo(AFTER, f -> f.waves(1, 10, 50, 100).parallel(2).options(ApplyOptions.ALLOW_DESTRUCTIVE))
                .start();
    }
    // endregion start

    /** Lets another process do it and ends that one, without a word, when a third of the fleet is through. */
    private FleetStatus killed(FleetRun run) throws IOException, InterruptedException {
        Process node = FleetNode.start(database.address());
        try {
            while (run.status().count(FleetMember.State.DONE) < Math.max(1, workspaces * 3 / 10)) {
                if (node.waitFor(50, TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("the process ended by itself: " + node.exitValue());
                }
            }
        } finally {
            node.destroyForcibly().waitFor();
        }
        return run.status();
    }

    /** The database lets go of a dead process as soon as the statement it was in has ended; until then it tells that somebody is at it. */
    private static FleetStatus resume(FleetRun run) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        for (int tries = 1; ; tries++) {
            try {
                return run.resume();
            } catch (ConflictException held) {
                if (held.code() != ProblemCode.UPGRADE_RUNNING || tries == MOST_TRIES) {
                    throw held;
                }
                never.await(500, TimeUnit.MILLISECONDS);
            }
        }
    }

    private Verification verify(Dlt dlt, List<Station> stations, String version) {
        Verification found = Verification.of(dlt, stations, version, Math.max(1, stations.size() / 20));
        out.print(indented(found.text()));
        return found;
    }

    private interface Work<T> {
        T run() throws Exception;
    }

    private <T> T step(String name, Work<T> work) throws Exception {
        out.println(name);
        long started = System.nanoTime();
        T result = work.run();
        out.printf(Locale.ROOT, "   (%.1f s)%n", (System.nanoTime() - started) / 1e9);
        return result;
    }

    private static String indented(String text) {
        return text.stripTrailing().indent(3);
    }
}
