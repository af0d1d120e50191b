package io.datalifecycle.dlt.storage.schedule;

import static io.datalifecycle.dlt.storage.schedule.ScheduleGrounds.ALL;
import static io.datalifecycle.dlt.storage.schedule.ScheduleGrounds.LONG;
import static io.datalifecycle.dlt.storage.schedule.ScheduleGrounds.T0;
import static io.datalifecycle.dlt.storage.schedule.ScheduleGrounds.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.datalifecycle.dlt.spi.JobQueue.Job;
import io.datalifecycle.dlt.spi.JobQueue.Run;
import io.datalifecycle.dlt.spi.JobQueue.Settings;
import io.datalifecycle.dlt.time.Trigger;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One workspace cannot take what belongs to all, on a real table with real threads. */
final class FairnessIT {

    private static final WorkspaceId GREEDY = new WorkspaceId(1);
    private static final Trigger TEN = Trigger.every(Duration.ofMinutes(10));
    private static final Instant TICK = Instant.parse("2026-03-01T00:10:00Z");

    private final ScheduleGrounds schedules = new ScheduleGrounds();
    private final Queue<Run> runs = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        schedules.close();
    }

    private static List<Job> refreshes(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Job("refresh", "f" + i, TEN))
                .toList();
    }

    @Test
    void fiveHundredDueJobsOfOneWorkspaceKeepNobodyElseWaiting() {
        DbSchedulerJobQueue node = schedules.node();
        node.put(GREEDY, refreshes(500));
        // the others are due later and would be at the end of the queue
        schedules.now.set(T0.plus(Duration.ofMinutes(10)));
        for (long id = 2; id <= 11; id++) {
            node.put(new WorkspaceId(id), refreshes(1));
        }
        schedules.now.set(Instant.parse("2026-03-01T00:20:30Z"));
        node.start(runs::add, settings(ALL, 2));

        await().atMost(LONG).until(() -> runs.size() == 510);
        List<Long> order = runs.stream().map(run -> run.workspace().value()).toList();
        for (long id = 2; id <= 11; id++) {
            assertThat(order.indexOf(id)).as("turn of workspace " + id).isBetween(0, 30);
        }
        assertThat(runs.stream().filter(run -> run.workspace().equals(GREEDY)))
                .as("what had to wait is still for the instant that it was planned for")
                .allSatisfy(run -> assertThat(run.scheduledFor()).isEqualTo(TICK));
        await().atMost(LONG)
                .until(() -> node.planned(GREEDY).stream()
                        .allMatch(p -> p.failures() == 0
                                && p.next().orElseThrow().equals(Instant.parse("2026-03-01T00:30:00Z"))));
    }

    @Test
    void aWorkspaceHasItsShareAtOnceAndHoldsNoThreadBeyond() {
        DbSchedulerJobQueue node = schedules.node();
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        node.put(GREEDY, refreshes(20));
        node.put(new WorkspaceId(2), refreshes(1));
        node.start(
                run -> {
                    if (run.workspace().equals(GREEDY)) {
                        most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                        ScheduleGrounds.await(goOn);
                        atOnce.decrementAndGet();
                    }
                    runs.add(run);
                },
                settings(ALL, 4));
        schedules.now.set(TICK);

        await().atMost(LONG).until(() -> runs.size() == 1);
        assertThat(runs.element().workspace())
                .as("two threads are free for others")
                .isEqualTo(new WorkspaceId(2));
        await().atMost(LONG).until(() -> atOnce.get() == 2);
        goOn.countDown();
        await().atMost(LONG).until(() -> runs.size() == 21);
        assertThat(most).hasValue(2);
    }

    @Test
    void aDataDatabaseHasItsShareAtOnce() {
        DbSchedulerJobQueue node = schedules.node();
        schedules.grounds.execute(
                "INSERT INTO dlt.template_version (key, version, hash, canonical, published_at) VALUES ('t', '1.0.0', 'h', 'c', now())");
        for (int i = 0; i < 6; i++) {
            schedules.grounds.execute(
                    "INSERT INTO dlt.workspace (key, template_key, template_version, parameters, zone, placement, state, created_at) "
                            + "VALUES ('w" + i + "', 't', '1.0.0', '{}', 'UTC', '" + (i < 5 ? "busy" : "idle")
                            + "', 'ACTIVE', now())");
        }
        for (long id = 1; id <= 6; id++) {
            node.put(new WorkspaceId(id), refreshes(1));
        }
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger busy = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        node.start(
                run -> {
                    if (run.workspace().value() < 6) {
                        most.accumulateAndGet(busy.incrementAndGet(), Math::max);
                        ScheduleGrounds.await(goOn);
                        busy.decrementAndGet();
                    }
                    runs.add(run);
                },
                new Settings(ALL, 4, 2, 2, Duration.ofSeconds(5)));
        schedules.now.set(TICK);

        await().atMost(LONG).until(() -> runs.size() == 1 && busy.get() == 2);
        assertThat(runs.element().workspace()).isEqualTo(new WorkspaceId(6));
        goOn.countDown();
        await().atMost(LONG).until(() -> runs.size() == 6);
        assertThat(most).hasValue(2);
    }

    @Test
    void whatIsMoreUrgentGoesFirstWithinARole() {
        DbSchedulerJobQueue node = schedules.node();
        List<Job> jobs = new ArrayList<>();
        for (String kind : List.of("maintain", "fetch", "report", "deliver")) {
            jobs.add(new Job(kind, "", TEN));
        }
        node.put(GREEDY, jobs);
        schedules.now.set(TICK);
        node.start(runs::add, settings(ALL, 1));

        await().atMost(LONG).until(() -> runs.size() == 4);
        assertThat(runs).extracting(Run::kind).containsExactly("deliver", "report", "fetch", "maintain");
    }
}
