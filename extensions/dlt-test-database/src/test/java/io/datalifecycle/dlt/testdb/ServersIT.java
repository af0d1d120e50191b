package io.datalifecycle.dlt.testdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServersIT {

    /** Where another version is chosen, its binaries are the ones on the class path. */
    private static final Map<String, String> VERSION =
            Map.of("DLT_TEST_POSTGRES", System.getenv().getOrDefault("DLT_TEST_POSTGRES", ""));

    @Test
    void givenServerIsUsedAndLeftClean() throws SQLException {
        try (TestDatabase host = TestDatabase.create()) {
            TestDatabaseIT.assumeServerKnowsWhoMadeARole(host);
            Server server =
                    given(host, host.superuser().getConnection().getMetaData().getUserName(), "");
            usableFor(server);
            assertThat(TestDatabaseIT.text(host.superuser(), count(server))).isNotEqualTo("0");

            server.dropEverything();

            assertThat(TestDatabaseIT.text(host.superuser(), count(server))).isEqualTo("0");
        }
    }

    @Test
    void givenAccountNeedsOnlyCreatedbAndCreateroleForPlainDatabases() throws SQLException {
        try (TestDatabase host = TestDatabase.create()) {
            String admin = host.name() + "_admin";
            TestDatabaseIT.execute(
                    host.superuser(), "CREATE ROLE " + admin + " LOGIN CREATEDB CREATEROLE PASSWORD 'a&b c'");
            Server server = given(host, admin, "a%26b+c");
            assertThat(server.backends()).containsExactly(Backend.PLAIN);
            usableFor(server);
            server.dropEverything();
            TestDatabaseIT.execute(host.superuser(), "DROP ROLE " + admin);
        }
    }

    @Test
    void archiveThatIsNoneFallsBackToPlain(@TempDir Path directory) throws IOException, SQLException {
        Path archive = Files.writeString(directory.resolve("timescaledb.txz"), "no archive");
        Map<String, String> environment = new HashMap<>(VERSION);
        environment.put("DLT_TIMESCALE_ARCHIVE", archive.toString());
        Server server = Servers.open(environment);
        assertThat(server.backends()).contains(Backend.PLAIN);
        try (TestDatabase database = server.create("template0", Backend.PLAIN)) {
            assertThat(TestDatabaseIT.text(database.dataSource(), "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void versionThatIsNoneIsRefused() {
        assertThatThrownBy(() -> Servers.open(Map.of("DLT_TEST_POSTGRES", "latest")))
                .hasMessageContaining("DLT_TEST_POSTGRES=latest is no version of PostgreSQL");
    }

    @Test
    void addressThatIsNoPostgresqlIsRefused() {
        assertThatThrownBy(() -> Servers.open(Map.of("DLT_TEST_JDBC_URL", "jdbc:h2:mem:x")))
                .hasMessageContaining("jdbc:postgresql://host:port/database")
                .hasMessageContaining("jdbc:h2:mem:x");
    }

    private static Server given(TestDatabase host, String user, String password) {
        String url = host.jdbcUrl() + "?user=" + user + "&password=" + password + "&ApplicationName=given";
        return Servers.open(Map.of("DLT_TEST_JDBC_URL", url));
    }

    private static void usableFor(Server server) throws SQLException {
        String template =
                server.backends().contains(Backend.TIMESCALE) ? server.createTimescaleTemplate() : "template0";
        TestDatabase database = server.create(template, Backend.PLAIN);
        server.create(template, Backend.PLAIN).close();
        assertThat(TestDatabaseIT.text(database.dataSource(), "SELECT current_user"))
                .isEqualTo(server.owner().name());
        TestDatabaseIT.execute(
                database.dataSource(), "CREATE TABLE t (i int)", "CREATE ROLE " + database.name() + "_r");
    }

    private static String count(Server server) {
        String prefix = server.owner().name().replace("_owner", "");
        return "SELECT (SELECT count(*) FROM pg_database WHERE starts_with(datname, '" + prefix + "'))"
                + " + (SELECT count(*) FROM pg_roles WHERE starts_with(rolname, '" + prefix + "'))";
    }
}
