package io.datalifecycle.dlt.examples.fleetupgrade;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/**
 * Upgrades a fleet and brings it back, on a database that is started for the run. {@code mvn -q -Pfleet-demo} at the root of the
 * project starts it; {@code -Dargs=50} makes fifty workspaces instead of two hundred.
 */
final class FleetUpgradeMain {

    private FleetUpgradeMain() {}

    public static void main(String[] args) throws Exception {
        PrintStream console = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        int workspaces = args.length == 0 ? 200 : Integer.parseInt(args[0]);
        boolean fine;
        try (FleetDatabase database = FleetDatabase.create()) {
            FleetUpgrade.Outcome outcome =
                    new FleetUpgrade(database, workspaces, InstantSource.system(), console).run();
            fine = outcome.upgraded().errors().isEmpty()
                    && outcome.rolledBack().errors().isEmpty();
        }
        System.exit(fine ? 0 : 1);
    }
}
