package io.datalifecycle.dlt.examples.pumpstation;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.datalifecycle.dlt.testdb.TestDatabase;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The database of the demo: an embedded PostgreSQL, or a server that is there. */
final class DemoDatabase implements AutoCloseable {

    private final HikariDataSource pool;
    private final @Nullable TestDatabase embedded;
    private final String name;

    private DemoDatabase(HikariDataSource pool, @Nullable TestDatabase embedded, String name) {
        this.pool = pool;
        this.embedded = embedded;
        this.name = name;
    }

    static DemoDatabase open(@Nullable String jdbcUrl, @Nullable String user, @Nullable String password) {
        if (jdbcUrl != null) {
            if (!jdbcUrl.startsWith("jdbc:postgresql:")) {
                throw new IllegalArgumentException(
                        "--jdbc-url: is no PostgreSQL address, write it like jdbc:postgresql://localhost:5432/pumps");
            }
            return new DemoDatabase(pool(jdbcUrl, user, password), null, "the given server");
        }
        TestDatabase embedded = TestDatabase.create();
        return new DemoDatabase(
                pool(embedded.jdbcUrl(), embedded.user(), embedded.password()),
                embedded,
                embedded.timescale() ? "an embedded TimescaleDB" : "an embedded PostgreSQL");
    }

    private static HikariDataSource pool(String jdbcUrl, @Nullable String user, @Nullable String password) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(jdbcUrl);
        if (user != null) {
            config.setUsername(user);
        }
        if (password != null) {
            config.setPassword(password);
        }
        config.setMaximumPoolSize(8);
        config.setInitializationFailTimeout(-1); // a server that is away is told by DLT, in its own words
        config.setConnectionTimeout(5_000);
        return new HikariDataSource(config);
    }

    DataSource dataSource() {
        return pool;
    }

    String name() {
        return name;
    }

    @Override
    public void close() {
        pool.close();
        if (embedded != null) {
            embedded.close();
        }
    }
}
