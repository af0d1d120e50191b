package io.datalifecycle.dlt.storage.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.FleetRun;
import io.datalifecycle.dlt.fleet.FleetStatus;
import io.datalifecycle.dlt.testdb.Backend;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** What a run of a fleet says of a workspace when that is erased. */
class FleetErasureIT {

    private static final String VALUE = "Key (asset_id)=(secret pump)";

    private static final String FINDINGS = """
            [{"workspace": "kept-01", "what": "metric pressure", "before": "secret pump", "after": "4"},
             {"workspace": "kept-01", "what": "the workspace", "before": "in the fleet", "after": "deleted or archived"},
             {"workspace": "kept-02", "what": "metric pressure", "before": "1", "after": "2"}]""";

    @Test
    void linesStayWithoutValuesOfRowsAlsoWhenTheyAreWrittenLater() throws SQLException {
        try (FleetGrounds g = new FleetGrounds(Backend.PLAIN)) {
            g.empty("kept", 2);
            g.publish("kept", "2.0.0", "avg(pressure)", "max(pressure)");
            FleetRun run = g.dlt.fleet("kept").upgradeTo("2.0.0").start();
            write(g);
            assertThat(said(run)).contains("secret pump");

            g.dlt.workspaces().delete("kept-01");
            assertThat(said(run)).contains("kept-01", "was deleted").doesNotContain("secret pump");
            assertThat(run.status().why()).isEqualTo("2 failed: kept-01 (was deleted), kept-02 (1)");
            assertThat(run.status().canary()).hasSize(1);

            write(g);
            assertThat(run.status().members().toString()).doesNotContain("secret pump");
            assertThat(run.status().canary())
                    .as("that it is missing may be said")
                    .hasSize(2)
                    .noneMatch(f -> f.toString().contains("secret pump"));
        }
    }

    private static String said(FleetRun run) {
        FleetStatus status = run.status();
        return status.why() + status.members() + status.canary();
    }

    /** What a run that goes on meanwhile writes. */
    private static void write(FleetGrounds g) throws SQLException {
        try (Connection connection = g.database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "UPDATE dlt.fleet_member SET error = '" + VALUE + "', state = 'FAILED' WHERE key = 'kept-01'");
            statement.execute("UPDATE dlt.fleet_run SET phase = 'STOPPED', reason = '2 failed: kept-01 (" + VALUE
                    + "), kept-02 (1)', findings = '" + FINDINGS + "'");
        }
    }
}
