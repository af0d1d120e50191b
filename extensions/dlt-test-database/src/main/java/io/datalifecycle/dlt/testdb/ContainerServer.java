package io.datalifecycle.dlt.testdb;

import java.sql.SQLException;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** TimescaleDB in a container, removed by Testcontainers when the JVM ends. Loaded only where Docker may be. */
final class ContainerServer {

    static final String IMAGE = "timescale/timescaledb:latest-pg17";

    private ContainerServer() {}

    @SuppressWarnings("resource") // lives as long as the JVM
    static Optional<Server> start(String image) throws SQLException {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return Optional.empty();
        }
        PostgreSQLContainer container = new PostgreSQLContainer(
                        DockerImageName.parse(image).asCompatibleSubstituteFor("postgres"))
                .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=300")
                .withEnv("TIMESCALEDB_TELEMETRY", "off");
        container.start();
        return Optional.of(new Server(
                container.getJdbcUrl(), new Server.Account(container.getUsername(), container.getPassword())));
    }
}
