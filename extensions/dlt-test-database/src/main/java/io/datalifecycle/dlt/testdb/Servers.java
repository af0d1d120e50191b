package io.datalifecycle.dlt.testdb;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds or starts the one server of this JVM. The order is that of {@link TestDatabase}. */
final class Servers {

    static final String HOW_TO_GET_TIMESCALE =
            "Run .ci/prepare-timescaledb once, or start Docker, or set DLT_TEST_JDBC_URL to a server that has it.";

    /** The major version of the binaries that come with this module, and of the archive. */
    private static final int USUAL = 17;

    private static final Logger log = LoggerFactory.getLogger(TestDatabase.class);

    private static @Nullable Server shared;

    private Servers() {}

    static synchronized Server shared() {
        Server server = shared;
        if (server == null) {
            server = open(System.getenv());
            if (!server.backends().contains(Backend.TIMESCALE)) {
                log.warn("No TimescaleDB here: tests on it are skipped. {}", HOW_TO_GET_TIMESCALE);
            }
            shared = server;
        }
        return server;
    }

    static Server open(Map<String, String> environment) {
        try {
            String url = environment.get("DLT_TEST_JDBC_URL");
            if (url != null && !url.isBlank()) {
                return given(url);
            }
            String version = environment.get("DLT_TEST_POSTGRES");
            if (version != null && !version.isBlank()) {
                return EmbeddedServer.start(Optional.empty(), major(version));
            }
            Path archive = archive(environment);
            if (Files.isRegularFile(archive)) {
                Optional<Server> server = embeddedTimescale(archive);
                if (server.isPresent()) {
                    return server.get();
                }
            }
            Optional<Server> container = container(environment);
            return container.isPresent() ? container.get() : EmbeddedServer.start(Optional.empty(), USUAL);
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("no test database: " + e.getMessage(), e);
        }
    }

    private static int major(String version) {
        try {
            return Integer.parseInt(version.strip().replaceFirst("\\..*", ""));
        } catch (NumberFormatException e) {
            throw new IllegalStateException(
                    "DLT_TEST_POSTGRES=" + version + " is no version of PostgreSQL, such as 15.15.0", e);
        }
    }

    private static Path archive(Map<String, String> environment) {
        String archive = environment.get("DLT_TIMESCALE_ARCHIVE");
        return archive != null && !archive.isBlank()
                ? Path.of(archive)
                : Path.of(System.getProperty("user.home"), ".cache", "dlt", "timescaledb-pg17.txz");
    }

    private static Server given(String url) throws SQLException {
        Server.Account account = new Server.Account(parameter(url, "user"), parameter(url, "password"));
        // The account travels apart from the address, or the owner's connections would be the administrator's.
        String address = url.replaceAll("(?<=[?&])(user|password)=[^&]*&?", "").replaceAll("[?&]$", "");
        Server server = new Server(address, account);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> clean(server), "dlt-test-database-clean"));
        return server;
    }

    private static void clean(Server server) {
        try {
            server.dropEverything();
        } catch (SQLException e) {
            log.warn("The test server keeps databases of this run: {}", e.getMessage());
        }
    }

    private static String parameter(String url, String name) {
        int start = url.indexOf('?');
        for (String pair : url.substring(start + 1).split("&")) {
            if (start >= 0 && pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        return name.equals("user") ? "postgres" : "";
    }

    private static Optional<Server> embeddedTimescale(Path archive) {
        String cause = "it is no .xz file";
        try {
            if (isXz(archive)) {
                Server server = EmbeddedServer.start(Optional.of(archive), USUAL);
                if (server.backends().contains(Backend.TIMESCALE)) {
                    return Optional.of(server);
                }
                cause = "its server has no TimescaleDB";
            }
        } catch (IOException | SQLException | IllegalStateException e) {
            cause = String.valueOf(e.getMessage());
        }
        log.warn("{} is not used: {}. Make it again with .ci/prepare-timescaledb --force", archive, cause);
        return Optional.empty();
    }

    private static boolean isXz(Path file) throws IOException {
        byte[] magic = {(byte) 0xFD, '7', 'z', 'X', 'Z', 0};
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(magic.length), magic);
        }
    }

    private static Optional<Server> container(Map<String, String> environment) throws SQLException {
        boolean docker = environment.containsKey("DOCKER_HOST") || Files.exists(Path.of("/var/run/docker.sock"));
        if (!docker) {
            return Optional.empty();
        }
        try {
            return ContainerServer.start(environment.getOrDefault("DLT_TIMESCALE_IMAGE", ContainerServer.IMAGE));
        } catch (NoClassDefFoundError e) {
            log.info("Docker may be here, but Testcontainers is not on the class path: not used.");
            return Optional.empty();
        }
    }
}
