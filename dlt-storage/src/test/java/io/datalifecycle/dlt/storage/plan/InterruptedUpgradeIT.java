package io.datalifecycle.dlt.storage.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.metric.MetricResult;
import io.datalifecycle.dlt.plan.ApplyOptions;
import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.testdb.Backend;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The process dies at each step of an upgrade, before it or after it; then the upgrade is resumed, or taken back. */
class InterruptedUpgradeIT {

    /** One column goes, one comes, the roll-up is built beside. */
    private static final String V2 = PumpGrounds.version(
            "2.0.0",
            "        state: { type: [string, \"null\"] }\n",
            "        flow: { type: [number, \"null\"] }\n",
            "every: PT1H",
            "every: PT10M",
            "n: count() }",
            "n: count(), flow_max: max(flow) }");

    private final KillingStorage killer = new KillingStorage();

    @ParameterizedTest
    @MethodSource("io.datalifecycle.dlt.testdb.TestDatabase#backends")
    void resumesWhereverItDied(Backend backend) {
        try (PumpGrounds g = new PumpGrounds(backend, killer::wrap)) {
            g.dlt.templates().publish(V2);
            int deaths = 0;
            boolean died = true;
            for (int call = 1; died; call += backend == Backend.PLAIN ? 1 : 3) {
                boolean after = call % 2 == (backend == Backend.PLAIN ? 0 : 1);
                Workspace workspace = filled(g, "resumed-" + call);
                died = dies(workspace, call, after);
                if (died) {
                    deaths++;
                    workspace.upgrades().resume();
                }
                requireUpgraded(g, workspace.current());
            }
            assertThat(deaths).isGreaterThan(backend == Backend.PLAIN ? 10 : 3);
        }
    }

    @Test
    void isTakenBackAsLongAsNothingInUseHasChanged() {
        try (PumpGrounds g = new PumpGrounds(Backend.PLAIN, killer::wrap)) {
            g.dlt.templates().publish(V2);
            int takenBack = 0;
            boolean died = true;
            for (int call = 1; died; call += 2) {
                Workspace workspace = filled(g, "abandoned-" + call);
                died = dies(workspace, call, true);
                if (died && takenBack(workspace)) {
                    takenBack++;
                    assertThat(workspace.current().templateId().version()).isEqualTo("1.0.0");
                    assertThat(rows(workspace.current(), "pressure")).hasSize(1);
                    assertThat(workspace.upgrades().resume()).isFalse();
                    workspace.apply(workspace.plan("2.0.0"), ApplyOptions.ALLOW_DESTRUCTIVE);
                }
                requireUpgraded(g, workspace.current());
                g.dlt.workspaces().delete(workspace.key());
                assertThat(g.dlt.workspaces().residue(workspace.id())).isEmpty();
            }
            assertThat(takenBack).isGreaterThanOrEqualTo(3);
        }
    }

    private boolean takenBack(Workspace workspace) {
        try {
            return workspace.upgrades().abandon();
        } catch (ConflictException changed) {
            assertThat(changed.code()).isEqualTo(ProblemCode.PLAN_REFUSED);
            workspace.upgrades().resume();
            return false;
        }
    }

    private boolean dies(Workspace workspace, int call, boolean after) {
        var plan = workspace.plan("2.0.0");
        killer.killAt(call, after);
        try {
            workspace.apply(plan, ApplyOptions.ALLOW_DESTRUCTIVE);
            return false;
        } catch (KillingStorage.Killed killed) {
            killer.live();
            if (workspace.upgrades().list().stream()
                    .anyMatch(u -> u.state() == io.datalifecycle.dlt.plan.Upgrade.State.BUILDING)) {
                assertThatThrownBy(() -> workspace.apply(workspace.plan("2.0.0"), ApplyOptions.ALLOW_DESTRUCTIVE))
                        .hasMessageContaining(ProblemCode.UPGRADE_RUNNING.label());
            }
            return !workspace.upgrades().list().isEmpty() || !begun(workspace);
        } finally {
            killer.live();
        }
    }

    /** What died before it was noted is begun again. */
    private static boolean begun(Workspace workspace) {
        workspace.apply(workspace.plan("2.0.0"), ApplyOptions.ALLOW_DESTRUCTIVE);
        return false;
    }

    private static Workspace filled(PumpGrounds g, String key) {
        g.north = g.dlt.workspaces().provision(key, "pumps", "1.0.0", w -> {});
        g.ingest(
                PumpGrounds.row("10:00", "p1", ",\"pressure\":2,\"state\":\"on\""),
                PumpGrounds.row("10:20", "p1", ",\"pressure\":4"));
        g.refresh();
        return g.north;
    }

    private static void requireUpgraded(PumpGrounds g, Workspace workspace) {
        assertThat(workspace.templateId().version()).isEqualTo("2.0.0");
        assertThat(workspace.plan("2.0.0").isEmpty()).isTrue();
        assertThat(rows(workspace, "raw")).hasSize(2);
        assertThat(rows(workspace, "pressure")).hasSize(2);
        assertThat(workspace.featurestore("daily").status().todo()).isEmpty();
        g.north = workspace;
        g.ingest(PumpGrounds.row("10:05", "p1", ",\"pressure\":6,\"flow\":1"));
        g.refresh();
        assertThat(rows(workspace, "pressure").get(0)).contains(4.0, 2L, 1.0);
    }

    private static List<List<Object>> rows(Workspace workspace, String metric) {
        return ((MetricResult.Table) workspace.metric(metric).evaluate()).rows();
    }
}
