package io.datalifecycle.dlt.testdb;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** A PostgreSQL process of this JVM's own, stopped and removed when the JVM ends. Works as root and as anybody. */
final class EmbeddedServer {

    private EmbeddedServer() {}

    /**
     * Starts it.
     *
     * @param timescale an archive with TimescaleDB in it, instead of the binaries on the class path
     * @param major version of the binaries
     */
    @SuppressWarnings("resource") // lives as long as the JVM, whose shutdown hook stops it
    static Server start(Optional<Path> timescale, int major) throws IOException, SQLException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(binaries().toFile())
                .setDataDirectory(DataDirectory.claim())
                .setCleanDataDirectory(true)
                .setPGStartupWait(Duration.ofSeconds(60))
                // Survives a killed server process, not a power cut.
                .setServerConfig("fsync", "off")
                .setServerConfig("full_page_writes", "off")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "300")
                .setServerConfig("max_locks_per_transaction", "256")
                // The data may lie in memory.
                .setServerConfig("max_wal_size", "512MB");
        // The same order and case rules on every system; before 17 the system has to bring them.
        if (major >= 17) {
            builder.setLocaleConfig("locale", "C")
                    .setLocaleConfig("locale-provider", "builtin")
                    .setLocaleConfig("builtin-locale", "C.UTF-8");
        } else {
            builder.setLocaleConfig("locale", "C.UTF-8");
        }
        if (timescale.isPresent()) {
            Path archive = timescale.get();
            builder.setPgBinaryResolver((system, hardware) -> Files.newInputStream(archive))
                    .setServerConfig("shared_preload_libraries", "timescaledb")
                    .setServerConfig("max_worker_processes", "32")
                    .setServerConfig("timescaledb.telemetry_level", "off");
        }
        EmbeddedPostgres postgres = builder.start();
        return new Server(
                "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres", new Server.Account("postgres", ""));
    }

    /** Unpacked once per user and version; another user could not write into ours. */
    private static Path binaries() {
        return Path.of(System.getProperty("java.io.tmpdir"), "dlt-postgres-" + System.getProperty("user.name"));
    }
}
