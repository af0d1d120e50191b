package io.datalifecycle.dlt.storage.schedule;

import static io.datalifecycle.dlt.storage.schedule.ScheduleGrounds.ALL;
import static io.datalifecycle.dlt.storage.schedule.ScheduleGrounds.LONG;
import static io.datalifecycle.dlt.storage.schedule.ScheduleGrounds.T0;
import static io.datalifecycle.dlt.storage.schedule.ScheduleGrounds.next;
import static io.datalifecycle.dlt.storage.schedule.ScheduleGrounds.planned;
import static io.datalifecycle.dlt.storage.schedule.ScheduleGrounds.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.datalifecycle.dlt.spi.JobQueue.Job;
import io.datalifecycle.dlt.spi.JobQueue.Settings;
import io.datalifecycle.dlt.time.Trigger;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pausing, running and skipping single jobs; what is missed; stopping. */
final class JobControlIT {

    private static final WorkspaceId ONE = new WorkspaceId(1);
    private static final Trigger TEN = Trigger.every(Duration.ofMinutes(10));
    private static final Job REFRESH = new Job("refresh", "pump_10min", TEN);
    private static final Job ALERT = new Job("alert", "level", TEN);
    private static final Instant TICK = Instant.parse("2026-03-01T00:10:00Z");

    private final ScheduleGrounds schedules = new ScheduleGrounds();
    private final Queue<String> runs = new ConcurrentLinkedQueue<>();
    private final DbSchedulerJobQueue queue = schedules.node();

    @BeforeEach
    void plan() {
        queue.put(ONE, List.of(REFRESH, ALERT));
    }

    @AfterEach
    void close() {
        schedules.close();
    }

    private void start() {
        queue.start(run -> runs.add(run.kind() + " " + run.scheduledFor()), settings(ALL, 1));
    }

    private void ran(String... expected) {
        await().atMost(LONG).until(() -> runs.size() == expected.length);
        await().atMost(LONG).until(() -> idle());
        assertThat(runs).containsExactlyInAnyOrder(expected);
        runs.clear();
    }

    private boolean idle() {
        return queue.planned(ONE).stream()
                .allMatch(p -> p.paused() || p.next().orElseThrow().isAfter(schedules.now.get()));
    }

    @Test
    void aPausedJobIsLeftAloneAlsoByNodesThatStartLaterAndWhenItIsPutAgain() {
        queue.control().pause(ONE, "refresh", "pump_10min", true);
        DbSchedulerJobQueue later = schedules.node();
        later.put(ONE, List.of(REFRESH, ALERT));
        later.start(run -> runs.add(run.kind() + " " + run.scheduledFor()), settings(ALL, 1));
        start();
        schedules.now.set(TICK);

        ran("alert 2026-03-01T00:10:00Z");
        assertThat(planned(queue, ONE, REFRESH).paused()).isTrue();
        assertThat(planned(queue, ONE, ALERT).paused()).isFalse();
    }

    @Test
    void aPausedJobStaysPausedWithAnotherTrigger() {
        queue.control().pause(ONE, "refresh", "pump_10min", true);
        Job hourly = new Job("refresh", "pump_10min", Trigger.every(Duration.ofHours(1)));

        queue.put(ONE, List.of(hourly, ALERT));

        assertThat(planned(queue, ONE, hourly).paused()).isTrue();
        assertThat(next(queue, ONE, hourly)).isEqualTo(Instant.parse("2026-03-01T01:00:00Z"));
    }

    @Test
    void aJobThatIsResumedCatchesUpByItsKindsRule() {
        queue.control().pause(ONE, "refresh", "pump_10min", true);
        queue.control().pause(ONE, "alert", "level", true);
        start();
        schedules.now.set(Instant.parse("2026-03-01T05:05:00Z"));

        queue.control().pause(ONE, "refresh", "pump_10min", false);
        queue.control().pause(ONE, "alert", "level", false);

        ran("refresh 2026-03-01T00:10:00Z", "alert 2026-03-01T05:05:00Z");
    }

    @Test
    void afterHoursWithoutANodeEachKindRunsOnceByItsRule() {
        Job report = new Job("report", "daily", Trigger.every(Duration.ofHours(1)));
        Job fetch = new Job("fetch", "inbox", TEN);
        queue.put(ONE, List.of(REFRESH, ALERT, report, fetch));
        schedules.now.set(Instant.parse("2026-03-01T05:05:00Z"));

        start();

        ran(
                "refresh 2026-03-01T00:10:00Z", // from where it stood
                "report 2026-03-01T05:00:00Z", // the latest
                "alert 2026-03-01T05:05:00Z", // now
                "fetch 2026-03-01T05:05:00Z");
        assertThat(next(queue, ONE, REFRESH)).isEqualTo(Instant.parse("2026-03-01T05:10:00Z"));
        assertThat(next(queue, ONE, report)).isEqualTo(Instant.parse("2026-03-01T06:00:00Z"));
    }

    @Test
    void whatIsAskedForRunsNowAndTheScheduleGoesOn() {
        start();
        queue.control().runNow(ONE, "refresh", "pump_10min");

        ran("refresh " + T0);
        assertThat(next(queue, ONE, REFRESH)).isEqualTo(TICK);
    }

    @Test
    void aPausedJobThatIsAskedForRunsOnceAndStaysPaused() {
        queue.control().pause(ONE, "refresh", "pump_10min", true);
        start();
        queue.control().runNow(ONE, "refresh", "pump_10min");
        ran("refresh " + T0);

        schedules.now.set(TICK);
        ran("alert " + TICK);
        assertThat(planned(queue, ONE, REFRESH).paused()).isTrue();
    }

    @Test
    void aJobThatIsAskedForWhileItRunsRunsOnceMore() {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        queue.put(ONE, List.of(REFRESH));
        queue.start(
                run -> {
                    runs.add(run.kind() + " " + run.scheduledFor());
                    running.countDown();
                    ScheduleGrounds.await(goOn);
                },
                settings(ALL, 1));
        schedules.now.set(TICK);
        ScheduleGrounds.await(running);

        queue.control().runNow(ONE, "refresh", "pump_10min");
        schedules.now.set(TICK.plusSeconds(30));
        goOn.countDown();

        ran("refresh 2026-03-01T00:10:00Z", "refresh 2026-03-01T00:10:30Z");
        assertThat(next(queue, ONE, REFRESH)).isEqualTo(Instant.parse("2026-03-01T00:20:00Z"));
    }

    @Test
    void aSkippedRunIsLeftOut() {
        start();
        queue.control().skip(ONE, "refresh", "pump_10min");
        schedules.now.set(TICK);
        ran("alert 2026-03-01T00:10:00Z");

        schedules.now.set(Instant.parse("2026-03-01T00:20:00Z"));
        ran("alert 2026-03-01T00:20:00Z", "refresh 2026-03-01T00:20:00Z");
    }

    @Test
    void skippingWhatIsOverdueLeavesOutAllThatWasMissed() {
        schedules.now.set(Instant.parse("2026-03-01T05:05:00Z"));
        queue.control().skip(ONE, "refresh", "pump_10min");
        queue.control().skip(ONE, "alert", "level");
        start();
        schedules.now.set(Instant.parse("2026-03-01T05:10:00Z"));

        ran("refresh 2026-03-01T05:10:00Z", "alert 2026-03-01T05:10:00Z");
    }

    @Test
    void skippingAJobThatRunsLeavesOutTheRunAfter() {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        queue.put(ONE, List.of(REFRESH));
        queue.start(
                run -> {
                    running.countDown();
                    ScheduleGrounds.await(goOn);
                },
                settings(ALL, 1));
        schedules.now.set(TICK);
        ScheduleGrounds.await(running);

        queue.control().skip(ONE, "refresh", "pump_10min");
        goOn.countDown();

        await().atMost(LONG).until(() -> next(queue, ONE, REFRESH).equals(Instant.parse("2026-03-01T00:30:00Z")));
    }

    @Test
    void jobsThatAreNotThereAreSaidNotToBe() {
        assertThat(queue.control().pause(ONE, "refresh", "pump_1h", true)).isFalse();
        assertThat(queue.control().runNow(ONE, "train", "pump_10min")).isFalse();
        assertThat(queue.control().skip(new WorkspaceId(2), "refresh", "pump_10min"))
                .isFalse();
    }

    @Test
    void aJobWithAnOffsetBeginsLaterAndIsToldWhatItsTriggerSays() {
        Job later = new Job("refresh", "pump_10min", TEN, Duration.ofSeconds(20));
        queue.put(ONE, List.of(later));
        start();
        schedules.now.set(TICK.plusSeconds(19));
        queue.control().runNow(ONE, "refresh", "nothing"); // a round trip, while it is not due
        assertThat(runs).isEmpty();
        schedules.now.set(TICK.plusSeconds(20));

        ran("refresh 2026-03-01T00:10:00Z");
        assertThat(next(queue, ONE, later)).isEqualTo(Instant.parse("2026-03-01T00:20:00Z"));
        assertThat(planned(queue, ONE, later).lastSuccess()).contains(TICK.plusSeconds(20));
    }

    @Test
    void stoppingWaitsForWhatRuns() {
        CountDownLatch running = new CountDownLatch(2);
        CountDownLatch goOn = new CountDownLatch(1);
        queue.start(
                run -> {
                    running.countDown();
                    ScheduleGrounds.await(goOn);
                    runs.add(run.kind());
                },
                settings(ALL, 1));
        schedules.now.set(TICK);
        ScheduleGrounds.await(running);

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(queue::stop);
        assertThat(stopped).isNotDone();
        goOn.countDown();
        stopped.join();

        assertThat(runs).containsExactlyInAnyOrder("refresh", "alert");
        assertThat(queue.planned(ONE))
                .allSatisfy(p -> assertThat(p.next()).contains(Instant.parse("2026-03-01T00:20:00Z")));
    }

    @Test
    void stoppingInterruptsWhatOutlivesThePatience() {
        CountDownLatch running = new CountDownLatch(2);
        CountDownLatch never = new CountDownLatch(1);
        queue.start(
                run -> {
                    running.countDown();
                    ScheduleGrounds.await(never);
                    runs.add(run.kind() + (Thread.currentThread().isInterrupted() ? " interrupted" : ""));
                },
                new Settings(ALL, 1, 2, 1, Duration.ofMillis(200)));
        schedules.now.set(TICK);
        ScheduleGrounds.await(running);

        long began = System.nanoTime();
        queue.stop();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        assertThat(runs).containsExactlyInAnyOrder("refresh interrupted", "alert interrupted");
    }
}
