package io.datalifecycle.dlt.storage.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.FleetRun;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.fleet.CanaryFinding;
import io.datalifecycle.dlt.fleet.FleetMember.State;
import io.datalifecycle.dlt.fleet.FleetState;
import io.datalifecycle.dlt.fleet.FleetStatus;
import io.datalifecycle.dlt.testdb.Backend;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Copies on which a later version is tried before it goes to a fleet. */
class CanaryIT {

    private static final String BACKENDS = "io.datalifecycle.dlt.testdb.TestDatabase#backends";

    private static List<String> keys(FleetGrounds g) {
        return g.dlt.workspaces().list().stream().map(Workspace::key).toList();
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void whatDiffersStopsTheRunBeforeAnythingIsUpgraded(Backend backend) {
        try (FleetGrounds g = new FleetGrounds(backend)) {
            List<Workspace> all = g.provision("pumps", 3);
            g.ingest(all.get(0), "p1", 9, 1);
            g.publish(
                    "pumps",
                    "2.0.0",
                    "avg(pressure)",
                    "max(pressure)",
                    "value > param.limit",
                    "value > 0.4 * param.limit",
                    "  samples:\n",
                    "  sampled:\n");
            FleetRun run = g.dlt.fleet("pumps")
                    .upgradeTo(
                            "2.0.0",
                            f -> f.canary(c -> c.workspaces("pumps-01")
                                    .metric("pressure")
                                    .metric("pressure_now")
                                    .metric("samples", Map.of("from", "2026-01-01T00:00:00Z"))
                                    .alerts()
                                    .tolerate(0.001)))
                    .start();
            assertThat(run.status().wave()).isZero();
            FleetStatus stopped = run.run();
            assertThat(stopped.state()).isEqualTo(FleetState.STOPPED);
            assertThat(stopped.why()).contains("the canary differs in 3 places");
            assertThat(stopped.canary())
                    .extracting(CanaryFinding::toString)
                    .satisfiesExactly(
                            f -> assertThat(f)
                                    .startsWith("pumps-01: metric pressure bucket=")
                                    .contains("asset_id=p1 pressure_avg: 5.5 -> 9.0"),
                            f -> assertThat(f).contains("metric samples: 1 rows -> 2.0.0 has no metric samples"),
                            f -> assertThat(f).contains("alert high asset_id=p2: not raised at 4.0 -> raised at 4.0"));
            assertThat(g.version("pumps-01")).isEqualTo("1.0.0");
            assertThat(stopped.count(State.PENDING)).isEqualTo(3);
            assertThat(keys(g)).containsExactly("pumps-01", "pumps-02", "pumps-03");
            assertThat(g.table("pumps-01", "pressure").get(0))
                    .as("the original is not refreshed by it")
                    .contains("p1", 2.0);
            assertThat(all.get(0).alerts().all()).isEmpty();

            assertThat(run.resume().state()).as("the canary is tried again").isEqualTo(FleetState.STOPPED);
            FleetStatus done = run.accept();
            assertThat(done.state()).isEqualTo(FleetState.DONE);
            assertThat(done.count(State.DONE)).isEqualTo(3);
            assertThat(done.canary()).hasSize(3);
            g.dlt.workspaces().delete("pumps-01");
            assertThat(run.status().canary())
                    .as("values of erased rows are gone")
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void whatAgreesGoesOnAndWhatOnlyInformsToo(Backend backend) {
        try (FleetGrounds g = new FleetGrounds(backend)) {
            g.provision("pumps", 3);
            g.publish(
                    "pumps",
                    "2.0.0",
                    "starts: { type: [number, \"null\"] }",
                    "starts: { type: [number, \"null\"] }\n        temperature: { type: [number, \"null\"] }",
                    "  pressure_now:\n",
                    "  pressure_last:\n    renamed_from: pressure_now\n",
                    "metric: pressure_now",
                    "metric: pressure_last");
            FleetStatus agreed = g.dlt.fleet("pumps")
                    .upgradeTo(
                            "2.0.0",
                            f -> f.waves(100)
                                    .canary(c -> c.workspaces("pumps-02", "pumps-03")
                                            .metric("pressure")
                                            .metric("pressure_now")
                                            .alerts("high")))
                    .start()
                    .run();
            assertThat(agreed.canary()).isEmpty();
            assertThat(agreed.state()).isEqualTo(FleetState.DONE);
            assertThat(keys(g)).hasSize(3);

            g.publish("pumps", "3.0.0", "avg(pressure)", "max(pressure)", "starts: { type: [number, \"null\"] }", "");
            FleetStatus refused = g.dlt.fleet("pumps")
                    .upgradeTo(
                            "1.0.0",
                            f -> f.waves(100)
                                    .options(io.datalifecycle.dlt.plan.ApplyOptions.ALLOW_DESTRUCTIVE)
                                    .canary(c -> c.workspaces("pumps-01")
                                            .metric("no_such")
                                            .informOnly()))
                    .start()
                    .run();
            assertThat(refused.canary())
                    .singleElement()
                    .satisfies(f -> assertThat(f.what()).isEqualTo("metric no_such"));
            assertThat(refused.state()).isEqualTo(FleetState.DONE);
            assertThat(g.version("pumps-03")).isEqualTo("1.0.0");
        }
    }
}
