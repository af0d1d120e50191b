package io.datalifecycle.dlt.testdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TestDatabaseIT {

    private static final String BACKENDS = "io.datalifecycle.dlt.testdb.TestDatabase#backends";

    @Test
    void plainIsAlwaysThere() {
        assertThat(TestDatabase.available()).contains(Backend.PLAIN);
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void ownerIsNoSuperuserButMayMakeRolesAndTables(Backend backend) throws SQLException {
        try (TestDatabase database = TestDatabase.create(backend)) {
            DataSource owner = database.dataSource();
            assertThat(text(owner, "SELECT current_user")).isEqualTo(database.user());
            assertThat(text(
                            owner,
                            "SELECT rolsuper || ' ' || rolcreaterole FROM pg_roles WHERE rolname = current_user"))
                    .isEqualTo("false true");
            assertThat(text(
                            owner,
                            "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"))
                    .isEqualTo(database.user());
            execute(
                    owner,
                    "CREATE TABLE t (i int)",
                    "CREATE ROLE " + database.name() + "_r",
                    "DROP ROLE " + database.name() + "_r");
            assertThat(text(database.superuser(), "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
                    .isEqualTo("t");
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void sessionZoneIsNeitherUtcNorTheJvms(Backend backend) throws SQLException {
        try (TestDatabase database = TestDatabase.create(backend)) {
            String zone = text(database.dataSource(), "SHOW timezone");
            assertThat(zone).isEqualTo("Asia/Kathmandu");
            assertThat(ZoneId.of(zone)).isNotEqualTo(ZoneId.systemDefault());
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void databasesDoNotSeeEachOther(Backend backend) throws SQLException {
        try (TestDatabase one = TestDatabase.create(backend);
                TestDatabase other = TestDatabase.create(backend)) {
            execute(one.dataSource(), "CREATE TABLE mine (i int)");
            assertThat(text(one.dataSource(), "SELECT to_regclass('mine')")).isEqualTo("mine");
            assertThat(text(other.dataSource(), "SELECT to_regclass('mine')")).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void templateIsPreparedOnceAndClonedEachTime(Backend backend) throws SQLException {
        AtomicInteger prepared = new AtomicInteger();
        List<Connection> leftOpen = new ArrayList<>();
        DatabaseTemplate template =
                TestDatabase.template("once_" + backend.name().toLowerCase(java.util.Locale.ROOT), source -> {
                    prepared.incrementAndGet();
                    execute(source, "CREATE TABLE seen (i int)", "INSERT INTO seen VALUES (1)");
                    leftOpen.add(open(source));
                });
        try (TestDatabase one = template.create(backend)) {
            execute(one.dataSource(), "INSERT INTO seen VALUES (2)");
            try (TestDatabase other = template.create(backend)) {
                assertThat(text(other.dataSource(), "SELECT count(*) FROM seen"))
                        .isEqualTo("1");
                execute(other.dataSource(), "ALTER TABLE seen ADD COLUMN j int");
            }
        }
        assertThat(prepared).hasValue(1);
        assertThat(leftOpen.get(0).isValid(1))
                .as("connection left open by the preparation")
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void failedPreparationIsToldAndTriedAgain(Backend backend) {
        AtomicInteger tries = new AtomicInteger();
        DatabaseTemplate template =
                TestDatabase.template("fails_" + backend.name().toLowerCase(java.util.Locale.ROOT), source -> {
                    if (tries.incrementAndGet() == 1) {
                        throw new IllegalArgumentException("first time");
                    }
                });
        assertThatThrownBy(() -> template.create(backend)).hasMessage("first time");
        template.create(backend).close();
        assertThat(tries).hasValue(2);
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void closeLeavesNeitherDatabaseNorRolesEvenWithOpenConnections(Backend backend) throws SQLException {
        try (TestDatabase witness = TestDatabase.create(Backend.PLAIN)) {
            assumeServerKnowsWhoMadeARole(witness);
            TestDatabase database = TestDatabase.create(backend);
            String role = database.name() + "_left";
            execute(
                    database.dataSource(),
                    "CREATE ROLE " + role,
                    "CREATE TABLE t (i int)",
                    "GRANT SELECT ON t TO " + role);
            Connection open = database.dataSource().getConnection();

            database.close();
            database.close();

            assertThat(open.isValid(1)).isFalse();
            assertThat(text(
                            witness.superuser(),
                            "SELECT datname FROM pg_database WHERE datname = '" + database.name() + "'"))
                    .isNull();
            assertThat(text(witness.superuser(), "SELECT rolname FROM pg_roles WHERE rolname = '" + role + "'"))
                    .isNull();
        }
    }

    @Test
    void closeKeepsRolesThatAnotherDatabaseUses() throws SQLException {
        try (TestDatabase outer = TestDatabase.create(Backend.PLAIN)) {
            TestDatabase inner = TestDatabase.create(Backend.PLAIN);
            String role = outer.name() + "_used";
            execute(
                    outer.dataSource(),
                    "CREATE ROLE " + role,
                    "CREATE TABLE t (i int)",
                    "GRANT SELECT ON t TO " + role);
            inner.close();
            assertThat(text(outer.dataSource(), "SELECT rolname FROM pg_roles WHERE rolname = '" + role + "'"))
                    .isEqualTo(role);
        }
    }

    @Test
    void addressAndAccountServeAPoolOfTheTestsOwn() throws SQLException {
        try (TestDatabase database = TestDatabase.create();
                Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password())) {
            assertThat(connection.getCatalog()).isEqualTo(database.name());
        }
    }

    @Test
    @EnabledIf("io.datalifecycle.dlt.testdb.TestDatabase#timescaleAvailable")
    void timescaleDatabaseTakesHypertablesFromItsOwner() throws SQLException {
        try (TestDatabase database = TestDatabase.create()) {
            assertThat(database.timescale()).isTrue();
            DataSource owner = database.dataSource();
            execute(
                    owner,
                    "CREATE TABLE m (ts timestamptz NOT NULL, asset text, v float8, UNIQUE (ts, asset))",
                    "SELECT create_hypertable('m', by_range('ts', INTERVAL '7 days'))",
                    "INSERT INTO m SELECT t, 'p1', 1 FROM generate_series('2026-01-01Z'::timestamptz, '2026-02-01Z', '1 hour') t",
                    "INSERT INTO m VALUES ('2026-01-01Z', 'p1', 2) ON CONFLICT (ts, asset) DO UPDATE SET v = excluded.v");
            assertThat(text(owner, "SELECT count(*) FROM show_chunks('m')")).isEqualTo("5");
            assertThat(text(owner, "SELECT first(v, ts) FROM m")).isEqualTo("2");
            execute(owner, "SELECT drop_chunks('m', '2026-01-15Z'::timestamptz)");
            assertThat(text(owner, "SELECT count(*) FROM show_chunks('m')")).isEqualTo("3");
        }
    }

    @Test
    void plainDatabaseHasNoTimescaleEvenOnAServerThatHasIt() throws SQLException {
        try (TestDatabase database = TestDatabase.create(Backend.PLAIN)) {
            assertThat(database.timescale()).isFalse();
            assertThat(text(database.superuser(), "SELECT extname FROM pg_extension WHERE extname = 'timescaledb'"))
                    .isNull();
        }
    }

    static void assumeServerKnowsWhoMadeARole(TestDatabase database) throws SQLException {
        assumeTrue(
                Integer.parseInt(text(database.superuser(), "SHOW server_version_num")) >= 160_000,
                "before PostgreSQL 16 roles stay until the server goes");
    }

    static void execute(DataSource source, String... statements) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Connection open(DataSource source) {
        try {
            return source.getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** First column of the first row; null when there is none. */
    static String text(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }
}
