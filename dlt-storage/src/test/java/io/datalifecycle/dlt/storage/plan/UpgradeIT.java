package io.datalifecycle.dlt.storage.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.plan.ApplyOptions;
import io.datalifecycle.dlt.plan.Change;
import io.datalifecycle.dlt.plan.ChangeClass;
import io.datalifecycle.dlt.plan.Plan;
import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.storage.TestStorage;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.workspace.Overlay;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Workspaces that follow their template from version to version, with the rows they have. */
class UpgradeIT {

    private static final String BACKENDS = "io.datalifecycle.dlt.testdb.TestDatabase#backends";

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void renamedColumnKeepsItsValuesAndNothingIsComputedAgain(Backend backend) {
        try (PumpGrounds g = new PumpGrounds(backend)) {
            g.ingest(
                    PumpGrounds.row("10:00", "p1", ",\"pressure\":2"),
                    PumpGrounds.row("10:30", "p1", ",\"pressure\":4"));
            g.refresh();
            g.dlt.templates()
                    .publish(PumpGrounds.version(
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
            g.ingest(PumpGrounds.row("10:45", "p1", ",\"pressure_bar\":6"));
            g.refresh();
            assertThat(g.table("pressure").get(0)).contains(4.0, 3L);
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void removedColumnIsHiddenAndComesBack(Backend backend) {
        try (PumpGrounds g = new PumpGrounds(backend)) {
            g.ingest(PumpGrounds.row("10:00", "p1", ",\"pressure\":2,\"state\":\"on\""));
            g.dlt.templates()
                    .publish(PumpGrounds.version("2.0.0", "        state: { type: [string, \"null\"] }\n", ""));
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
            g.ingest(PumpGrounds.row("11:00", "p1", ",\"pressure\":3"));
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
        try (PumpGrounds g = new PumpGrounds(backend)) {
            g.ingest(PumpGrounds.row("10:00", "p1", ",\"state\":\"on\""));
            g.dlt.templates()
                    .publish(PumpGrounds.version("2.0.0", "        state: { type: [string, \"null\"] }\n", ""));
            g.north = g.north.apply(g.north.plan("2.0.0"), ApplyOptions.ALLOW_DESTRUCTIVE);
            assertThat(g.north.upgrades().purge()).containsExactly("datastore:sensor_data#state");
            g.north = g.north.apply(g.north.plan("1.0.0"));
            assertThat(g.table("raw").get(0)).doesNotContain("on");
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void anotherDerivationIsBuiltBesideAndSwapped(Backend backend) {
        try (PumpGrounds g = new PumpGrounds(backend)) {
            g.ingest(
                    PumpGrounds.row("10:00", "p1", ",\"pressure\":2"),
                    PumpGrounds.row("10:20", "p1", ",\"pressure\":4"));
            g.refresh();
            g.dlt.templates().publish(PumpGrounds.version("2.0.0", "every: PT1H", "every: PT10M"));
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

            assertThat(g.storage.provisioner().maintain(g.context(), TestStorage.NOW.plus(Duration.ofDays(29))))
                    .doesNotContain("featurestore:hourly");

            Plan back = g.north.plan("1.0.0");
            g.north = g.north.apply(back);
            assertThat(g.table("pressure")).hasSize(1);
            assertThat(g.table("pressure").get(0)).contains(3.0, 2L);
            assertThat(g.storage.provisioner().maintain(g.context(), TestStorage.NOW.plus(Duration.ofDays(31))))
                    .contains("featurestore:hourly");
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void integersBecomeNumbersAndBackWhileTheyFit(Backend backend) {
        try (PumpGrounds g = new PumpGrounds(backend)) {
            g.dlt.templates()
                    .publish(
                            PumpGrounds.version(
                                    "1.0.1",
                                    "pressure: { type: [number, \"null\"], unit: bar }",
                                    "pressure: { type: [number, \"null\"], unit: bar }\n        starts: { type: [integer, \"null\"] }"));
            g.dlt.templates()
                    .publish(
                            PumpGrounds.version(
                                    "1.0.2",
                                    "pressure: { type: [number, \"null\"], unit: bar }",
                                    "pressure: { type: [number, \"null\"], unit: bar }\n        starts: { type: [number, \"null\"] }"));
            g.north = g.north.apply(g.north.plan("1.0.1"));
            g.ingest(PumpGrounds.row("10:00", "p1", ",\"starts\":7"));
            g.north = g.north.apply(g.north.plan("1.0.2"));
            assertThat(g.table("raw").get(0)).contains(7.0);
            g.north = g.north.apply(g.north.plan("1.0.1"));
            assertThat(g.table("raw").get(0)).contains(7L);
            g.north = g.north.apply(g.north.plan("1.0.2"));
            g.ingest(PumpGrounds.row("11:00", "p1", ",\"starts\":7.5"));
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
        try (PumpGrounds g = new PumpGrounds(backend)) {
            g.dlt.templates().publish(PumpGrounds.version("1.0.1", "raise: \"value > 8\"", "raise: \"value > 9\""));
            Plan plan = g.north.plan("1.0.1");
            g.north.configure(c -> c.param("ops_email", "other@example.org"));
            assertThatThrownBy(() -> g.north.apply(plan)).hasMessageContaining(ProblemCode.PLAN_OUTDATED.label());
            assertThat(plan.json()).contains("\"item\":\"alert:high\"");
            assertThat(Map.of("text", plan.text()).get("text")).contains("alert:high (none)");
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void overlaysSurviveUpgradesAndTellTheirConflictsBefore(Backend backend) {
        try (PumpGrounds g = new PumpGrounds(backend)) {
            Overlay overlay = Overlay.builder()
                    .disable("report:weekly")
                    .add("metric:mine", "{ latest: { from: datastore:sensor_data, column: pressure, by: [asset_id] } }")
                    .replace(
                            "alert:high",
                            "{ metric: pressure_now, by: [asset_id], raise: \"value > 5\", notify: [ops] }")
                    .build();
            g.north = g.north.apply(g.north.plan(overlay));
            assertThat(g.north.template().metric("mine")).isPresent();
            assertThat(g.north.template().report("weekly")).isEmpty();
            assertThat(g.north.overlay().changes()).hasSize(3);

            g.dlt.templates().publish(PumpGrounds.version("1.1.0", "raise: \"value > 8\"", "raise: \"value > 9\""));
            Plan plan = g.north.plan("1.1.0");
            assertThat(plan.isRefused()).isFalse();
            assertThat(plan.problems()).anySatisfy(p -> assertThat(p.message()).contains("alert:high"));
            g.north = g.north.apply(plan);
            assertThat(g.north.template().alert("high").orElseThrow().raise()).isEqualTo("value > 5");
            assertThat(g.north.template().metric("mine")).isPresent();

            g.dlt.templates()
                    .publish(PumpGrounds.version(
                            "2.0.0",
                            "  high: { metric",
                            "  higher: { metric",
                            "  weekly: { dashboard",
                            "  monthly: { dashboard"));
            Plan refused = g.north.plan("2.0.0");
            assertThat(refused.problems().stream()
                            .filter(p -> p.code() == ProblemCode.OVERLAY_CONFLICT)
                            .map(p -> p.message())
                            .toList())
                    .anyMatch(m -> m.contains("alert:high"))
                    .anyMatch(m -> m.contains("report:weekly"));
            assertThatThrownBy(() -> g.north.apply(refused)).hasMessageContaining(ProblemCode.OVERLAY_CONFLICT.label());
            assertThat(g.north.current().templateId().version()).isEqualTo("1.1.0");
            assertThat(g.north.upgrades().list()).hasSize(2);

            g.north = g.north.apply(g.north.plan("2.0.0", u -> u.overlay(Overlay.NONE)));
            assertThat(g.north.template().alert("higher")).isPresent();
            assertThat(g.north.overlay().isEmpty()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void onlyOneUpgradeAtATimeAndNoneOfWhatIsGone(Backend backend) {
        try (PumpGrounds g = new PumpGrounds(backend)) {
            g.dlt.templates().publish(PumpGrounds.version("1.1.0", "raise: \"value > 8\"", "raise: \"value > 9\""));
            Plan plan = g.north.plan("1.1.0");
            g.storage.upgrades().exclusively(g.north.id(), () -> {
                assertThatThrownBy(() -> g.north.apply(plan)).hasMessageContaining(ProblemCode.UPGRADE_RUNNING.label());
                return true;
            });
            g.dlt.workspaces().delete("north");
            assertThatThrownBy(() -> g.north.apply(plan)).hasMessageContaining(ProblemCode.WORKSPACE_NOT_FOUND.label());
            assertThat(g.dlt.workspaces().residue(g.north.id())).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void aRightThatIsMissingIsNamedAndNothingHasChanged(Backend backend) throws Exception {
        try (PumpGrounds g = new PumpGrounds(backend)) {
            g.dlt.templates()
                    .publish(PumpGrounds.version(
                            "1.1.0",
                            "featurestores:\n",
                            "  more:\n    time: ts\n    schema: { type: object, required: [ts], properties: { ts: { type: string, format: date-time } } }\n"
                                    + "featurestores:\n"));
            Plan plan = g.north.plan("1.1.0");
            g.asSuperuser("ALTER SCHEMA public OWNER TO CURRENT_USER; REVOKE CREATE ON SCHEMA public FROM PUBLIC, "
                    + g.database.user());
            assertThatThrownBy(() -> g.north.apply(plan)).hasMessageContaining(ProblemCode.GRANT_MISSING.label());
            assertThat(g.north.current().templateId().version()).isEqualTo("1.0.0");
            g.asSuperuser("GRANT CREATE ON SCHEMA public TO " + g.database.user());
            g.north = g.north.apply(g.north.plan("1.1.0"));
            assertThat(g.north.datastore("more")).isNotNull();
        }
    }
}
