package io.datalifecycle.dlt.storage.grants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.problem.Severity;
import io.datalifecycle.dlt.spi.QualityLog.CheckResult;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.storage.schema.AppSchema;
import io.datalifecycle.dlt.storage.schema.SchemaMode;
import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.Duplicates;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.OnInvalid;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.testdb.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The whole life of a workspace with a login that has what the docs grant and nothing else; what is missing is told at once. */
final class LeastPrivilegeIT {

    private static final String BACKENDS = "io.datalifecycle.dlt.testdb.TestDatabase#backends";
    private static final String PASSWORD = "it's a 'secret'";

    private static final Template TEMPLATE = Template.define("life", "1.0.0", t -> {
        t.datastore(
                "readings",
                d -> d.time("ts")
                        .naturalKey("asset", "ts")
                        .duplicates(Duplicates.UPDATE)
                        .chunk(Duration.ofDays(1))
                        .retention(Duration.ofDays(30))
                        .compressAfter(Duration.ofDays(10))
                        .onInvalid(OnInvalid.QUARANTINE)
                        .field("ts", Field.timestamp().required())
                        .field("asset", Field.text().required())
                        .field("v", Field.number()));
        t.featurestore(
                "daily",
                f -> f.rollup(
                                "datastore:readings",
                                r -> r.every(Duration.ofDays(1)).by("asset").column("mean", Aggregate.avg("v")))
                        .check(
                                "sane",
                                c -> c.sql("SELECT 1 FROM featurestore:daily WHERE mean < 0")
                                        .block()));
        t.metric(
                "worst",
                m -> m.sql("SELECT asset, max(mean) AS mean FROM featurestore:daily GROUP BY asset ORDER BY asset")
                        .table());
    });

    private static void execute(DataSource source, String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static String text(DataSource source, String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static DataSource login(TestDatabase database, String user) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.jdbcUrl());
        source.setUser(user);
        source.setPassword(PASSWORD);
        return source;
    }

    private static String user(TestDatabase database) {
        return "plant_" + database.name();
    }

    /** A role of the database's name with a password and nothing else. */
    private static DataSource nobody(TestDatabase database) {
        execute(
                database.superuser(),
                "CREATE ROLE " + user(database) + " LOGIN PASSWORD '" + PASSWORD.replace("'", "''") + "'");
        return login(database, user(database));
    }

    /** Statements of the first block of SQL behind a heading. */
    private static List<String> statements(String file, String heading) throws IOException {
        String docs = Files.readString(Path.of("../docs", file));
        Matcher block = Pattern.compile("(?s)```sql\n(.*?)```").matcher(docs);
        assertThat(block.find(docs.indexOf("\n## " + heading))).as(heading).isTrue();
        return Pattern.compile(";\\s*")
                .splitAsStream(block.group(1).replaceAll("(?m)^--.*\n", ""))
                .filter(statement -> !statement.isBlank())
                .toList();
    }

    private static PostgresStorage storage(DataSource source, SchemaMode mode) {
        return PostgresStorage.builder().appDatabase(source).schemaMode(mode).build();
    }

    private static List<Problem> problems(PostgresStorage storage, Severity severity) {
        return storage.preflight().stream()
                .filter(problem -> problem.severity() == severity)
                .toList();
    }

    private static Map<String, Object> reading(String ts, double v) {
        return Map.of("ts", ts, "asset", "P-1", "v", v);
    }

    /** Publish, provision, ingest (new, known and bad rows), refresh, ask, maintain, delete. */
    private static void live(DataSource source, SchemaMode mode, String key) {
        try (Dlt dlt = Dlt.builder().storage(storage(source, mode)).build()) {
            dlt.templates().publish(TEMPLATE);
            Workspace workspace = dlt.workspaces().provision(key, TEMPLATE);
            for (int round = 0; round < 2; round++) {
                workspace
                        .datastore("readings")
                        .ingest(Rows.of(
                                reading("2026-03-01T00:00:00Z", 1 + round),
                                reading("2026-03-01T00:01:00Z", 3),
                                Map.of("ts", "never", "asset", "P-1")));
            }
            workspace.featurestore("daily").refresh();
            assertThat(workspace.featurestore("daily").checks()).singleElement().matches(CheckResult::passed);
            assertThat(workspace.metric("worst").rows().rows()).isEqualTo(List.of(List.of("P-1", 2.5)));
            assertThat(workspace.datastore("readings").quarantine().countByReason())
                    .hasSize(1);
            workspace
                    .datastore("readings")
                    .ingest(Rows.of(reading("2025-01-01T00:00:00Z", 1), reading("2026-03-01T00:02:00Z", 4)));
            assertThat(workspace.maintain()).as("what is not refreshed yet").isEmpty();
            workspace.featurestore("daily").refresh();
            assertThat(workspace.maintain()).isNotEmpty();
            assertThat(workspace.health().databases())
                    .allMatch(database -> database.latency().isPresent());
            dlt.workspaces().delete(key);
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void whatTheDocsGrantIsEnoughForTheWholeLife(Backend backend) throws IOException {
        try (TestDatabase database = TestDatabase.create(backend)) {
            execute(database.superuser(), "REVOKE ALL ON DATABASE " + database.name() + " FROM PUBLIC");
            execute(database.superuser(), "GRANT CONNECT ON DATABASE " + database.name() + " TO PUBLIC");
            for (String statement : statements("operations.md", "Rights")) {
                execute(
                        database.superuser(),
                        statement
                                .replace("plant", user(database))
                                .replace("mydata", database.name())
                                .replace("choose one", PASSWORD.replace("'", "''")));
            }
            DataSource source = login(database, user(database));
            assertThat(text(source, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
                    .isEqualTo("f");
            assertThat(problems(storage(source, SchemaMode.MIGRATE), Severity.ERROR))
                    .isEmpty();
            live(source, SchemaMode.MIGRATE, "north");
            live(source, SchemaMode.VALIDATE, "south");
            live(source, SchemaMode.OFF, "east");
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void aCageOfAnOlderVersionServesMetricsAndIsOpenedForChecks(Backend backend) {
        try (TestDatabase database = TestDatabase.create(backend)) {
            DataSource source = nobody(database);
            problems(storage(source, SchemaMode.MIGRATE), Severity.ERROR)
                    .forEach(problem -> execute(database.superuser(), problem.hint()));
            try (Dlt dlt =
                    Dlt.builder().storage(storage(source, SchemaMode.MIGRATE)).build()) {
                dlt.templates().publish(TEMPLATE);
                dlt.workspaces()
                        .provision("old", TEMPLATE)
                        .datastore("readings")
                        .ingest(Rows.of(reading("2026-03-01T00:00:00Z", 1)));
            }
            execute(
                    database.superuser(),
                    "REVOKE EXECUTE ON FUNCTION dlt_cage.w1 (text, text[], timestamptz[]) FROM \"" + user(database)
                            + "\"");
            // a member with inheritance may call it all the same, which PostgreSQL before 16 makes of whoever made the
            // role
            boolean refused = text(
                            source,
                            "SELECT has_function_privilege('dlt_cage.w1(text,text[],timestamptz[])', 'EXECUTE')")
                    .equals("f");
            try (Dlt dlt =
                    Dlt.builder().storage(storage(source, SchemaMode.VALIDATE)).build()) {
                Workspace workspace = dlt.workspaces().workspace("old");
                assertThat(workspace.metric("worst").rows().rows()).isEmpty();
                if (refused) {
                    assertThatThrownBy(() -> workspace.featurestore("daily").refresh())
                            .hasMessageContaining("open it once with SchemaMode.MIGRATE");
                }
            }
            try (Dlt dlt =
                    Dlt.builder().storage(storage(source, SchemaMode.MIGRATE)).build()) {
                assertThat(dlt.workspaces()
                                .workspace("old")
                                .featurestore("daily")
                                .refresh()
                                .written())
                        .isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void allThatIsMissingIsToldAtOnceWithTheStatementsThatMendIt(Backend backend) {
        try (TestDatabase database = TestDatabase.create(backend)) {
            execute(database.superuser(), "REVOKE ALL ON DATABASE " + database.name() + " FROM PUBLIC");
            execute(database.superuser(), "REVOKE ALL ON SCHEMA public FROM PUBLIC");
            execute(database.superuser(), "GRANT CONNECT ON DATABASE " + database.name() + " TO PUBLIC");
            DataSource source = nobody(database);

            assertThatThrownBy(() -> storage(source, SchemaMode.MIGRATE).open())
                    .isInstanceOfSatisfying(
                            DltException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.GRANT_MISSING))
                    .hasMessageContaining("ALTER ROLE \"" + user(database) + "\" CREATEROLE;")
                    .hasMessageContaining("GRANT CREATE ON DATABASE")
                    .hasMessageContaining("GRANT TEMPORARY ON DATABASE")
                    .hasMessageContaining("GRANT USAGE, CREATE ON SCHEMA \"public\"");
            assertThat(text(database.superuser(), "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'dlt%'"))
                    .as("nothing was changed")
                    .isEqualTo("0");

            List<Problem> missing = problems(storage(source, SchemaMode.MIGRATE), Severity.ERROR);
            assertThat(missing).allMatch(problem -> problem.code() == ProblemCode.GRANT_MISSING);
            missing.forEach(problem -> execute(database.superuser(), problem.hint()));
            assertThat(problems(storage(source, SchemaMode.MIGRATE), Severity.ERROR))
                    .as("after all of it was run once")
                    .isEmpty();
            live(source, SchemaMode.MIGRATE, "north");
        }
    }

    @Test
    void whatAnAdministratorPrintedAndGrantedNeedsNoRightToCreateSchemas() {
        try (TestDatabase database = TestDatabase.create(Backend.PLAIN)) {
            DataSource source = nobody(database);
            execute(database.superuser(), AppSchema.print());
            List<Problem> missing = problems(storage(source, SchemaMode.VALIDATE), Severity.ERROR);
            assertThat(missing)
                    .extracting(Problem::hint)
                    .noneMatch(statement -> statement.contains("CREATE ON DATABASE"))
                    .anyMatch(statement -> statement.contains("ON ALL TABLES IN SCHEMA dlt_data"));
            missing.forEach(problem -> execute(database.superuser(), problem.hint()));
            assertThat(problems(storage(source, SchemaMode.VALIDATE), Severity.ERROR))
                    .isEmpty();
            live(source, SchemaMode.VALIDATE, "north");
            live(source, SchemaMode.MIGRATE, "south");
        }
    }

    @Test
    void withoutMigrationNoLoginIsMade() {
        try (TestDatabase database = TestDatabase.create(Backend.PLAIN)) {
            execute(
                    database.dataSource(),
                    AppSchema.print().substring(0, AppSchema.print().indexOf("DO $dlt$")));
            String before = text(database.superuser(), "SELECT max(oid::bigint) FROM pg_roles");
            assertThatThrownBy(() ->
                            storage(database.dataSource(), SchemaMode.VALIDATE).open())
                    .isInstanceOfSatisfying(
                            DltException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.SCHEMA_OUTDATED))
                    .hasMessageContaining("_runner")
                    .hasMessageContaining("AppSchema.print()");
            try (PostgresStorage off = storage(database.dataSource(), SchemaMode.OFF)) {
                off.open();
            }
            assertThat(text(database.superuser(), "SELECT max(oid::bigint) FROM pg_roles"))
                    .isEqualTo(before);
            assertThat(text(database.superuser(), "SELECT count(*) FROM pg_namespace WHERE nspname = 'dlt_cage'"))
                    .isEqualTo("0");
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void theHardeningScriptLeavesNothingToWarnOfAndTheWholeLifeGoesOn(Backend backend) throws IOException {
        try (TestDatabase database = TestDatabase.create(backend)) {
            live(database.dataSource(), SchemaMode.MIGRATE, "before");
            assertThat(problems(storage(database.dataSource(), SchemaMode.MIGRATE), Severity.WARNING))
                    .extracting(Problem::hint)
                    .anyMatch(hint -> hint.contains("pg_logical_emit_message"));
            String runner = text(database.superuser(), "SELECT role FROM dlt_data.login WHERE role LIKE '%\\_runner'");
            boolean four = Integer.parseInt(text(database.superuser(), "SHOW server_version_num")) >= 170_000;
            List<String> run = new ArrayList<>();
            for (String statement : statements("isolation.md", "Hardening, for an administrator")) {
                if (statement.contains("timescaledb") && backend != Backend.TIMESCALE) {
                    continue;
                }
                run.add(statement);
                execute(
                        database.superuser(),
                        statement
                                .replace("mydata", database.name())
                                .replace("dlt_0123456789ab_runner", runner)
                                .replaceAll("(emit_message\\(boolean, text, \\w+)\\)", four ? "$1, boolean)" : "$1)"));
            }
            assertThat(run).hasSizeGreaterThanOrEqualTo(6);
            assertThat(problems(storage(database.dataSource(), SchemaMode.MIGRATE), Severity.WARNING))
                    .isEmpty();
            live(database.dataSource(), SchemaMode.MIGRATE, "after");
        }
    }

    @Test
    void functionsOfOthersThatEverybodyMayCallWithRightsOfTheirOwnersAreWarnedOf() {
        try (TestDatabase database = TestDatabase.create(Backend.PLAIN)) {
            execute(
                    database.dataSource(),
                    "CREATE FUNCTION peek() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'");
            PostgresStorage storage = storage(database.dataSource(), SchemaMode.MIGRATE);
            Problem warning = problems(storage, Severity.WARNING).stream()
                    .filter(problem -> problem.message().contains("peek()"))
                    .findFirst()
                    .orElseThrow();
            execute(database.dataSource(), warning.hint());
            assertThat(problems(storage, Severity.WARNING))
                    .noneMatch(problem -> problem.message().contains("peek()"));
        }
    }
}
