package io.datalifecycle.dlt.storage.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.metric.MetricResult;
import io.datalifecycle.dlt.plan.ApplyOptions;
import io.datalifecycle.dlt.plan.Change;
import io.datalifecycle.dlt.plan.ChangeClass;
import io.datalifecycle.dlt.plan.Plan;
import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.storage.TestStorage;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.testdb.TestDatabase;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Workspaces that follow their template from version to version, with the rows they have. */
class UpgradeIT {

    private static final String BACKENDS = "io.datalifecycle.dlt.testdb.TestDatabase#backends";

    private static final String V1 = """
            dlt: 1
            key: pumps
            version: 1.0.0
            parameters:
              ops_email: { type: string, default: ops@example.org }
            datastores:
              sensor_data:
                time: ts
                natural_key: [asset_id, ts]
                schema:
                  type: object
                  required: [ts, asset_id]
                  additionalProperties: false
                  properties:
                    ts: { type: string, format: date-time }
                    asset_id: { type: string, maxLength: 64 }
                    pressure: { type: [number, "null"], unit: bar }
                    state: { type: [string, "null"] }
                on_invalid: quarantine
            featurestores:
              hourly:
                rollup: { from: datastore:sensor_data, every: PT1H, by: [asset_id], columns: { pressure_avg: avg(pressure), n: count() } }
              daily:
                rollup: { from: featurestore:hourly, every: P1D, by: [asset_id], columns: { pressure_avg: merge(pressure_avg) } }
            metrics:
              pressure:
                sql: SELECT * FROM featurestore:hourly ORDER BY bucket, asset_id
                result: { table: {} }
              raw:
                sql: SELECT * FROM datastore:sensor_data ORDER BY ts, asset_id
                result: { table: {} }
              pressure_now:
                latest: { from: datastore:sensor_data, column: pressure, by: [asset_id] }
            dashboards:
              overview:
                panels:
                  - { type: table, title: Hourly pressure, metric: pressure, at: { x: 0, y: 0, w: 6, h: 4 } }
                  - { type: table, title: Rows, metric: raw, at: { x: 6, y: 0, w: 6, h: 4 } }
            alerts:
              high: { metric: pressure_now, by: [asset_id], raise: "value > 8", notify: [ops] }
            reports:
              weekly: { dashboard: overview, cron: "0 7 * * MON", range: last-week, formats: [pdf], notify: [ops] }
            channels:
              ops: { type: email, to: ["${param.ops_email}"] }
            """;

    private static String version(String version, String... replacements) {
        String text = V1.replace("version: 1.0.0", "version: " + version);
        for (int i = 0; i < replacements.length; i += 2) {
            assertThat(text).contains(replacements[i]);
            text = text.replace(replacements[i], replacements[i + 1]);
        }
        return text;
    }

    /** Everything a test needs, on a database of its own. */
    private static final class Grounds implements AutoCloseable {
        final TestDatabase database;
        final Dlt dlt;
        Workspace north;

        Grounds(Backend backend) {
            database = TestDatabase.create(backend);
            dlt = Dlt.builder()
                    .storage(PostgresStorage.builder()
                            .appDatabase(database.dataSource())
                            .clock(InstantSource.fixed(TestStorage.NOW))
                            .build())
                    .clock(InstantSource.fixed(TestStorage.NOW))
                    .notifier(new SilentNotifier())
                    .build();
            dlt.templates().publish(V1);
            north = dlt.workspaces().provision("north", "pumps", "1.0.0", w -> {});
        }

        void ingest(String... rows) {
            assertThat(north.datastore("sensor_data")
                            .ingest(Rows.ndjson(new java.io.ByteArrayInputStream(
                                    String.join("\n", rows).getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                            .rejected())
                    .isZero();
        }

        void refresh() {
            north.featurestore("hourly").refresh();
            north.featurestore("daily").refresh();
        }

        List<List<Object>> table(String metric) {
            return ((MetricResult.Table) north.metric(metric).evaluate()).rows();
        }

        List<String> columns(String metric) {
            return ((MetricResult.Table) north.metric(metric).evaluate())
                    .columns().stream().map(Object::toString).toList();
        }

        @Override
        public void close() {
            dlt.close();
            database.close();
        }
    }

    private static String row(String time, String asset, String rest) {
        return "{\"ts\":\"2026-02-28T" + time + ":00Z\",\"asset_id\":\"" + asset + "\"" + rest + "}";
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void renamedColumnKeepsItsValuesAndNothingIsComputedAgain(Backend backend) {
        try (Grounds g = new Grounds(backend)) {
            g.ingest(row("10:00", "p1", ",\"pressure\":2"), row("10:30", "p1", ",\"pressure\":4"));
            g.refresh();
            g.dlt.templates()
                    .publish(version(
                            "1.1.0",
                            "time: ts\n    natural_key",
                            "time: ts\n    renamed_columns: { pressure_bar: pressure }\n    natural_key",
                            "pressure: { type",
                            "pressure_bar: { type",
                            "avg(pressure)",
                            "avg(pressure_bar)",
                            "column: pressure,",
                            "column: pressure_bar,"));

            Plan plan = g.north.plan("1.1.0");
            assertThat(plan.changeClass()).isEqualTo(ChangeClass.ADDITIVE);
            assertThat(plan.changes()).extracting(Change::item).contains("datastore:sensor_data#pressure_bar");
            assertThat(plan.steps()).noneMatch(step -> step.text().contains("derive"));
            g.north = g.north.apply(plan);

            assertThat(g.north.templateId().version()).isEqualTo("1.1.0");
            assertThat(g.north.plan("1.1.0").isEmpty()).isTrue();
            assertThat(g.north.featurestore("hourly").status().todo()).isEmpty();
            g.ingest(row("10:45", "p1", ",\"pressure_bar\":6"));
            g.refresh();
            assertThat(g.table("pressure").get(0)).contains(4.0, 3L);
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void removedColumnIsHiddenAndComesBack(Backend backend) {
        try (Grounds g = new Grounds(backend)) {
            g.ingest(row("10:00", "p1", ",\"pressure\":2,\"state\":\"on\""));
            g.dlt.templates().publish(version("2.0.0", "        state: { type: [string, \"null\"] }\n", ""));
            Plan plan = g.north.plan("2.0.0");
            assertThat(plan.isDestructive()).isTrue();
            assertThat(plan.breaking())
                    .singleElement()
                    .satisfies(change -> assertThat(change.item()).isEqualTo("datastore:sensor_data#state"));
            assertThatThrownBy(() -> g.north.apply(plan))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("datastore:sensor_data#state")
                    .hasMessageContaining(ProblemCode.PLAN_REFUSED.label());

            g.north = g.north.apply(plan, ApplyOptions.ALLOW_DESTRUCTIVE);
            assertThat(g.columns("raw")).noneMatch(c -> c.contains("state") || c.contains("gone"));
            g.ingest(row("11:00", "p1", ",\"pressure\":3"));
            assertThat(g.table("raw")).hasSize(2);

            g.north = g.north.apply(g.north.plan("1.0.0"));
            assertThat(g.table("raw").get(0)).contains("on");
            assertThat(g.table("raw").get(1)).doesNotContain("on");
            assertThat(g.north.upgrades().purge()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void purgedColumnIsGone(Backend backend) {
        try (Grounds g = new Grounds(backend)) {
            g.ingest(row("10:00", "p1", ",\"state\":\"on\""));
            g.dlt.templates().publish(version("2.0.0", "        state: { type: [string, \"null\"] }\n", ""));
            g.north = g.north.apply(g.north.plan("2.0.0"), ApplyOptions.ALLOW_DESTRUCTIVE);
            assertThat(g.north.upgrades().purge()).containsExactly("datastore:sensor_data#state");
            g.north = g.north.apply(g.north.plan("1.0.0"));
            assertThat(g.table("raw").get(0)).doesNotContain("on");
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void anotherDerivationIsBuiltBesideAndSwapped(Backend backend) {
        try (Grounds g = new Grounds(backend)) {
            g.ingest(row("10:00", "p1", ",\"pressure\":2"), row("10:20", "p1", ",\"pressure\":4"));
            g.refresh();
            g.dlt.templates().publish(version("2.0.0", "every: PT1H", "every: PT10M"));
            Plan plan = g.north.plan("2.0.0");
            assertThat(plan.changeClass()).isEqualTo(ChangeClass.REBUILD_DERIVED);
            assertThat(plan.impact("featurestore:hourly"))
                    .contains(
                            "featurestore:daily",
                            "metric:pressure",
                            "panel:overview/Hourly pressure",
                            "report:weekly",
                            "recipient:ops@example.org");
            g.north = g.north.apply(plan);
            assertThat(g.north.upgrades().list().get(0).error()).isEmpty();
            assertThat(g.table("pressure")).hasSize(2);
            assertThat(g.north.featurestore("daily").status().todo()).isEmpty();

            Plan back = g.north.plan("1.0.0");
            g.north = g.north.apply(back);
            assertThat(g.table("pressure")).hasSize(1);
            assertThat(g.table("pressure").get(0)).contains(3.0, 2L);
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void integersBecomeNumbersAndBackWhileTheyFit(Backend backend) {
        try (Grounds g = new Grounds(backend)) {
            g.dlt.templates()
                    .publish(
                            version(
                                    "1.0.1",
                                    "pressure: { type: [number, \"null\"], unit: bar }",
                                    "pressure: { type: [number, \"null\"], unit: bar }\n        starts: { type: [integer, \"null\"] }"));
            g.dlt.templates()
                    .publish(
                            version(
                                    "1.0.2",
                                    "pressure: { type: [number, \"null\"], unit: bar }",
                                    "pressure: { type: [number, \"null\"], unit: bar }\n        starts: { type: [number, \"null\"] }"));
            g.north = g.north.apply(g.north.plan("1.0.1"));
            g.ingest(row("10:00", "p1", ",\"starts\":7"));
            g.north = g.north.apply(g.north.plan("1.0.2"));
            assertThat(g.table("raw").get(0)).contains(7.0);
            g.north = g.north.apply(g.north.plan("1.0.1"));
            assertThat(g.table("raw").get(0)).contains(7L);
            g.north = g.north.apply(g.north.plan("1.0.2"));
            g.ingest(row("11:00", "p1", ",\"starts\":7.5"));
            assertThatThrownBy(() -> g.north.apply(g.north.plan("1.0.1")))
                    .hasMessageContaining("1 rows have values")
                    .hasMessageContaining(ProblemCode.DOWNGRADE_REFUSED.label());
            assertThat(g.north.current().templateId().version()).isEqualTo("1.0.2");
            assertThat(g.north.upgrades().list().get(0).error()).isPresent();
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void stalePlansAreRefused(Backend backend) {
        try (Grounds g = new Grounds(backend)) {
            g.dlt.templates().publish(version("1.0.1", "raise: \"value > 8\"", "raise: \"value > 9\""));
            Plan plan = g.north.plan("1.0.1");
            g.north.configure(c -> c.param("ops_email", "other@example.org"));
            assertThatThrownBy(() -> g.north.apply(plan)).hasMessageContaining(ProblemCode.PLAN_OUTDATED.label());
            assertThat(plan.json()).contains("\"item\":\"alert:high\"");
            assertThat(Map.of("text", plan.text()).get("text")).contains("alert:high (none)");
        }
    }
}
