package io.datalifecycle.dlt.testdb;

import java.sql.SQLException;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * One database of its own for a test: made in some 30 ms, gone with {@link #close()}.
 *
 * <pre>{@code
 * try (TestDatabase database = TestDatabase.create()) {
 *     PostgresStorage storage = PostgresStorage.builder().appDatabase(database.dataSource()).build();
 * }
 * }</pre>
 *
 * <p>All databases of a JVM live on one server, started on first use. It is, in this order: the server that the environment
 * variable {@code DLT_TEST_JDBC_URL} names (its account is a superuser, or has CREATEDB and CREATEROLE and gets no
 * TimescaleDB); an embedded PostgreSQL of the version {@code DLT_TEST_POSTGRES}, whose binaries must be on the class
 * path; an embedded PostgreSQL with TimescaleDB from the archive {@code
 * DLT_TIMESCALE_ARCHIVE} (default {@code ~/.cache/dlt/timescaledb-pg17.txz}, made by {@code .ci/prepare-timescaledb}); a
 * TimescaleDB container where Docker runs and Testcontainers is on the class path; an embedded PostgreSQL without
 * TimescaleDB.
 *
 * <p>Sessions are hostile on purpose: the owner is no superuser (it owns the database and has CREATEROLE), and the session
 * time zone is {@value SessionDataSource#TIME_ZONE}. Thread-safe.
 */
public final class TestDatabase implements AutoCloseable {

    private final Server server;
    private final String name;
    private final Backend backend;
    private final long newestRole;

    TestDatabase(Server server, String name, Backend backend, long newestRole) {
        this.server = server;
        this.name = name;
        this.backend = backend;
        this.newestRole = newestRole;
    }

    /** A fresh database, with TimescaleDB where the machine has it. */
    public static TestDatabase create() {
        return DatabaseTemplate.EMPTY.create();
    }

    /**
     * A fresh database of the given kind.
     *
     * @throws IllegalStateException if the machine has no such server; ask {@link #available()} before
     */
    public static TestDatabase create(Backend backend) {
        return DatabaseTemplate.EMPTY.create(backend);
    }

    /**
     * A database that is prepared once in this JVM and then cloned for each test.
     *
     * @param name what the template is known by; the first preparation under a name is the one that is kept
     * @param preparation runs at most once per backend, as the owner; connections it leaves open are cut
     */
    public static DatabaseTemplate template(String name, Consumer<DataSource> preparation) {
        return DatabaseTemplate.named(name, preparation);
    }

    /** The kinds of database this machine offers; {@link Backend#PLAIN} always. Starts the server. */
    public static Set<Backend> available() {
        return Servers.shared().backends();
    }

    /**
     * The same as a stream, for {@code @MethodSource("io.datalifecycle.dlt.testdb.TestDatabase#backends")}: what is missing is
     * told once on the log and not run.
     */
    public static Stream<Backend> backends() {
        return available().stream();
    }

    /** Whether {@link Backend#TIMESCALE} is there, for {@code @EnabledIf("…TestDatabase#timescaleAvailable")}. */
    public static boolean timescaleAvailable() {
        return available().contains(Backend.TIMESCALE);
    }

    /** Unpooled connections of the owner: no superuser, may create roles, owns this database and nothing else. */
    public DataSource dataSource() {
        return server.dataSource(name, server.owner());
    }

    /** Unpooled connections of the server's administrator (the account of the URL when the server was given). */
    public DataSource superuser() {
        return server.dataSource(name, server.administrator());
    }

    /** Address without credentials, for pools of the test's own. The session time zone is then the pool's matter. */
    public String jdbcUrl() {
        return server.jdbcUrl(name);
    }

    /** The owner's name. */
    public String user() {
        return server.owner().name();
    }

    /** The owner's password. */
    public String password() {
        return server.owner().password();
    }

    /** Name of the database on the server. */
    public String name() {
        return name;
    }

    /** What this database is. */
    public Backend backend() {
        return backend;
    }

    /** Whether the extension {@code timescaledb} is in this database. */
    public boolean timescale() {
        return backend == Backend.TIMESCALE;
    }

    /** Cuts its connections, drops the database and the roles that were made through it. A second call does nothing. */
    @Override
    public void close() {
        try {
            server.drop(name, newestRole);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot drop the test database " + name, e);
        }
    }

    @Override
    public String toString() {
        return backend + " " + jdbcUrl();
    }
}
