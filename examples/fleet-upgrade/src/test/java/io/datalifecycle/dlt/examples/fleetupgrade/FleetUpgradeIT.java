package io.datalifecycle.dlt.examples.fleetupgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.fleet.FleetMember.State;
import io.datalifecycle.dlt.fleet.FleetState;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** The demo on a few workspaces. */
final class FleetUpgradeIT {

    private static final int WORKSPACES = 6;

    @Test
    void nothingIsLostOnTheWayThereAndBackAlthoughAProcessDies() throws Exception {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        FleetUpgrade.Outcome outcome;
        try (FleetDatabase database = FleetDatabase.create();
                PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8)) {
            outcome = new FleetUpgrade(database, WORKSPACES, InstantSource.system(), out).run();
        }
        assertThat(outcome.killed().state()).isEqualTo(FleetState.RUNNING);
        assertThat(outcome.killed().count(State.DONE)).isBetween(1L, WORKSPACES - 1L);
        assertThat(outcome.resumed().state()).isEqualTo(FleetState.DONE);
        assertThat(outcome.resumed().count(State.DONE)).isEqualTo(WORKSPACES);
        assertRight(outcome.upgraded(), "2.0.0");
        assertThat(outcome.back().count(State.ROLLED_BACK)).isEqualTo(WORKSPACES);
        assertRight(outcome.rolledBack(), "1.0.0");
        assertThat(outcome.rolledBack().valves()).isEqualTo(WORKSPACES * Station.valves());
        assertThat(outcome.rolledBack().stored())
                .as("rows came in on the way back, too")
                .isGreaterThan(outcome.upgraded().stored());
        assertThat(outcome.refused()).as("the writers met the later version").isPositive();
        assertThat(text.toString(StandardCharsets.UTF_8))
                .contains(
                        "featurestore:ten_minutes",
                        "featurestore:hourly",
                        "model:odd_pump",
                        "metric:pressure_by_asset",
                        "panel:overview/Discharge pressure",
                        "panel:overview/Highest pressure",
                        "panel:overview/Share of odd spans",
                        "alert:high_pressure",
                        "report:weekly",
                        "recipient:ops@station-000.example");
    }

    private static void assertRight(Verification found, String version) {
        assertThat(found.errors()).isEmpty();
        assertThat(found.version()).isEqualTo(version);
        assertThat(found.stored()).isEqualTo(found.accepted());
        assertThat(found.checked()).isEqualTo(WORKSPACES);
        assertThat(found.differences()).isZero();
    }
}
