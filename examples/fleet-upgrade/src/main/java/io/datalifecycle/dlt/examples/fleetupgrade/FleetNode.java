package io.datalifecycle.dlt.examples.fleetupgrade;

import io.datalifecycle.dlt.Dlt;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** Another process of the host application: goes on with the run of the fleet that is under way. */
final class FleetNode {

    private FleetNode() {}

    /** The address of the database comes from the environment, where no list of processes shows it. */
    public static void main(String[] args) throws Exception {
        Map<String, String> environment = System.getenv();
        FleetDatabase.Address address = new FleetDatabase.Address(
                environment.getOrDefault("FLEET_URL", ""),
                environment.getOrDefault("FLEET_USER", ""),
                environment.getOrDefault("FLEET_PASSWORD", ""));
        try (FleetDatabase database = FleetDatabase.at(address);
                Dlt dlt = PumpStations.open(database.dataSource(), InstantSource.system())) {
            dlt.fleet(PumpStations.TEMPLATE).current().orElseThrow().run();
        }
    }

    /** Starts it. */
    static Process start(FleetDatabase.Address address) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder node = new ProcessBuilder(
                java.toString(), "-Xmx512m", "-cp", System.getProperty("java.class.path"), FleetNode.class.getName());
        node.environment()
                .putAll(Map.of(
                        "FLEET_URL", address.jdbcUrl(),
                        "FLEET_USER", address.user(),
                        "FLEET_PASSWORD", address.password()));
        return node.inheritIO().start();
    }
}
