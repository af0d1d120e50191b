package io.datalifecycle.dlt.storage.metric;

import static io.datalifecycle.dlt.template.Field.bool;
import static io.datalifecycle.dlt.template.Field.date;
import static io.datalifecycle.dlt.template.Field.integer;
import static io.datalifecycle.dlt.template.Field.number;
import static io.datalifecycle.dlt.template.Field.text;
import static io.datalifecycle.dlt.template.Field.timestamp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.IsolationException;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.spi.TransformEngine;
import io.datalifecycle.dlt.spi.TransformEngine.Limits;
import io.datalifecycle.dlt.storage.metric.AnalysedSql.OutputColumn;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.template.TemplateBuilder;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Metrics as honest authors write them. */
final class CagedQueryRunnerIT {

    private static final String BACKENDS = "io.datalifecycle.dlt.testdb.TestDatabase#backends";
    private static final Limits LIMITS = new Limits(100, Duration.ofSeconds(5));

    private static TransformEngine.Rows evaluate(Grounds grounds, WorkspaceContext workspace, String metric) {
        return grounds.runner.evaluate(workspace, metric(workspace, metric), Map.of(), LIMITS);
    }

    private static Metric metric(WorkspaceContext workspace, String key) {
        return workspace.template().metrics().stream()
                .filter(m -> m.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static WorkspaceContext workspace(Grounds grounds, Consumer<TemplateBuilder> metrics) {
        Template template = Grounds.template("1.0.0", metrics);
        grounds.dlt.templates().publish(template);
        return grounds.workspace("one", template, "mine");
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void columnsMayHaveAnyName(Backend backend) {
        try (Grounds grounds = new Grounds(backend)) {
            Template template = Template.define("odd", "1.0.0", t -> {
                t.datastore(
                        "odd",
                        d -> d.time("Zeit Punkt")
                                .naturalKey("order", "Zeit Punkt")
                                .field("Zeit Punkt", timestamp().required())
                                .field("order", text().required())
                                .field("Druck (bar)", number())
                                .field("q\"uote", integer()));
                t.metric(
                        "all",
                        m -> m.sql(
                                        "SELECT \"Zeit Punkt\", \"order\", \"Druck (bar)\", \"q\"\"uote\" AS \"a \"\" b\" FROM datastore:odd")
                                .table());
                t.metric("newest", m -> m.latest("datastore:odd", "Druck (bar)").by("order"));
            });
            grounds.dlt.templates().publish(template);
            Workspace workspace = grounds.dlt.workspaces().provision("one", template);
            workspace
                    .datastore("odd")
                    .ingest(Rows.of(Map.of(
                            "Zeit Punkt", "2026-03-01T00:00:00Z", "order", "a;b", "Druck (bar)", 2.5, "q\"uote", 7)));
            WorkspaceContext context = grounds.context(workspace);

            TransformEngine.Rows rows = evaluate(grounds, context, "all");
            assertThat(rows.columns())
                    .extracting(Column::name)
                    .containsExactly("Zeit Punkt", "order", "Druck (bar)", "a \" b");
            assertThat(rows.rows()).isEqualTo(List.of(List.of(Instant.parse("2026-03-01T00:00:00Z"), "a;b", 2.5, 7L)));
            assertThat(evaluate(grounds, context, "newest").rows())
                    .isEqualTo(List.of(List.of(Instant.parse("2026-03-01T00:00:00Z"), "a;b", 2.5)));
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void resultsOfEveryTypeReadAsPlainJavaValues(Backend backend) {
        try (Grounds grounds = new Grounds(backend)) {
            WorkspaceContext workspace =
                    workspace(grounds, t -> t.metric("types", m -> m.sql("""
                    SELECT 1.50::numeric AS n, 12.345::numeric(6, 2) AS n2, 3::smallint AS s, 4::bigint AS b, 1.5::real AS r,
                      true AS t, '2026-03-01'::date AS d, '2026-03-01T12:00:00.123456+02'::timestamptz AS tz,
                      '2026-03-01 12:00:00'::timestamp AS ts, '2026-03-01 12:00:00'::timestamptz(0) AS tz0,
                      interval '1 day 2 hours' AS i, '{"a": 1}'::jsonb AS j, ARRAY[1, 2] AS a, ARRAY['x', 'y z'] AS ta,
                      'c'::char(3) AS c, 'v'::varchar(9) AS v, '6f2f3a52-7b7e-4c52-8d1c-0a5f5d6a7b8c'::uuid AS u,
                      '12:30'::time AS ti, '\\x01ff'::bytea AS by, NULL::bigint AS nothing, '10.0.0.1'::inet AS ip""").table()));

            List<@Nullable Object> row =
                    evaluate(grounds, workspace, "types").rows().get(0);

            assertThat(row)
                    .containsExactly(
                            new BigDecimal("1.50"),
                            new BigDecimal("12.35"),
                            3L,
                            4L,
                            1.5,
                            true,
                            LocalDate.of(2026, 3, 1),
                            Instant.parse("2026-03-01T10:00:00.123456Z"),
                            Instant.parse("2026-03-01T12:00:00Z"),
                            Instant.parse("2026-03-01T12:00:00Z"),
                            "1 day 02:00:00",
                            "{\"a\": 1}",
                            "{1,2}",
                            "{x,\"y z\"}",
                            "c  ",
                            "v",
                            UUID.fromString("6f2f3a52-7b7e-4c52-8d1c-0a5f5d6a7b8c"),
                            "12:30:00",
                            "\\x01ff",
                            null,
                            "10.0.0.1");
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void whatIsNoNumberIsNoValue(Backend backend) {
        try (Grounds grounds = new Grounds(backend)) {
            WorkspaceContext workspace =
                    workspace(grounds, t -> t.metric("odd", m -> m.sql("""
                    SELECT 'NaN'::double precision AS a, 'Infinity'::double precision AS b, '-Infinity'::real AS c,
                      'NaN'::numeric AS d, 'Infinity'::numeric AS e, 1e300::double precision AS f""").table()));

            assertThat(evaluate(grounds, workspace, "odd").rows().get(0))
                    .containsExactly(null, null, null, null, null, 1e300);
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void anInfiniteTimeIsNoValue(Backend backend) {
        try (Grounds grounds = new Grounds(backend)) {
            WorkspaceContext workspace = workspace(
                    grounds,
                    t -> t.metric(
                            "odd",
                            m -> m.sql(
                                            "SELECT 'infinity'::timestamptz AS a, '-infinity'::timestamp AS b, 'infinity'::date AS c")
                                    .table()));

            assertThat(evaluate(grounds, workspace, "odd").rows().get(0)).containsExactly(null, null, null);
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void inputsOfEveryTypeArriveAsTheyAreAndNoneAsNull(Backend backend) {
        try (Grounds grounds = new Grounds(backend)) {
            WorkspaceContext workspace = workspace(
                    grounds,
                    t -> t.metric(
                            "echo",
                            m -> m.sql(
                                            "SELECT :s AS s, :n AS n, :i AS i, :b AS b, :t AS t, :d AS d, :s IS NULL AS none")
                                    .input("s", text())
                                    .input("n", number())
                                    .input("i", integer())
                                    .input("b", bool())
                                    .input("t", timestamp())
                                    .input("d", date())
                                    .table()));
            Map<String, @Nullable Object> inputs = new HashMap<>();
            inputs.put("s", "it's {\"a\",NULL} \\ ; \u00e4\ud83d\ude00");
            inputs.put("n", 0.1);
            inputs.put("i", Long.MIN_VALUE);
            inputs.put("b", true);
            inputs.put("t", Instant.parse("2026-03-29T01:30:00.000001Z"));
            inputs.put("d", LocalDate.of(2024, 2, 29));
            Metric echo = metric(workspace, "echo");

            assertThat(grounds.runner
                            .evaluate(workspace, echo, inputs, LIMITS)
                            .rows()
                            .get(0))
                    .containsExactly(
                            inputs.get("s"), 0.1, Long.MIN_VALUE, true, inputs.get("t"), inputs.get("d"), false);
            assertThat(grounds.runner
                            .evaluate(workspace, echo, Map.of(), LIMITS)
                            .rows()
                            .get(0))
                    .isEqualTo(Arrays.asList(null, null, null, null, null, null, true));
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void moreRowsThanTheLimitAreCutAndToldOf(Backend backend) {
        try (Grounds grounds = new Grounds(backend)) {
            WorkspaceContext workspace = workspace(grounds, t -> {
                t.metric(
                        "more",
                        m -> m.sql("SELECT g FROM generate_series(1, 101) g ORDER BY g;")
                                .table());
                t.metric(
                        "exact",
                        m -> m.sql("SELECT g FROM generate_series(1, 100) g -- all of them")
                                .table());
            });

            TransformEngine.Rows more = evaluate(grounds, workspace, "more");
            assertThat(more.truncated()).isTrue();
            assertThat(more.rows()).hasSize(100).last().isEqualTo(List.of(100L));
            TransformEngine.Rows exact = evaluate(grounds, workspace, "exact");
            assertThat(exact.truncated()).isFalse();
            assertThat(exact.rows()).hasSize(100);
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void whatFailsSaysWhyAndShowsNeitherSqlNorValues(Backend backend) {
        try (Grounds grounds = new Grounds(backend)) {
            WorkspaceContext workspace = workspace(grounds, t -> {
                t.metric(
                        "long",
                        m -> m.sql("SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 1000000) b")
                                .table());
                t.metric(
                        "division",
                        m -> m.sql("SELECT 1 / length(label) * 0 / (length(label) - 4) AS v FROM datastore:readings")
                                .table());
                t.metric(
                        "cast",
                        m -> m.sql("SELECT label::bigint AS v FROM datastore:readings")
                                .table());
                t.metric(
                        "large",
                        m -> m.sql("SELECT lpad('x', 70000000, 'y') AS v").table());
            });
            Limits brief = new Limits(10, Duration.ofMillis(200));

            assertThatThrownBy(() -> grounds.runner.evaluate(workspace, metric(workspace, "long"), Map.of(), brief))
                    .isInstanceOfSatisfying(
                            DltException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.QUERY_TIMEOUT))
                    .hasMessageContaining("metric long of workspace one")
                    .hasMessageContaining("took too long");
            assertThatThrownBy(() -> evaluate(grounds, workspace, "division"))
                    .isInstanceOfSatisfying(
                            DltException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.QUERY_FAILED))
                    .hasMessageContaining("divides by zero; use nullif");
            assertThatThrownBy(() -> evaluate(grounds, workspace, "cast"))
                    .isInstanceOfSatisfying(
                            DltException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.QUERY_FAILED))
                    .hasMessageContaining("22P02: invalid input syntax for type bigint: \"…\"")
                    .satisfies(e -> assertThat(e).hasStackTraceContaining("Caused by"))
                    .satisfies(e -> assertThat(stack(e)).doesNotContain("mine").doesNotContain("SELECT"));
            assertThatThrownBy(() -> evaluate(grounds, workspace, "large"))
                    .isInstanceOfSatisfying(
                            DltException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.QUERY_FAILED))
                    .hasMessageContaining("larger than 64 MB");
        }
    }

    private static String stack(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void whatFailsSaysWhereInTheAuthorsText(Backend backend) {
        try (Grounds grounds = new Grounds(backend)) {
            WorkspaceContext workspace = workspace(
                    grounds,
                    t -> t.metric(
                            "labels",
                            m -> m.sql(
                                            "-- äöü 😀\nSELECT r.ts,\n  r.label\nFROM datastore:readings AS r\nWHERE r.label <> 'ß'")
                                    .table()));
            assertThat(evaluate(grounds, workspace, "labels").rows()).hasSize(1);
            grounds.execute("ALTER TABLE readings_wid" + workspace.id() + " RENAME COLUMN label TO other");
            assertThatThrownBy(() -> evaluate(grounds, workspace, "labels"))
                    .hasMessageContaining("42703: column r.label does not exist")
                    .hasMessageContaining("(line 3, column 3)");
            grounds.execute("ALTER TABLE readings_wid" + workspace.id() + " RENAME TO elsewhere");
            assertThatThrownBy(() -> evaluate(grounds, workspace, "labels"))
                    .hasMessageContaining("42P01")
                    .hasMessageContaining("datastore:readings")
                    .hasMessageContaining("(line 4, column 6)")
                    .message()
                    .doesNotContain("_wid");
        }
    }

    @Test
    void anAuthorIsToldWhereAndWhatPostgresqlHints() {
        try (Grounds grounds = new Grounds(Backend.PLAIN)) {
            Template template = Grounds.template(
                    "1.0.0",
                    t -> t.metric(
                            "typo",
                            m -> m.sql("-- äöü 😀\nSELECT ts,\n  lable FROM datastore:readings")
                                    .table()));
            assertThatThrownBy(() -> grounds.dlt.templates().publish(template))
                    .hasMessageContaining("column \"lable\" does not exist (line 3, column 3)")
                    .hasMessageContaining("Perhaps you meant to reference the column");
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void latestGivesTheNewestRowOfEachLabelSet(Backend backend) {
        try (Grounds grounds = new Grounds(backend)) {
            Template template = Template.define("pumps", "1.0.0", t -> {
                t.datastore(
                        "sensors",
                        d -> d.time("ts")
                                .field("ts", timestamp().required())
                                .field("asset", text().required())
                                .field("pressure", number()));
                t.metric("now", m -> m.latest("datastore:sensors", "pressure").by("asset"));
                t.metric("single", m -> m.latest("datastore:sensors", "pressure"));
            });
            grounds.dlt.templates().publish(template);
            Workspace workspace = grounds.dlt.workspaces().provision("one", template);
            WorkspaceContext context = grounds.context(workspace);
            assertThat(evaluate(grounds, context, "now").rows()).isEmpty();

            workspace
                    .datastore("sensors")
                    .ingest(Rows.of(
                            row("2026-03-01T00:00:00Z", "gone", 9.0),
                            row("2026-03-10T00:00:00Z", "a", 1.0),
                            row("2026-03-10T01:00:00Z", "a", 2.0),
                            Map.of("ts", "2026-03-10T03:00:00Z", "asset", "a"),
                            row("2026-03-10T02:00:00Z", "b", 3.0)));

            assertThat(evaluate(grounds, context, "now").rows())
                    .isEqualTo(List.of(
                            List.of(Instant.parse("2026-03-10T01:00:00Z"), "a", 2.0),
                            List.of(Instant.parse("2026-03-10T02:00:00Z"), "b", 3.0)));
            assertThat(evaluate(grounds, context, "single").rows())
                    .isEqualTo(List.of(List.of(Instant.parse("2026-03-10T02:00:00Z"), 3.0)));
        }
    }

    private static Map<String, Object> row(String ts, String asset, double pressure) {
        return Map.of("ts", ts, "asset", asset, "pressure", pressure);
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void timesAreCutInUtcWhateverTheZoneOfTheJvm(Backend backend) {
        try (Grounds grounds = new Grounds(backend)) {
            WorkspaceContext workspace = workspace(
                    grounds,
                    t -> t.metric(
                            "day",
                            m -> m.sql("SELECT date_trunc('day', ts) AS day FROM datastore:readings")
                                    .table()));

            for (int again = 0; again < 2; again++) {
                assertThat(evaluate(grounds, workspace, "day").rows())
                        .isEqualTo(List.of(List.of(Instant.parse("2026-03-01T00:00:00Z"))));
            }
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void findingsPointAtTheirMetricAndNameStoresAsTheAuthorDoes(Backend backend) {
        try (Grounds grounds = new Grounds(backend)) {
            Template template = Grounds.template("1.0.0", t -> {
                t.metric(
                        "good",
                        m -> m.sql("SELECT ts, label FROM datastore:readings").table());
                t.metric(
                        "column",
                        m -> m.sql("SELECT r.colour FROM datastore:readings r").table());
                t.metric(
                        "syntax",
                        m -> m.sql("SELECT ts FROM datastore:readings WHERE").table());
                t.metric(
                        "shape",
                        m -> m.sql("SELECT ts, 1 AS v FROM datastore:readings")
                                .series(s -> s.x("ts").y("w")));
                t.metric(
                        "twice",
                        m -> m.sql("SELECT ts, ts FROM datastore:readings").table());
                t.metric("row", m -> m.sql("SELECT r FROM datastore:readings r").table());
                t.metric(
                        "wrong", m -> m.sql("SELECT datastore:readings.nothing").table());
            });

            List<Problem> problems = grounds.analysis.analyse(template);

            assertThat(problems)
                    .extracting(Problem::pointer)
                    .containsExactly(
                            "/metrics/column/sql",
                            "/metrics/syntax/sql",
                            "/metrics/shape/result",
                            "/metrics/twice/sql",
                            "/metrics/row/sql",
                            "/metrics/wrong/sql");
            assertThat(problems.get(0).message()).contains("colour");
            assertThat(problems).extracting(Problem::message).noneMatch(m -> m.contains("analysed_"));
        }
    }

    @Test
    void aMetricThatWasNeverAnalysedIsRefusedWhenItRuns() {
        try (Grounds grounds = new Grounds(Backend.PLAIN)) {
            Template template = Grounds.template(
                    "1.0.0", t -> t.metric("ok", m -> m.sql("SELECT 1 AS v").table()));
            grounds.dlt.templates().publish(template);
            Workspace workspace = grounds.dlt.workspaces().provision("one", template);
            WorkspaceContext forged = grounds.context(
                    workspace,
                    Grounds.template(
                            "1.0.0",
                            t -> t.metric(
                                    "bad",
                                    m -> m.sql("SELECT pg_sleep(0)::text AS v").table())));

            assertThatThrownBy(() -> evaluate(grounds, forged, "bad"))
                    .isInstanceOf(IsolationException.class)
                    .hasMessageContaining("calls pg_sleep");
        }
    }

    @Test
    void aWriteThatSlipsThroughTheAnalysisIsRefusedAndTheConnectionStaysInUse() throws SQLException {
        try (Grounds grounds = new Grounds(Backend.PLAIN)) {
            WorkspaceContext workspace = workspace(
                    grounds,
                    t -> t.metric(
                            "ok",
                            m -> m.sql("SELECT label FROM datastore:readings").table()));
            String before = pid(grounds);
            CagedQueryRunner.Prepared write = new CagedQueryRunner.Prepared(
                    "SELECT label AS v FROM readings_wid" + workspace.id().value() + " FOR UPDATE",
                    List.of(new OutputColumn("v", "text")),
                    List.of(Column.of("v", ColumnType.TEXT)));

            assertThatThrownBy(
                            () -> grounds.runner.evaluate(workspace, metric(workspace, "ok"), write, Map.of(), LIMITS))
                    .isInstanceOf(IsolationException.class)
                    .hasMessageContaining("reaches for more than its workspace's data, or writes");
            assertThat(pid(grounds)).isEqualTo(before);
        }
    }

    @Test
    void twoStatementsInTheCageAreTwoQueries() throws SQLException {
        try (Grounds grounds = new Grounds(Backend.PLAIN)) {
            WorkspaceContext workspace = workspace(
                    grounds, t -> t.metric("ok", m -> m.sql("SELECT 1 AS v").table()));
            try (Connection connection = grounds.logins.runner(grounds.data).getConnection();
                    PreparedStatement call =
                            connection.prepareStatement("SELECT v FROM " + Cage.function(workspace.id())
                                    + "('select 1::text; select 2::text', NULL, NULL) AS t(v text)");
                    ResultSet rows = call.executeQuery()) {
                assertThat(rows.next()).isTrue();
                CagedQueryRunner.clean(connection);
            }
            assertThat(evaluate(grounds, workspace, "ok").rows()).isEqualTo(List.of(List.of(1L)));
        }
    }

    @Test
    void aDroppedWorkspaceLeavesNeitherRoleNorFunction() {
        try (Grounds grounds = new Grounds(Backend.PLAIN)) {
            WorkspaceContext workspace = workspace(
                    grounds, t -> t.metric("ok", m -> m.sql("SELECT 1 AS v").table()));
            assertThat(grounds.storage.provisioner().residue(workspace.id(), "main"))
                    .anyMatch(left -> left.startsWith("role "))
                    .anyMatch(left -> left.startsWith("function "));

            grounds.dlt.workspaces().delete("one");

            assertThat(grounds.storage.provisioner().residue(workspace.id(), "main"))
                    .isEmpty();
        }
    }

    private static String pid(Grounds grounds) throws SQLException {
        try (Connection connection = grounds.logins.runner(grounds.data).getConnection()) {
            String pid =
                    Grounds.rows(connection, "SELECT pg_backend_pid()::text").get(0);
            connection.rollback();
            return pid;
        }
    }
}
