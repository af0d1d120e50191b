package io.datalifecycle.dlt.storage.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.spi.TransformEngine;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.metric.AnalysedSql.OutputColumn;
import io.datalifecycle.dlt.storage.metric.Attacks.Attack;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.template.Check;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.OnFail;
import io.datalifecycle.dlt.template.Refresh;
import io.datalifecycle.dlt.template.SqlTransform;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.PhysicalName;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two workspaces of one template; the first's SQL is hostile and must not learn the second's secret, nor leave anything behind. */
final class IsolationIT {

    private static final String SECRET = "zebra-7f3a91";
    private static final TransformEngine.Limits LIMITS = new TransformEngine.Limits(1_000, Duration.ofSeconds(1));
    private static final TimeRange DAY =
            TimeRange.of(Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-03-02T00:00:00Z"));
    private static final String BACKENDS = "io.datalifecycle.dlt.testdb.TestDatabase#backends";
    private static final String TRACES = """
            SELECT session_user || ' ' || current_user UNION ALL
            (SELECT name || '=' || setting FROM pg_settings
              WHERE name NOT LIKE 'transaction%' ORDER BY name) UNION ALL
            SELECT 'left setting ' || coalesce(nullif(current_setting('dlt.left', true), ''), 'none') UNION ALL
            SELECT 'advisory locks ' || count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() UNION ALL
            SELECT 'prepared ' || count(*) FROM pg_prepared_statements WHERE from_sql UNION ALL
            SELECT 'held cursors ' || count(*) FROM pg_cursors WHERE is_holdable UNION ALL
            SELECT 'channels ' || count(*) FROM pg_listening_channels() UNION ALL
            SELECT 'temporary ' || count(*) FROM pg_class WHERE relnamespace = pg_my_temp_schema()""";

    /** What reaches furthest or would stay, and the ways out of the text around it. */
    private static final List<Attack> HANDFUL = Attacks.ALL.stream()
            .filter(attack -> Set.of(
                            "table by name",
                            "chunk by name",
                            "error message",
                            "set role, then query",
                            "role none",
                            "query_to_xml",
                            "other cage",
                            "stacked reset",
                            "stacked behind limit",
                            "stacked write",
                            "bracket out of the subquery",
                            "for update",
                            "delete of the other",
                            "nextval",
                            "large object create",
                            "no timeout",
                            "writes on",
                            "own setting",
                            "advisory lock",
                            "shared advisory lock",
                            "unlock",
                            "pg_notify",
                            "logins",
                            "sleep")
                    .contains(attack.name()))
            .toList();

    private static final class Siege implements AutoCloseable {

        final Grounds grounds;
        final WorkspaceContext own;
        final WorkspaceContext other;
        final Map<String, String> names = new LinkedHashMap<>();
        final Connection owner;
        private final List<String> before;
        private final List<String> stored;

        Siege(Backend backend) throws SQLException {
            grounds = new Grounds(backend);
            Template template = Grounds.template(
                    "1.0.0",
                    t -> t.metric(
                            "labels",
                            m -> m.sql("SELECT label AS v FROM datastore:readings")
                                    .table()));
            grounds.dlt.templates().publish(template);
            own = grounds.workspace("own", template, "mine");
            other = grounds.workspace("other", template, SECRET);
            name();
            owner = grounds.database.dataSource().getConnection();
            wrapped("SELECT 'warm' AS v"); // the first call loads PL/pgSQL and its settings
            assertThat(feature("SELECT 'warm' AS v")).contains("warm");
            before = traces();
            stored = stored();
        }

        private void name() throws SQLException {
            TimeTable ownTable =
                    TimeTable.of(own, "public", own.template().stores().get(0));
            TimeTable otherTable =
                    TimeTable.of(other, "public", other.template().stores().get(0));
            names.put("own", ownTable.quoted());
            names.put("ownBare", ownTable.name());
            names.put("other", otherTable.quoted());
            names.put("otherBare", otherTable.name());
            names.put(
                    "otherQuarantine",
                    Identifier.qualified(
                            "public",
                            PhysicalName.quarantine(
                                    other.template().stores().get(0).key(), other.id())));
            names.put("part", part(otherTable));
            names.put("ownCage", "w" + own.id().value());
            names.put("otherCage", "w" + other.id().value());
            names.put("schema", "public");
            names.put("owner", grounds.database.user());
            names.put("database", grounds.database.name());
            names.put("sequence", "dlt.workspace_id_seq");
            try (Connection connection = grounds.database.dataSource().getConnection()) {
                names.put("otherRole", RoleNames.of(connection).workspace(other.id()));
            }
        }

        private String part(TimeTable table) {
            return grounds.owner("SELECT tableoid::regclass::text FROM " + table.quoted())
                    .get(0);
        }

        /** All that an author could leave behind on the runner's connections. */
        List<String> traces() throws SQLException {
            List<String> traces = traces(grounds.logins.runner(grounds.data));
            traces.addAll(traces(grounds.logins.features(grounds.data)));
            return traces;
        }

        private static List<String> traces(DataSource runner) throws SQLException {
            try (Connection connection = runner.getConnection()) {
                try {
                    return Grounds.rows(connection, TRACES);
                } finally {
                    connection.rollback();
                }
            }
        }

        private List<String> stored() throws SQLException {
            return Grounds.rows(owner, """
                    SELECT label FROM %s UNION ALL SELECT label FROM %s UNION ALL
                    SELECT 'relations ' || count(*) FROM pg_class UNION ALL
                    SELECT 'functions ' || count(*) FROM pg_proc UNION ALL
                    SELECT 'large objects ' || count(*) FROM pg_largeobject_metadata UNION ALL
                    SELECT 'sequence ' || last_value FROM dlt.workspace_id_seq UNION ALL
                    (SELECT rolname || rolsuper || rolcanlogin FROM pg_roles ORDER BY 1) UNION ALL
                    (SELECT proname || proowner || prosecdef || provolatile::text FROM pg_proc p
                      JOIN pg_namespace n ON n.oid = p.pronamespace WHERE nspname = 'dlt_cage' ORDER BY 1)""".formatted(names.get("own"), names.get("other")));
        }

        /** The runner's own path, without the analysis. */
        String wrapped(String text) {
            Metric metric = own.template().metrics().get(0);
            CagedQueryRunner.Prepared prepared = new CagedQueryRunner.Prepared(
                    text, List.of(new OutputColumn("v", "text")), List.of(Column.of("v", ColumnType.TEXT)));
            try {
                return grounds.runner
                        .evaluate(own, metric, prepared, Map.of(), LIMITS)
                        .rows()
                        .toString();
            } catch (DltException e) {
                return told(e);
            }
        }

        /** As the SELECT of a featurestore, without the analysis. */
        String feature(String text) {
            String timed = text.replace(" AS v", " AS v, timestamptz '2026-03-01' AS ts");
            Featurestore store = store(timed);
            List<Object> all = new ArrayList<>();
            try {
                grounds.features.run(own, store, DAY, LIMITS.timeout(), batch -> {
                    for (int r = 0; r < batch.size(); r++) {
                        all.add(batch.row(r).toString());
                    }
                });
                return all.toString();
            } catch (DltException e) {
                return told(e) + all;
            }
        }

        private static Featurestore store(String sql) {
            return new Featurestore(
                    "hostile",
                    Optional.empty(),
                    SqlTransform.of(
                            sql,
                            "ts",
                            List.of(),
                            List.of(Column.required("ts", ColumnType.TIMESTAMP), Column.of("v", ColumnType.TEXT)),
                            Duration.ZERO,
                            Duration.ofHours(1)),
                    Refresh.ON_DEMAND,
                    Featurestore.DEFAULT_CHUNK,
                    Optional.empty(),
                    false,
                    Optional.empty(),
                    List.of());
        }

        /** As a check on the owner's connection, which commits, without the analysis. */
        String check(String text) throws SQLException {
            owner.setAutoCommit(false);
            try {
                Check.Sql check = new Check.Sql("hostile", text, OnFail.BLOCK);
                return String.valueOf(
                        grounds.checks.count(owner, own, store("SELECT 1"), check, List.of(DAY), LIMITS.timeout()));
            } catch (DltException e) {
                return told(e);
            } finally {
                owner.commit();
                owner.setAutoCommit(true);
            }
        }

        /** The bare text given to the cage function. */
        String bare(String text) throws SQLException {
            try (Connection connection = grounds.logins.runner(grounds.data).getConnection()) {
                connection.setAutoCommit(false);
                try (Statement timeout = connection.createStatement();
                        PreparedStatement call = connection.prepareStatement(
                                "SELECT v FROM " + Cage.function(own.id()) + "(?, ?, NULL) AS t(v text) LIMIT 2000")) {
                    timeout.execute("SET LOCAL statement_timeout = '1s'");
                    call.setString(1, text);
                    call.setArray(2, connection.createArrayOf("text", new String[0]));
                    try (ResultSet rows = call.executeQuery()) {
                        StringBuilder all = new StringBuilder();
                        while (rows.next()) {
                            all.append(rows.getString(1)).append('\n');
                        }
                        return all.toString();
                    }
                } catch (SQLException e) {
                    return told(e);
                } finally {
                    CagedQueryRunner.clean(connection);
                }
            }
        }

        void assertUnharmed(String after) throws SQLException {
            List<String> now = traces();
            assertThat(difference(now, before))
                    .as("new on the runner's connection after %s", after)
                    .isEmpty();
            assertThat(difference(before, now))
                    .as("gone from the runner's connection after %s", after)
                    .isEmpty();
            assertThat(stored()).as("what is stored after %s", after).isEqualTo(stored);
            assertThat(grounds.storage
                            .queries()
                            .evaluate(own, own.template().metrics().get(0), Map.of(), LIMITS)
                            .rows())
                    .as("an honest metric after %s", after)
                    .isEqualTo(List.of(List.of("mine")));
        }

        @Override
        public void close() throws SQLException {
            owner.close();
            grounds.close();
        }
    }

    private static List<String> difference(List<String> of, List<String> less) {
        List<String> rest = new ArrayList<>(of);
        rest.removeAll(less);
        return rest;
    }

    private static String told(@Nullable Throwable error) {
        StringBuilder all = new StringBuilder();
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            all.append(cause).append('\n');
        }
        return all.toString();
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void theAnalysisRefusesEveryAttackThatReachesForSomething(Backend backend) throws SQLException {
        try (Siege siege = new Siege(backend)) {
            Map<String, String> names = new LinkedHashMap<>(siege.names);
            names.put("own", "datastore:readings");
            Template template = Grounds.template(
                    "2.0.0",
                    t -> IntStream.range(0, Attacks.ALL.size())
                            .forEach(i -> t.metric(
                                    "a" + i,
                                    m -> m.sql(Attacks.ALL.get(i).sql(names)).table())));

            List<String> refused = siege.grounds.analysis.analyse(template).stream()
                    .map(Problem::pointer)
                    .distinct()
                    .toList();

            SoftAssertions all = new SoftAssertions();
            for (int i = 0; i < Attacks.ALL.size(); i++) {
                Attack attack = Attacks.ALL.get(i);
                all.assertThat(refused.contains("/metrics/a" + i + "/sql"))
                        .as("refused: %s", attack)
                        .isEqualTo(!attack.harmless());
            }
            all.assertAll();
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void theCageHoldsWithoutTheAnalysis(Backend backend) throws SQLException {
        try (Siege siege = new Siege(backend)) {
            assertThat(siege.grounds.owner("SELECT label FROM " + siege.names.get("part")))
                    .as("what the attacks are after is there")
                    .containsExactly(SECRET);
            for (Attack attack : Attacks.ALL) {
                String sql = attack.sql(siege.names);
                assertThat(siege.wrapped(sql)).as("%s", attack).doesNotContain(SECRET);
                siege.assertUnharmed(attack.name());
                assertThat(siege.bare(sql)).as("%s", attack).doesNotContain(SECRET);
                siege.assertUnharmed(attack.name() + ", bare");
            }
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void theCageHoldsForFeaturestoresToo(Backend backend) throws SQLException {
        try (Siege siege = new Siege(backend)) {
            assertThat(siege.feature("SELECT label AS v FROM " + siege.names.get("own")))
                    .as("what is its own")
                    .contains("mine");
            for (Attack attack : HANDFUL) {
                assertThat(siege.feature(attack.sql(siege.names)))
                        .as("%s", attack)
                        .doesNotContain(SECRET);
                siege.assertUnharmed(attack.name());
            }
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void aCheckLeavesNothingOnTheConnectionOfTheRefresh(Backend backend) throws SQLException {
        try (Siege siege = new Siege(backend);
                Statement host = siege.owner.createStatement()) {
            host.execute("SET work_mem = '7MB'");
            host.execute("SELECT pg_advisory_lock(42), pg_advisory_lock_shared(7, -7)");
            assertThat(siege.check("SELECT label AS v FROM " + siege.names.get("own")))
                    .isEqualTo("1");
            List<String> before = Grounds.rows(siege.owner, TRACES);
            assertThat(before).contains("work_mem=7168", "advisory locks 2");
            List<Attack> attacks = new ArrayList<>(HANDFUL);
            attacks.removeIf(
                    attack -> attack.name().equals("unlock")); // it would give up the host's; the analysis refuses it
            for (Attack attack : attacks) {
                assertThat(siege.check(attack.sql(siege.names)))
                        .as("%s", attack)
                        .doesNotContain(SECRET);
                assertThat(Grounds.rows(siege.owner, TRACES)).as("%s", attack).isEqualTo(before);
                siege.assertUnharmed(attack.name());
            }
            assertThat(siege.check("SELECT pg_advisory_lock(g), pg_advisory_lock(g) FROM generate_series(1, 3) g"))
                    .isEqualTo("3");
            assertThat(Grounds.rows(siege.owner, TRACES)).isEqualTo(before);
            assertThat(siege.check("SELECT set_config('work_mem', '1GB', false)"))
                    .isEqualTo("1");
            assertThat(Grounds.rows(siege.owner, "SHOW work_mem")).containsExactly("7MB");
        }
    }
}
