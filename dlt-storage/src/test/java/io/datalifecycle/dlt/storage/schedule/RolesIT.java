package io.datalifecycle.dlt.storage.schedule;

import static io.datalifecycle.dlt.storage.schedule.ScheduleGrounds.ALL;
import static io.datalifecycle.dlt.storage.schedule.ScheduleGrounds.LONG;
import static io.datalifecycle.dlt.storage.schedule.ScheduleGrounds.T0;
import static io.datalifecycle.dlt.storage.schedule.ScheduleGrounds.next;
import static io.datalifecycle.dlt.storage.schedule.ScheduleGrounds.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.datalifecycle.dlt.schedule.NodeRole;
import io.datalifecycle.dlt.spi.JobQueue.Job;
import io.datalifecycle.dlt.spi.JobQueue.Planned;
import io.datalifecycle.dlt.time.Trigger;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node does the work of its roles and leaves all other work alone, whatever state it is in. */
final class RolesIT {

    private static final WorkspaceId ONE = new WorkspaceId(1);
    private static final Trigger TEN = Trigger.every(Duration.ofMinutes(10));
    private static final Job FETCH = new Job("fetch", "inbox", TEN);
    private static final Job REFRESH = new Job("refresh", "pump_10min", TEN);
    private static final Job TRAIN = new Job("train", "m", TEN);
    private static final Job ALERT = new Job("alert", "level", TEN);
    private static final List<Job> JOBS = List.of(FETCH, REFRESH, TRAIN, ALERT);
    private static final Timing LOOKS_OFTEN = new Timing(Duration.ofMillis(50), Duration.ofMillis(100), 4);

    private final ScheduleGrounds schedules = new ScheduleGrounds();
    private final Queue<String> runs = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        schedules.close();
    }

    @Test
    void twoNodesShareTheWorkByTheirRoles() {
        DbSchedulerJobQueue features = schedules.node();
        DbSchedulerJobQueue others = schedules.node();
        features.put(ONE, JOBS);
        features.start(run -> runs.add("features: " + run.kind()), settings(Set.of("features"), 2));
        others.start(run -> runs.add("others: " + run.kind()), settings(Set.of("scheduler", "models", "alerts"), 2));
        schedules.now.set(T0.plus(Duration.ofMinutes(8)));

        await().atMost(LONG).until(() -> runs.size() == 4);
        assertThat(runs)
                .containsExactlyInAnyOrder("features: refresh", "others: fetch", "others: train", "others: alert");
    }

    /** Weeks overdue, dead, and of a role that the node has not: the library would delete it as the job of a task that is gone. */
    @Test
    void jobsOfOtherRolesAreNeitherPickedNorRevivedNorDeleted() {
        DbSchedulerJobQueue node = schedules.node(LOOKS_OFTEN);
        node.put(ONE, JOBS);
        schedules.grounds.execute("UPDATE dlt.job SET picked = true, picked_by = 'gone', last_heartbeat = '2026-01-01' "
                + "WHERE task_name = 'models'");
        schedules.now.set(T0.plus(Duration.ofDays(60)));
        List<Planned> before = others(node);

        node.start(run -> runs.add(run.kind()), settings(Set.of("alerts"), 2));
        await().atMost(LONG).until(() -> runs.size() == 1);
        for (int i = 1; i <= 3; i++) { // each of these runs comes after a look for what is dead
            int ran = i + 1;
            schedules.now.set(T0.plus(Duration.ofDays(60 + i)));
            await().atMost(LONG).until(() -> runs.size() == ran);
        }

        assertThat(runs).containsOnly("alert");
        assertThat(others(node)).isEqualTo(before).hasSize(3);
        assertThat(count("picked AND task_name = 'models'")).isEqualTo(1);
    }

    private static List<Planned> others(DbSchedulerJobQueue node) {
        return node.planned(ONE).stream()
                .filter(p -> !p.job().kind().equals("alert"))
                .toList();
    }

    private int count(String condition) {
        return schedules.grounds.app.inTransaction(
                "count",
                handle -> handle.createQuery("SELECT count(*) FROM dlt.job WHERE " + condition)
                        .mapTo(Integer.class)
                        .one());
    }

    @Test
    void aTrainingThatTakesAllThreadsOfItsRoleKeepsNobodyElseWaiting() {
        DbSchedulerJobQueue node = schedules.node();
        CountDownLatch goOn = new CountDownLatch(1);
        node.put(ONE, List.of(TRAIN, ALERT, REFRESH));
        node.start(
                run -> {
                    if (run.kind().equals("train")) {
                        ScheduleGrounds.await(goOn);
                    }
                    runs.add(run.kind() + " on " + Thread.currentThread().getName());
                },
                settings(ALL, 1));
        schedules.now.set(T0.plus(Duration.ofMinutes(8)));

        await().atMost(LONG).until(() -> runs.size() == 2);
        assertThat(runs).containsExactlyInAnyOrder("alert on dlt-alerts-1", "refresh on dlt-features-1");
        goOn.countDown();
        await().atMost(LONG).until(() -> runs.contains("train on dlt-models-1"));
    }

    @Test
    void eachRoleHasAView() {
        for (NodeRole role : NodeRole.values()) {
            schedules.grounds.execute("SELECT task_name FROM dlt.job_" + role.label());
        }
    }

    @Test
    void aRoleThatIsUnknownIsRefusedBeforeAnythingStarts() {
        DbSchedulerJobQueue node = schedules.node();

        assertThatThrownBy(() -> node.start(run -> {}, settings(Set.of("features", "dancing"), 1)))
                .hasMessage("roles: there is no role dancing");
    }

    @Test
    void twentyWorkspacesOnTwoNodesRunEachJobOnce() {
        DbSchedulerJobQueue first = schedules.node();
        DbSchedulerJobQueue second = schedules.node();
        for (long id = 1; id <= 20; id++) {
            first.put(new WorkspaceId(id), JOBS);
        }
        first.start(run -> runs.add(run.lease().job()), settings(ALL, 2));
        second.start(run -> runs.add(run.lease().job()), settings(ALL, 2));
        schedules.now.set(T0.plus(Duration.ofMinutes(8)));

        await().atMost(LONG).until(() -> runs.size() >= 80);
        for (long id = 1; id <= 20; id++) {
            WorkspaceId workspace = new WorkspaceId(id);
            await().atMost(LONG)
                    .until(() -> first.planned(workspace).stream()
                            .allMatch(p -> p.next().equals(Optional.of(Instant.parse("2026-03-01T00:20:00Z")))));
        }
        assertThat(runs).hasSize(80).doesNotHaveDuplicates();
        assertThat(next(first, ONE, ALERT)).isEqualTo(Instant.parse("2026-03-01T00:20:00Z"));
    }
}
