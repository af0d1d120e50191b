package io.datalifecycle.dlt.template;

import static io.datalifecycle.dlt.template.Field.number;
import static io.datalifecycle.dlt.template.Field.text;
import static io.datalifecycle.dlt.template.Field.timestamp;
import static io.datalifecycle.dlt.template.Field.uuid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.TemplateInvalidException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TemplateBuilderTest {

    @Test
    void nestedMethodsGiveTheDefinitionBack() {
        Template template = Template.define("a", "1.0.0", t -> {
            Datastore raw = t.datastore(
                    "raw", d -> d.time("ts").field("ts", timestamp().required()).field("v", number("bar")));
            Metric newest = t.metric("newest", m -> m.latest(raw, "v"));
            assertThat(raw.schema().required()).containsExactly("ts");
            assertThat(newest.result())
                    .isEqualTo(new ResultShape.Scalar("v", java.util.Optional.empty(), java.util.Optional.empty()));
        });

        assertThat(template.datastore("raw").orElseThrow().schema().properties())
                .containsEntry("v", Map.of("type", List.of("number", "null"), "unit", "bar"));
    }

    @Test
    void renamesAreGatheredByItem() {
        Template template = Template.define("a", "1.0.0", t -> {
            t.parameter("limit", number("g").defaultsTo(1).renamedFrom("most"));
            t.datastore(
                    "raw",
                    d -> d.renamedFrom("rows")
                            .time("ts")
                            .field("ts", timestamp().required())
                            .field("v", number("bar").renamedFrom("pressure"))
                            .field("w", number("bar"))
                            .renamedColumn("w", "wobble"));
            t.channel("ops", c -> c.renamedFrom("mail").log());
        });

        assertThat(template.renames())
                .isEqualTo(new Renames(
                        Map.of("parameter:limit", "most", "datastore:raw", "rows", "channel:ops", "mail"),
                        Map.of(Ref.datastore("raw"), Map.of("v", "pressure", "w", "wobble"))));
        assertThat(problems(
                        t -> t.channel("ops", c -> c.log().renamedFrom("Mail").renamedFrom("post"))))
                .containsExactly(
                        "/channels/ops/renamed_from: \"Mail\" is no key: use a small letter, then at most 39 small"
                                + " letters, digits and _ [DLT-1006]",
                        "/channels/ops/renamed_from: renamed_from was already set to Mail; set it once [DLT-1007]");
        assertThat(problems(t -> t.metric("m", m -> m.sql("SELECT 1").table().input("i", text().renamedFrom("j")))))
                .containsExactly(
                        "/metrics/m/inputs/i/renamed_from: an input has no renamed_from; leave it out [DLT-1005]");
    }

    @Test
    void aSecondValueNamesTheFirst() {
        assertThat(problems(t -> t.title("One").title("Two")))
                .containsExactly("/title: title was already set to One; set it once [DLT-1007]");
        assertThat(problems(t -> t.datastore(
                        "raw", d -> d.time("a").time("b").field("a", timestamp().required()))))
                .containsExactly("/datastores/raw/time: time was already set to a; set it once [DLT-1007]");
        assertThat(problems(t -> t.alert(
                        "x",
                        a -> a.metric("m")
                                .raise("true")
                                .pendingFor(Duration.ofMinutes(1))
                                .pendingFor(Duration.ZERO))))
                .containsExactly("/alerts/x/for: for was already set to PT1M; set it once [DLT-1007]");
        assertThat(problems(t -> t.metric(
                        "x",
                        m -> m.sql("SELECT 1")
                                .input("a", text())
                                .input("a", text())
                                .table())))
                .hasSize(1);
    }

    @Test
    void allStructuralProblemsAreThrownOnce() {
        assertThat(problems(t -> {
                    t.timezone("Mars/Base");
                    t.parameter("Bad-Key", text());
                    t.parameter("id", uuid());
                    t.parameter("n", number().defaultsTo("x"));
                    t.datastore("raw", d -> d.schema(new JsonSchema(Map.of())).field("a", text()));
                    t.featurestore("f", f -> f.refresh(r -> r.cron("@daily")));
                    t.metric("m", m -> m.sql("SELECT 1").latest("datastore:raw", "v"));
                    t.dashboard("d", d -> d.panel("P", p -> p.timeSeries("m").at(0, 0, 13, 1)));
                    t.channel("c", c -> {});
                }))
                .containsExactly(
                        "/timezone: timezone: \"Mars/Base\" is not known; use a name such as Europe/Berlin [DLT-1005]",
                        "/parameters/Bad-Key: \"Bad-Key\" is no key: use a small letter, then at most 39 small letters, digits and _ [DLT-1006]",
                        "/parameters/id/type: uuid and json are only for stores; use text() [DLT-1004]",
                        "/parameters/n/default: default: x is no number [DLT-1004]",
                        "/datastores/raw/schema: field a cannot be combined with a schema; use one of them [DLT-1007]",
                        "/datastores/raw: time is missing [DLT-1003]",
                        "/featurestores/f: one of rollup, sql, join, expression is missing [DLT-1003]",
                        "/metrics/m: sql and latest cannot be combined; a metric has one of them [DLT-1007]",
                        "/dashboards/d/panels/0/at: at: x 0, y 0, w 13, h 1 does not fit a grid of 12 columns [DLT-1005]",
                        "/channels/c: type is missing [DLT-1003]");
    }

    @Test
    void referencesByTextAreChecked() {
        assertThat(problems(t -> t.connector("c", c -> c.file("x").into("featurestore:f"))))
                .containsExactly(
                        "/connectors/c/into: into: \"featurestore:f\" is no reference to a datastore; write datastore:key [DLT-1005]");
        assertThat(problems(t -> t.featurestore("f", f -> f.rollup("raw", r -> r.every(Duration.ofHours(1))))))
                .containsExactly(
                        "/featurestores/f/rollup/from: from: \"raw\" is no reference to a store; write datastore:key,"
                                + " featurestore:key or inferencestore:key [DLT-1005]");
    }

    @Test
    void emptyBindingsAreProblemsLikeOthers() {
        assertThat(problems(t -> t.alert("x", a -> a.metric("m").raise("true").with("from", " "))))
                .containsExactly(
                        "/alerts/x/with/from: from: is empty; use a control, row.column, param.name, now or a literal [DLT-1005]");
    }

    @Test
    void aggregatesReadWhatTheyWrite() {
        for (Aggregate aggregate : List.of(
                Aggregate.count(),
                Aggregate.avg("pressure"),
                Aggregate.percentile("Volume Flow RateRMS", 0.95),
                Aggregate.last("a\"b"),
                Aggregate.increase("a"),
                Aggregate.timeWeightedAvg("a b"),
                Aggregate.merge("a"),
                Aggregate.durationIn("a", "it's, 'so'"),
                Aggregate.durationIn("a", true),
                Aggregate.durationIn("a", -1.5e-200),
                Aggregate.durationIn("a", new java.math.BigDecimal("1." + "1".repeat(59))),
                Aggregate.histogram("a", -1e300, 1e40, 100))) {
            assertThat(Aggregate.parse(aggregate.toString())).contains(aggregate);
        }
        assertThat(Aggregate.parse("duration_in(a, 1.50)")).isEqualTo(Aggregate.parse("duration_in(a,15e-1)"));
        assertThat(List.of(
                        "avg()",
                        "avg",
                        "mean(a)",
                        "percentile(a)",
                        "percentile(a, 2)",
                        "avg(a, 0.5)",
                        "avg(a b)",
                        "count() x",
                        "histogram(a, 1, 1, 5)",
                        "histogram(a, 0, 1, 0)",
                        "histogram(a, 0, 1, 101)",
                        "histogram(a, 0, 1, 2.5)",
                        "histogram(a, 0, 1)",
                        "duration_in(a)",
                        "duration_in(a, b)",
                        "duration_in(a, 1, 2)",
                        "duration_in(a, 1e-999)",
                        "merge()",
                        "duration_in(a, '" + "x".repeat(100_000) + "')"))
                .allMatch(text -> Aggregate.parse(text).isEmpty());
    }

    @Test
    void conditionsOfColumnsReadWhatTheyWrite() {
        for (RollupColumn column : List.of(
                RollupColumn.of("c", Aggregate.durationIn("s", "a) where b")),
                new RollupColumn("c", Aggregate.avg("v"), Optional.of("s = 'x) where y'")),
                new RollupColumn("c", Aggregate.durationIn("s", "a) where b"), Optional.of("s = 'avg(x) where y'")))) {
            assertThat(RollupColumn.parse("c", column.text())).contains(column);
        }
        assertThat(RollupColumn.parse("c", "avg(v)\n where  s = 1 ")
                        .orElseThrow()
                        .where())
                .contains("s = 1");
        assertThat(List.of("avg(v) where", "avg(v)where s = 1", "where s = 1", "avg(v) were s = 1"))
                .allMatch(text -> RollupColumn.parse("c", text).isEmpty());
    }

    @Test
    void checksHaveOneKindAndWhatFollowsFromIt() {
        Featurestore store = Template.define(
                        "a",
                        "1.0.0",
                        t -> t.featurestore(
                                "f",
                                f -> f.rollup("datastore:raw", r -> r.every(Duration.ofHours(1)))
                                        .check("present", c -> c.notNull("v"))
                                        .check(
                                                "sane",
                                                c -> c.range("v", 0, 1.50).block())
                                        .check("high", c -> c.atLeast("v", 2))
                                        .check("fresh", c -> c.freshness(Duration.ofHours(1)))))
                .featurestore("f")
                .orElseThrow();

        assertThat(store.checks())
                .containsExactly(
                        new Check.NotNull("present", "v", OnFail.WARN),
                        new Check.Range(
                                "sane",
                                "v",
                                Optional.of(java.math.BigDecimal.ZERO),
                                Optional.of(new java.math.BigDecimal("1.5")),
                                OnFail.BLOCK),
                        new Check.Range(
                                "high", "v", Optional.of(new java.math.BigDecimal("2")), Optional.empty(), OnFail.WARN),
                        new Check.Freshness("fresh", Duration.ofHours(1)));
        assertThat(problems(t -> t.featurestore(
                        "f",
                        f -> f.rollup("datastore:raw", r -> r.every(Duration.ofHours(1)))
                                .check("a", c -> {})
                                .check("b", c -> c.notNull("x").unique("x"))
                                .check(
                                        "c",
                                        c -> c.freshness(Duration.ofHours(1)).block())
                                .check("d", c -> c.atMost("x", Double.NaN))
                                .check("e", c -> c.notNull("x").block().block())
                                .check("e", c -> c.notNull("x"))
                                .check("F", c -> c.notNull("x")))))
                .containsExactly(
                        "/featurestores/f/checks/a: one of not_null, range, unique, freshness, rows, sql is missing [DLT-1003]",
                        "/featurestores/f/checks/b/unique: unique cannot be combined with not_null; a check has one kind [DLT-1007]",
                        "/featurestores/f/checks/c/on_fail: on_fail: freshness says something about the sources, so it cannot"
                                + " keep rows back; leave on_fail out [DLT-1005]",
                        "/featurestores/f/checks/d/max: max: NaN is no number; use atLeast or atMost [DLT-1005]",
                        "/featurestores/f/checks/e/on_fail: on_fail was already set to BLOCK; set it once [DLT-1007]",
                        "/featurestores/f/checks/e: e was already declared; keys are unique [DLT-1007]",
                        "/featurestores/f/checks/F: \"F\" is no key: use a small letter, then at most 39 small letters,"
                                + " digits and _ [DLT-1006]");
    }

    @Test
    void rollupFiltersAreComparisonsJoinedByAnd() {
        RollupFilter filter = RollupFilter.parse("state = 'it''s on' and \"a b\" >= -0.5 AND ok != true")
                .orElseThrow();

        assertThat(filter.comparisons())
                .containsExactly(
                        new RollupFilter.Comparison("state", RollupFilter.Operator.EQUAL, "it's on"),
                        new RollupFilter.Comparison(
                                "a b", RollupFilter.Operator.GREATER_OR_EQUAL, new java.math.BigDecimal("-0.5")),
                        new RollupFilter.Comparison("ok", RollupFilter.Operator.NOT_EQUAL, true));
        assertThat(List.of(
                        "", "a", "a = b", "a = 1 or b = 2", "a = 1 and", "a = 1; DROP TABLE x", "f(a) = 1", "a = 'x"))
                .allMatch(text -> RollupFilter.parse(text).isEmpty());
    }

    private static List<String> problems(Consumer<TemplateBuilder> items) {
        try {
            Template.define("a", "1.0.0", items);
            return List.of();
        } catch (TemplateInvalidException e) {
            return e.problems().stream().map(Problem::toString).toList();
        }
    }

    @Test
    void keyAndVersionAreChecked() {
        assertThatThrownBy(() -> Template.define("pg_x", "one", t -> {}))
                .isInstanceOf(TemplateInvalidException.class)
                .hasMessage(
                        "template pg_x: 2 problems\n  - /key: \"pg_x\" is reserved by the database [DLT-1006]\n"
                                + "  - /version: \"one\" is no version: write 1.2.3, perhaps with -suffix [DLT-1005]\n [DLT-1006]");
    }
}
