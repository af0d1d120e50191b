package io.datalifecycle.dlt.storage.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.FleetRun;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.fleet.FleetMember.State;
import io.datalifecycle.dlt.fleet.FleetPlan;
import io.datalifecycle.dlt.fleet.FleetState;
import io.datalifecycle.dlt.fleet.FleetStatus;
import io.datalifecycle.dlt.plan.ApplyOptions;
import io.datalifecycle.dlt.plan.ChangeClass;
import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.NotFoundException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.Overlay;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Upgrades of many workspaces of one template; a template for each test, one database for all. */
class FleetIT {

    private static final String[] TEN_MINUTES = {"every: PT1H", "every: PT10M"};
    private static final String[] KEY_OF_TIME = {"natural_key: [asset_id, ts]", "natural_key: [ts]"};

    private static FleetGrounds g;

    @BeforeAll
    static void open() {
        g = new FleetGrounds(Backend.PLAIN);
    }

    @AfterAll
    static void close() {
        g.close();
    }

    private static long at(String template, int workspaces, String version) {
        return IntStream.rangeClosed(1, workspaces)
                .filter(i -> g.version(FleetGrounds.key(template, i)).equals(version))
                .count();
    }

    @Test
    void wavesGoWhenTheirTimeHasCome() {
        g.empty("waves", 20);
        g.publish("waves", "2.0.0", TEN_MINUTES);
        FleetRun run = g.dlt.fleet("waves")
                .upgradeTo(
                        "2.0.0",
                        f -> f.waves(5, 50, 100).pause(Duration.ofHours(1)).parallel(2))
                .start();
        assertThat(at("waves", 20, "1.0.0"))
                .as("nothing is touched by starting")
                .isEqualTo(20);
        assertThat(run.status().waves()).isEqualTo(3);
        assertThat(run.status().progress()).isZero();

        FleetStatus first = run.advance();
        assertThat(at("waves", 20, "2.0.0")).isEqualTo(1);
        assertThat(first.state()).isEqualTo(FleetState.PAUSED);
        assertThat(first.pausedUntil()).contains(g.now.plus(Duration.ofHours(1)));
        assertThat(first.wave()).isEqualTo(2);
        assertThat(first.progress()).isEqualTo(0.05);
        assertThat(first.in(State.DONE)).singleElement().satisfies(m -> {
            assertThat(m.workspace()).isEqualTo("waves-01");
            assertThat(m.fromVersion()).isEqualTo("1.0.0");
            assertThat(m.took()).isPresent();
        });
        g.advance(Duration.ofMinutes(59));
        assertThat(run.run().count(State.DONE)).as("it pauses").isEqualTo(1);

        g.advance(Duration.ofMinutes(1));
        assertThat(run.run().count(State.DONE)).isEqualTo(10);
        assertThat(at("waves", 20, "2.0.0")).isEqualTo(10);
        assertThat(g.dlt.fleet("waves").current().map(FleetRun::id)).contains(run.id());
        g.advance(Duration.ofHours(1));
        FleetStatus last = run.advance();
        assertThat(last.state()).isEqualTo(FleetState.DONE);
        assertThat(last.progress()).isEqualTo(1);
        assertThat(last.endedAt()).contains(g.now);
        assertThat(at("waves", 20, "2.0.0")).isEqualTo(20);
        assertThat(g.workspace("waves-20").plan("2.0.0").isEmpty()).isTrue();
        assertThat(g.dlt.fleet("waves").current()).isEmpty();
        assertThat(g.dlt.fleet("waves").runs()).hasSize(1);
    }

    @Test
    void tooManyFailuresStopAWaveAndMendedOnesGoOn() {
        List<Workspace> all = g.provision("fails", 10);
        g.publish("fails", "2.0.0", KEY_OF_TIME);
        for (int broken : new int[] {1, 5, 6, 7}) {
            g.ingest(all.get(broken), "p3", 2, 1); // at the same time as p1
        }
        FleetRun run = g.dlt.fleet("fails")
                .upgradeTo("2.0.0", f -> f.waves(40, 100).stopAt(0.5).options(ApplyOptions.ALLOW_DESTRUCTIVE))
                .start();
        FleetStatus first = run.advance();
        assertThat(first.state()).as("one of four failed").isEqualTo(FleetState.RUNNING);
        assertThat(first.in(State.FAILED)).singleElement().satisfies(m -> {
            assertThat(m.workspace()).isEqualTo("fails-02");
            assertThat(m.error().orElseThrow()).contains("equal by the natural key");
        });
        assertThat(g.version("fails-02")).isEqualTo("1.0.0");

        FleetStatus stopped = run.run();
        assertThat(stopped.state()).isEqualTo(FleetState.STOPPED);
        assertThat(stopped.why())
                .contains("wave 2: 3 of 6 workspaces failed", "fails-06", ProblemCode.FLEET_STOPPED.label());
        assertThat(stopped.in(State.PENDING)).extracting(m -> m.workspace()).containsExactly("fails-09", "fails-10");
        assertThat(run.advance().state())
                .as("a stopped run does not go on by itself")
                .isEqualTo(FleetState.STOPPED);
        assertThat(stopped.text()).contains("4 failed", "2 pending", "fails-02 (wave 1, from 1.0.0): failed");

        for (int broken : new int[] {1, 5, 6, 7}) {
            all.get(broken)
                    .datastore("sensor_data")
                    .delete(TimeRange.of(g.now.minusSeconds(86_400), g.now), Map.of("asset_id", "p3"));
        }
        FleetStatus done = run.resume();
        assertThat(done.text()).contains("done");
        assertThat(done.state()).isEqualTo(FleetState.DONE);
        assertThat(done.count(State.DONE)).isEqualTo(10);
        assertThat(at("fails", 10, "2.0.0")).isEqualTo(10);
    }

    @Test
    void aRunWhoseProcessDiedGoesOnInAnother() {
        g.provision("dies", 6);
        g.publish("dies", "2.0.0", TEN_MINUTES);
        FleetRun run =
                g.dlt.fleet("dies").upgradeTo("2.0.0", f -> f.waves(50, 100)).start();
        g.refreshed = key -> {
            if (key.equals("dies-02")) {
                throw new AssertionError("the process dies in " + key);
            }
        };
        try {
            assertThatThrownBy(run::run).isInstanceOf(AssertionError.class).hasMessageContaining("dies-02");
        } finally {
            g.refreshed = key -> {};
        }
        assertThat(run.status().in(State.RUNNING))
                .extracting(m -> m.workspace())
                .containsExactly("dies-02");
        assertThat(g.workspace("dies-02").upgrades().list().get(0).endedAt()).isEmpty();

        try (Dlt other = g.node()) {
            FleetRun again = other.fleet("dies").current().orElseThrow();
            assertThat(again.id()).isEqualTo(run.id());
            FleetStatus done = again.resume();
            assertThat(done.state()).isEqualTo(FleetState.DONE);
            assertThat(done.count(State.DONE)).isEqualTo(6);
        }
        assertThat(at("dies", 6, "2.0.0")).isEqualTo(6);
        assertThat(g.workspace("dies-02").upgrades().list()).hasSize(1);
        assertThat(g.table("dies-02", "pressure")).hasSize(2);
    }

    @Test
    void rollbackBringsAllBackEvenWhatDiedHalfWay() {
        g.provision("back", 5);
        Workspace own = g.workspace("back-01").configure(c -> c.param("limit", 3.0));
        assertThat(own.parameters()).containsEntry("limit", 3.0);
        g.publish(
                "back",
                "2.0.0",
                "limit: { type: number, default: 8 }",
                "ceiling: { type: number }",
                "param.limit",
                "param.ceiling",
                "every: PT1H",
                "every: PT10M",
                "            starts: { type: [number, \"null\"] }\n".substring(4),
                "");
        FleetRun run = g.dlt.fleet("back")
                .upgradeTo(
                        "2.0.0",
                        f -> f.waves(60, 100).parallel(2).param("ceiling", 9).options(ApplyOptions.ALLOW_DESTRUCTIVE))
                .start();
        run.advance();
        assertThat(g.workspace("back-01").parameters()).isEqualTo(Map.of("ceiling", 9.0));
        g.refreshed = key -> {
            throw new AssertionError("the process dies in " + key);
        };
        try {
            assertThatThrownBy(run::advance).isInstanceOf(AssertionError.class);
        } finally {
            g.refreshed = key -> {};
        }
        FleetStatus status = run.rollback();
        assertThat(status.text()).contains("rolled back");
        assertThat(status.state()).isEqualTo(FleetState.ROLLED_BACK);
        assertThat(status.in(State.ROLLED_BACK)).hasSize(5);
        assertThat(at("back", 5, "1.0.0")).isEqualTo(5);
        assertThat(g.workspace("back-01").parameters()).containsEntry("limit", 3.0);
        assertThat(g.workspace("back-02").parameters()).containsEntry("limit", 8.0);
        assertThat(g.table("back-01", "raw").get(0))
                .as("what was hidden is seen again")
                .contains(1.0);
        assertThat(g.table("back-03", "pressure")).hasSize(2);
        assertThatThrownBy(run::resume).isInstanceOf(ConflictException.class).hasMessageContaining("was rolled back");
    }

    @Test
    void workspacesThatAreGoneOrArchivedAreLeftAlone() {
        List<Workspace> all = g.empty("gone", 5);
        g.publish("gone", "2.0.0", TEN_MINUTES);
        all.get(0).archive();
        all.get(1).suspend();
        FleetRun run =
                g.dlt.fleet("gone").upgradeTo("2.0.0", f -> f.waves(25, 100)).start();
        run.advance();
        assertThat(g.version("gone-02")).as("suspended ones go").isEqualTo("2.0.0");
        g.dlt.workspaces().delete("gone-03");
        all.get(3).archive();
        FleetStatus done = run.run();
        assertThat(done.state()).isEqualTo(FleetState.DONE);
        assertThat(done.in(State.SKIPPED))
                .extracting(Object::toString)
                .satisfiesExactlyInAnyOrder(
                        m -> assertThat(m).contains("gone-03", "was deleted"),
                        m -> assertThat(m).contains("gone-04", "is archived"),
                        m -> assertThat(m).contains("gone-01", "is archived"));
        assertThat(g.version("gone-01")).isEqualTo("1.0.0");
        assertThat(g.version("gone-05")).isEqualTo("2.0.0");
        assertThat(run.rollback().in(State.ROLLED_BACK)).hasSize(2);
    }

    @Test
    void oneRunOfATemplateAtATime() {
        g.provision("two", 2);
        g.publish("two", "2.0.0", TEN_MINUTES);
        FleetRun run = g.dlt.fleet("two").upgradeTo("2.0.0").start();
        assertThatThrownBy(() -> g.dlt.fleet("two").upgradeTo("2.0.0").start())
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining(ProblemCode.UPGRADE_RUNNING.label());
        g.refreshed = key -> {
            try (Dlt other = g.node()) {
                assertThatThrownBy(
                                () -> other.fleet("two").current().orElseThrow().advance())
                        .isInstanceOf(ConflictException.class)
                        .hasMessageContaining("worked on by somebody else");
                other.fleet("two").current().orElseThrow().stop("lunch");
            }
        };
        FleetStatus stopped;
        try {
            stopped = run.run();
        } finally {
            g.refreshed = key -> {};
        }
        assertThat(stopped.state()).isEqualTo(FleetState.STOPPED);
        assertThat(stopped.why()).isEqualTo("lunch");
        assertThat(stopped.count(State.DONE)).as("the one that ran ended").isEqualTo(1);
        assertThat(run.end().endedAt()).isPresent();
        FleetRun next = g.dlt.fleet("two").upgradeTo("2.0.0").start();
        assertThatThrownBy(run::resume).isInstanceOf(ConflictException.class);
        FleetStatus done = next.run();
        assertThat(done.state()).isEqualTo(FleetState.DONE);
        assertThat(done.in(State.SKIPPED)).extracting(m -> m.workspace()).containsExactly("two-01");
        assertThat(run.resume().state()).isEqualTo(FleetState.DONE);
    }

    @Test
    void whatCannotGoIsToldBeforeAnythingIsTouched() {
        List<Workspace> all = g.empty("tell", 4);
        all.get(1)
                .apply(all.get(1)
                        .plan(Overlay.builder().disable("metric:samples").build()));
        g.publish(
                "tell",
                "2.0.0",
                "  samples:\n",
                "  sampled:\n",
                "limit: { type: number, default: 8 }",
                "limit: { type: number, default: 8 }\n  ceiling: { type: number, required: true }");
        FleetPlan without = g.dlt.fleet("tell").plan("2.0.0");
        assertThat(without.refused()).hasSize(4);
        assertThatThrownBy(() -> g.dlt.fleet("tell").upgradeTo("2.0.0").start())
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("ceiling");

        FleetRun run = g.dlt.fleet("tell")
                .upgradeTo("2.0.0", f -> f.param("ceiling", 9).waves(100))
                .start();
        assertThat(run.status().in(State.REFUSED)).singleElement().satisfies(m -> {
            assertThat(m.workspace()).isEqualTo("tell-02");
            assertThat(m.error().orElseThrow()).contains("metric:samples", ProblemCode.OVERLAY_CONFLICT.label());
        });
        assertThat(at("tell", 4, "1.0.0")).isEqualTo(4);
        FleetStatus done = run.run();
        assertThat(done.state()).isEqualTo(FleetState.DONE);
        assertThat(done.count(State.DONE)).isEqualTo(3);
        assertThat(g.version("tell-02")).isEqualTo("1.0.0");

        all.get(1).apply(g.workspace("tell-02").plan(Overlay.NONE));
        assertThat(run.resume().count(State.DONE)).as("what can go now goes").isEqualTo(4);
    }

    @Test
    void plansAreGroupedByWhatChanges() {
        List<Workspace> all = g.empty("plan", 7);
        all.get(2).apply(all.get(2).plan(Overlay.builder().disable("alert:high").build()));
        g.publish("plan", "2.0.0", "raise: \"value > param.limit\"", "raise: \"value > 2 * param.limit\"");
        FleetPlan plan = g.dlt.fleet("plan").plan("2.0.0");
        assertThat(plan.groups()).hasSize(2);
        assertThat(plan.groups().get(0).workspaces()).hasSize(6).doesNotContain("plan-03");
        assertThat(plan.groups().get(0).changeClass()).isEqualTo(ChangeClass.NONE);
        assertThat(plan.plan("plan-01")).isPresent();
        assertThat(plan.text())
                .contains("6 workspaces from 1.0.0", "1 workspace from 1.0.0 with overlays", "plan-03", "alert:high");
        assertThat(plan.json()).contains("\"overlaid\":1", "\"to\":\"2.0.0\"");
        assertThat(plan.isEmpty()).isFalse();
        assertThat(g.dlt.fleet("plan").plan("1.0.0").isEmpty()).isTrue();
    }

    @Test
    void listsAndSelectorsSayWhoGoesWhen() {
        g.empty("some", 6);
        g.publish("some", "2.0.0", TEN_MINUTES);
        FleetRun run = g.dlt.fleet("some")
                .upgradeTo(
                        "2.0.0",
                        f -> f.from("1.0.0")
                                .except("some-06")
                                .where(w -> !w.key().equals("some-05")
                                        && w.placement().equals("main"))
                                .wave("some-04")
                                .wave("some-02", "some-03")
                                .rest())
                .start();
        assertThat(run.status().members())
                .extracting(m -> m.wave() + " " + m.workspace())
                .containsExactly("1 some-04", "2 some-02", "2 some-03", "3 some-01");
        run.end();
        assertThatThrownBy(() -> g.dlt.fleet("some")
                        .upgradeTo("2.0.0", f -> f.only("some-1"))
                        .plan())
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("some-1 is none of its workspaces")
                .hasMessageContaining("some-01");
        assertThatThrownBy(() -> g.dlt.fleet("some")
                        .upgradeTo("2.0.0", f -> f.from("3.0.0"))
                        .start())
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> g.dlt.fleet("some").upgradeTo("9.0.0")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> g.dlt.fleet("some").upgradeTo("2.0.0", f -> f.waves(10, 50)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
