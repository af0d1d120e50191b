package io.datalifecycle.dlt.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server that is measured: the one {@code -Djdbc.url} names, else an embedded PostgreSQL that really writes to disk, unlike
 * the one of the tests. One pool for both sides of a comparison.
 */
final class BenchDatabase implements AutoCloseable {

    private final @Nullable EmbeddedPostgres embedded;
    private final HikariDataSource pool;

    private BenchDatabase(@Nullable EmbeddedPostgres embedded, HikariDataSource pool) {
        this.embedded = embedded;
        this.pool = pool;
    }

    static BenchDatabase open() throws IOException, SQLException {
        String url = System.getProperty("jdbc.url", "");
        if (!url.isBlank()) {
            return new BenchDatabase(null, pool(url));
        }
        return embedded(EmbeddedPostgres.builder(), "");
    }

    /** With TimescaleDB, from the archive that {@code .ci/prepare-timescaledb} makes; empty where there is none. */
    static Optional<BenchDatabase> openTimescale() throws IOException, SQLException {
        String named = System.getenv("DLT_TIMESCALE_ARCHIVE");
        Path archive = named != null
                ? Path.of(named)
                : Path.of(System.getProperty("user.home"), ".cache", "dlt", "timescaledb-pg17.txz");
        if (!Files.exists(archive)) {
            return Optional.empty();
        }
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setPgBinaryResolver((system, hardware) -> Files.newInputStream(archive))
                .setServerConfig("shared_preload_libraries", "timescaledb")
                .setServerConfig("timescaledb.telemetry_level", "off");
        return Optional.of(embedded(builder, "CREATE EXTENSION timescaledb"));
    }

    private static BenchDatabase embedded(EmbeddedPostgres.Builder builder, String extension)
            throws IOException, SQLException {
        EmbeddedPostgres server = builder.setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("shared_buffers", "512MB")
                .setServerConfig("max_wal_size", "4GB")
                .start();
        try (Connection admin = server.getPostgresDatabase().getConnection();
                Statement statement = admin.createStatement()) {
            statement.execute("CREATE ROLE bench LOGIN CREATEROLE PASSWORD 'bench'");
            statement.execute("GRANT pg_checkpoint, pg_read_all_stats TO bench");
            statement.execute("CREATE DATABASE bench OWNER bench");
        }
        if (!extension.isEmpty()) {
            try (Connection inside = server.getDatabase("postgres", "bench").getConnection();
                    Statement statement = inside.createStatement()) {
                statement.execute(extension);
            }
        }
        return new BenchDatabase(
                server, pool(server.getJdbcUrl("bench", "bench") + "&password=bench&reWriteBatchedInserts=true"));
    }

    private static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(8);
        return new HikariDataSource(config);
    }

    HikariDataSource pool() {
        return pool;
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    long count(String table) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Empties tables and has all dirty pages written, so that one run does not pay for the one before. */
    void clean(String... tables) throws SQLException {
        execute("TRUNCATE " + String.join(", ", tables));
        execute("CHECKPOINT");
    }

    /** What was measured, for the figures. */
    Map<String, Object> describe() throws SQLException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("server", embedded == null ? "given by jdbc.url" : "embedded, data on disk");
        for (String setting :
                new String[] {"server_version", "fsync", "synchronous_commit", "shared_buffers", "max_wal_size"}) {
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SHOW " + setting)) {
                rows.next();
                all.put(setting, rows.getString(1));
            }
        }
        return all;
    }

    @Override
    public void close() throws IOException {
        pool.close();
        if (embedded != null) {
            embedded.close();
        }
    }
}
