package io.datalifecycle.dlt.storage.schedule;

import static io.datalifecycle.dlt.storage.schedule.ScheduleGrounds.ALL;
import static io.datalifecycle.dlt.storage.schedule.ScheduleGrounds.LONG;
import static io.datalifecycle.dlt.storage.schedule.ScheduleGrounds.next;
import static io.datalifecycle.dlt.storage.schedule.ScheduleGrounds.planned;
import static io.datalifecycle.dlt.storage.schedule.ScheduleGrounds.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.datalifecycle.dlt.spi.JobQueue.Job;
import io.datalifecycle.dlt.spi.JobQueue.Lease;
import io.datalifecycle.dlt.spi.JobQueue.Planned;
import io.datalifecycle.dlt.spi.JobQueue.Run;
import io.datalifecycle.dlt.time.Trigger;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node that stands still loses its jobs, and waking up changes nothing any more. */
final class FencingIT {

    private static final WorkspaceId ONE = new WorkspaceId(1);
    private static final Job REFRESH = new Job("refresh", "pump_10min", Trigger.every(Duration.ofMinutes(10)));
    private static final Instant TICK = Instant.parse("2026-03-01T00:10:00Z");

    /** Its heart does not beat while a run lasts: the process stands still. */
    private static final Timing STANDS_STILL = new Timing(Duration.ofMillis(50), Duration.ofHours(1), 6);

    private static final Timing LOOKS_OFTEN = new Timing(Duration.ofMillis(50), Duration.ofMillis(100), 4);

    private final ScheduleGrounds schedules = new ScheduleGrounds();
    private final Queue<Run> runs = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        schedules.close();
    }

    @Test
    void aNodeThatWakesUpHasLostItsRunAndChangesNothing() {
        DbSchedulerJobQueue frozen = schedules.node(STANDS_STILL);
        DbSchedulerJobQueue successor = schedules.node(LOOKS_OFTEN);
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch wakeUp = new CountDownLatch(1);
        CountDownLatch woken = new CountDownLatch(1);
        Queue<Boolean> held = new ConcurrentLinkedQueue<>();
        frozen.put(ONE, List.of(REFRESH));
        frozen.start(
                run -> {
                    runs.add(run);
                    held.add(run.lease().isHeld());
                    running.countDown();
                    ScheduleGrounds.await(wakeUp);
                    held.add(run.lease().isHeld());
                    woken.countDown();
                    throw new IllegalStateException("a failure that is nobody's any more");
                },
                settings(ALL, 1));
        schedules.now.set(TICK);
        ScheduleGrounds.await(running);

        successor.start(runs::add, settings(ALL, 1));
        schedules.now.set(TICK.plusSeconds(1)); // ten times what the successor waits for
        await().atMost(LONG).until(() -> runs.size() == 2);
        await().atMost(LONG).until(() -> next(successor, ONE, REFRESH).isAfter(TICK));
        Planned after = planned(successor, ONE, REFRESH);
        wakeUp.countDown();
        ScheduleGrounds.await(woken);
        frozen.stop();

        assertThat(held).containsExactly(true, false);
        assertThat(runs).extracting(Run::scheduledFor).containsExactly(TICK, TICK);
        List<Lease> leases = runs.stream().map(Run::lease).toList();
        assertThat(leases.get(1).token()).isGreaterThan(leases.get(0).token());
        assertThat(leases.get(1).job()).isEqualTo(leases.get(0).job());
        assertThat(planned(successor, ONE, REFRESH))
                .isEqualTo(after)
                .extracting(Planned::failures)
                .as("the failure of the one that lost it does not count")
                .isEqualTo(0);
    }

    @Test
    void aJobThatIsPlannedAnewWhileItRunsIsNotHeldAnyMore() {
        DbSchedulerJobQueue node = schedules.node();
        Queue<Boolean> held = new ConcurrentLinkedQueue<>();
        node.put(ONE, List.of(REFRESH));
        node.start(
                run -> {
                    held.add(run.lease().isHeld());
                    node.put(ONE, List.of(new Job("refresh", "pump_10min", Trigger.every(Duration.ofHours(1)))));
                    held.add(run.lease().isHeld());
                },
                settings(ALL, 1));
        schedules.now.set(TICK);

        await().atMost(LONG).until(() -> held.size() == 2);
        assertThat(held).containsExactly(true, false);
    }

    @Test
    void tokensGrowAlsoWhenAJobIsRemovedAndPlannedAgain() {
        DbSchedulerJobQueue node = schedules.node();
        node.put(ONE, List.of(REFRESH));
        node.start(runs::add, settings(ALL, 1));
        for (int i = 1; i <= 3; i++) {
            int ran = i;
            schedules.now.set(TICK.plus(Duration.ofMinutes(10L * i)));
            await().atMost(LONG).until(() -> runs.size() == ran);
            await().atMost(LONG).until(() -> next(node, ONE, REFRESH).isAfter(schedules.now.get()));
            node.remove(ONE);
            node.put(ONE, List.of(REFRESH));
        }

        assertThat(runs).extracting(run -> run.lease().token()).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aDeadNodesJobIsPickedUpAndCountsAsOneFailureUntilItWorks() {
        DbSchedulerJobQueue node = schedules.node(LOOKS_OFTEN);
        node.put(ONE, List.of(REFRESH));
        schedules.grounds.execute("UPDATE dlt.job SET picked = true, picked_by = 'gone', execution_time = '" + TICK
                + "', last_heartbeat = '" + TICK + "'");
        schedules.now.set(TICK.plusSeconds(60));
        Queue<Integer> failures = new ConcurrentLinkedQueue<>();

        node.start(
                run -> {
                    failures.add(planned(node, ONE, REFRESH).failures());
                    runs.add(run);
                },
                settings(ALL, 1));

        await().atMost(LONG).until(() -> runs.size() == 1);
        assertThat(runs).extracting(Run::scheduledFor).containsExactly(TICK);
        assertThat(failures).containsExactly(1);
        await().atMost(LONG).until(() -> planned(node, ONE, REFRESH).failures() == 0);
    }
}
