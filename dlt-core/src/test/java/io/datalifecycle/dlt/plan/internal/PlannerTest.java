package io.datalifecycle.dlt.plan.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.language.TemplateReader;
import io.datalifecycle.dlt.language.TemplateWriter;
import io.datalifecycle.dlt.plan.Change;
import io.datalifecycle.dlt.plan.ChangeClass;
import io.datalifecycle.dlt.plan.ChangeKind;
import io.datalifecycle.dlt.plan.Plan;
import io.datalifecycle.dlt.plan.StepKind;
import io.datalifecycle.dlt.plan.Target;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.Reshaper.Standing;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.workspace.ParameterValues;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private static final String V1 = """
            dlt: 1
            key: pump_station
            version: 1.0.0
            parameters:
              ops_email: { type: string, default: ops@north.example }
            datastores:
              sensor_data:
                time: ts
                natural_key: [asset_id, ts]
                schema:
                  type: object
                  required: [ts, asset_id]
                  properties:
                    ts: { type: string, format: date-time }
                    asset_id: { type: string, maxLength: 64 }
                    pressure: { type: [number, "null"], unit: bar }
                    flow: { type: [number, "null"] }
                retention: P2Y
            featurestores:
              hourly:
                rollup: { from: datastore:sensor_data, every: PT1H, by: [asset_id], columns: { pressure_avg: avg(pressure), flow_avg: avg(flow) } }
              peaks:
                rollup: { from: datastore:sensor_data, every: P1D, by: [asset_id], columns: { pressure_max: max(pressure) } }
            models:
              anomaly:
                kind: anomaly
                algorithm: random-cut-forest
                features: { from: featurestore:hourly, columns: [pressure_avg], by: [asset_id] }
                train: { window: P30D }
                score: { into: inferencestore:anomalies }
            inferencestores:
              anomalies: { time: bucket, natural_key: [asset_id, bucket], columns: { score: double, is_anomaly: boolean } }
            metrics:
              pressure:
                sql: SELECT bucket, pressure_avg FROM featurestore:hourly ORDER BY bucket
                result: { series: { x: bucket, y: pressure_avg } }
              flow:
                sql: SELECT bucket, flow_avg FROM featurestore:hourly ORDER BY bucket
                result: { series: { x: bucket, y: flow_avg } }
              peak:
                latest: { from: featurestore:peaks, column: pressure_max, by: [asset_id] }
            dashboards:
              overview:
                panels:
                  - { type: time-series, title: Pressure, metric: pressure, at: { x: 0, y: 0, w: 6, h: 4 } }
                  - { type: time-series, title: Flow, metric: flow, at: { x: 6, y: 0, w: 6, h: 4 } }
                  - { type: table, title: Peaks, metric: peak, at: { x: 0, y: 4, w: 6, h: 4 } }
            alerts:
              high: { metric: peak, by: [asset_id], raise: "value > 8", notify: [ops] }
            reports:
              weekly: { dashboard: overview, cron: "0 7 * * MON", range: last-week, formats: [pdf], notify: [ops] }
            channels:
              ops: { type: email, to: ["${param.ops_email}"] }
            """;

    private static Template template(String text) {
        return TemplateReader.read(text).template();
    }

    private static WorkspaceContext context(String text, long revision) {
        Template template = template(text);
        return new WorkspaceContext(
                new WorkspaceId(7),
                "north",
                TemplateWriter.id(template),
                template,
                ParameterValues.resolve(template, Map.of()).values(),
                ZoneOffset.UTC,
                "main",
                revision,
                Set.of());
    }

    private static Planned planned(String from, String to) {
        WorkspaceContext before = context(from, 0);
        WorkspaceContext after = context(to, 1);
        return Planner.plan(new Question(
                before,
                after,
                new Target(after.templateId().version(), Optional.empty(), Map.of()),
                before.templateId().equals(after.templateId()),
                Renaming.through(List.of(after.template().renames())),
                false,
                new Standing(Map.of(Ref.datastore("sensor_data"), 1_000_000L), List.of()),
                List.of()));
    }

    private static Plan plan(String... replacements) {
        String to = V1.replace("version: 1.0.0", "version: 2.0.0");
        for (int i = 0; i < replacements.length; i += 2) {
            assertThat(to).contains(replacements[i]);
            to = to.replace(replacements[i], replacements[i + 1]);
        }
        return planned(V1, to).plan();
    }

    @Test
    void impactNamesEverythingFromFeatureToRecipientAndNothingElse() {
        Plan plan = plan("version: 2.0.0", "version: 2.0.1");
        assertThat(plan.impact("datastore:sensor_data#pressure"))
                .containsExactlyInAnyOrder(
                        "featurestore:hourly",
                        "featurestore:hourly#pressure_avg",
                        "featurestore:peaks",
                        "featurestore:peaks#pressure_max",
                        "model:anomaly",
                        "inferencestore:anomalies",
                        "metric:pressure",
                        "metric:peak",
                        "dashboard:overview",
                        "panel:overview/Pressure",
                        "panel:overview/Peaks",
                        "alert:high",
                        "report:weekly",
                        "channel:ops",
                        "recipient:ops@north.example");
        assertThat(plan.impact("datastore:sensor_data#flow"))
                .contains("metric:flow", "panel:overview/Flow")
                .doesNotContain("alert:high", "model:anomaly", "panel:overview/Pressure");
        assertThat(plan.impact("metric:peak"))
                .contains("panel:overview/Peaks", "alert:high", "recipient:ops@north.example");
        assertThat(plan.impact("datastore:sensor_data")).contains("featurestore:hourly", "recipient:ops@north.example");
        assertThat(plan.impact("datastore:nothing")).isEmpty();
    }

    @Test
    void theSameVersionIsNothingToDo() {
        Plan same = planned(V1, V1).plan();
        assertThat(same.isEmpty()).isTrue();
        assertThat(same.text()).isEqualTo("workspace north: pump_station 1.0.0, nothing to do\n");
        assertThat(same.changeClass()).isEqualTo(ChangeClass.NONE);
    }

    @Test
    void removedColumnIsDestructiveAndNamesWhatItBreaks() {
        Plan plan = plan(
                "        flow: { type: [number, \"null\"] }\n", "",
                ", flow_avg: avg(flow)", "",
                "  flow:\n    sql: SELECT bucket, flow_avg FROM featurestore:hourly ORDER BY bucket\n    result: { series: { x: bucket, y: flow_avg } }\n",
                        "",
                "      - { type: time-series, title: Flow, metric: flow, at: { x: 6, y: 0, w: 6, h: 4 } }\n", "");
        assertThat(plan.isDestructive()).isTrue();
        Change column = plan.breaking().get(0);
        assertThat(column.item()).isEqualTo("datastore:sensor_data#flow");
        assertThat(column.kind()).isEqualTo(ChangeKind.REMOVED);
        assertThat(column.affects())
                .contains("featurestore:hourly#flow_avg", "metric:flow", "panel:overview/Flow", "report:weekly");
        assertThat(plan.breaking())
                .extracting(Change::item)
                .containsExactly(
                        "datastore:sensor_data#flow",
                        "featurestore:hourly#flow_avg",
                        "metric:flow",
                        "panel:overview/Flow");
    }

    @Test
    void anotherWidthIsBuiltBesideWithRowsAndSecondsAndTheModelIsTrainedAgain() {
        Plan plan = plan("every: PT1H", "every: PT30M");
        assertThat(plan.changeClass()).isEqualTo(ChangeClass.REBUILD_DERIVED);
        assertThat(plan.steps().get(0).kind()).isEqualTo(StepKind.BUILD);
        assertThat(plan.steps().get(0).rows()).contains(1_000_000L);
        assertThat(plan.steps())
                .extracting(s -> s.kind().label() + " " + s.item())
                .contains("retrain model:anomaly");
        assertThat(plan.text())
                .contains("build hourly anew beside the table in use")
                .contains("1,000,000 rows");
    }

    @Test
    void renameOfAColumnWithAllThatReadItRecomputesNothing() {
        Plan plan = plan(
                "time: ts\n    natural_key",
                        "time: ts\n    renamed_columns: { pressure_bar: pressure }\n    natural_key",
                "pressure: { type", "pressure_bar: { type",
                "avg(pressure)", "avg(pressure_bar)",
                "max(pressure)", "max(pressure_bar)");
        assertThat(plan.changes()).hasSize(1).first().satisfies(change -> {
            assertThat(change.kind()).isEqualTo(ChangeKind.RENAMED);
            assertThat(change.was()).contains("datastore:sensor_data#pressure");
            assertThat(change.affects()).contains("model:anomaly", "alert:high", "recipient:ops@north.example");
        });
        assertThat(plan.steps()).extracting(s -> s.kind().label()).containsExactly("table", "roles", "pin", "jobs");
    }

    @Test
    void shorterRetentionIsDestructiveLongerIsNot() {
        assertThat(plan("retention: P2Y", "retention: P30D").isDestructive()).isTrue();
        assertThat(plan("retention: P2Y", "retention: P3Y").changeClass()).isEqualTo(ChangeClass.NONE);
    }

    @Test
    void tighterValidationIsBreakingThoughNothingIsLost() {
        Plan plan = plan("maxLength: 64", "maxLength: 8");
        assertThat(plan.changeClass()).isEqualTo(ChangeClass.NONE);
        assertThat(plan.breaking())
                .singleElement()
                .satisfies(change -> assertThat(change.reason()).contains("asset_id: maxLength 8 (was 64)"));
    }

    @Test
    void renameOntoAnExistingKeyIsRefused() {
        Plan plan = planned(
                        V1,
                        V1.replace("version: 1.0.0", "version: 2.0.0")
                                .replace("  peaks:\n", "  hourly_2:\n    renamed_from: peaks\n")
                                .replace("featurestore:peaks", "featurestore:hourly_2")
                                .replace("hourly_2", "hourly")
                                .replace(
                                        "  hourly:\n    rollup: { from: datastore:sensor_data, every: PT1H, by: [asset_id], columns: { pressure_avg: avg(pressure), flow_avg: avg(flow) } }\n",
                                        "")
                                .replace("columns: [pressure_avg]", "columns: [pressure_max]")
                                .replaceAll("(?s)  pressure:\n    sql.*?  peak:", "  peak:")
                                .replaceAll("(?m)^.*title: (Pressure|Flow).*\n", ""))
                .plan();
        assertThat(plan.isRefused()).isTrue();
        assertThat(plan.problems()).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo(ProblemCode.PLAN_REFUSED);
            assertThat(problem.message()).contains("featurestore:hourly cannot be renamed from peaks");
        });
    }

    @Test
    void renamesOfSeveralVersionsAreFollowed() {
        var first = template(V1.replace(
                                "time: ts\n    natural_key",
                                "time: ts\n    renamed_columns: { p1: pressure }\n    natural_key")
                        .replace("pressure: { type", "p1: { type"))
                .renames();
        var second = template(V1.replace(
                                "time: ts\n    natural_key",
                                "time: ts\n    renamed_columns: { p2: p1 }\n    natural_key")
                        .replace("pressure: { type", "p2: { type"))
                .renames();
        Renaming way = Renaming.through(List.of(first, second));
        assertThat(way.columnBefore(Ref.datastore("sensor_data"), "p2")).isEqualTo("pressure");
        assertThat(way.back().columnBefore(Ref.datastore("sensor_data"), "pressure"))
                .isEqualTo("p2");
    }
}
