package io.datalifecycle.dlt.storage.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.datalifecycle.dlt.spi.JobQueue;
import io.datalifecycle.dlt.spi.JobQueue.Job;
import io.datalifecycle.dlt.spi.JobQueue.Planned;
import io.datalifecycle.dlt.storage.AppGrounds;
import io.datalifecycle.dlt.time.Trigger;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DbSchedulerJobQueueIT {

    private static final Instant T0 = Instant.parse("2026-03-01T00:03:00Z");
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final WorkspaceId ONE = new WorkspaceId(1);
    private static final WorkspaceId TEN = new WorkspaceId(10);
    private static final Job REFRESH = new Job("refresh", "pump_10min", Trigger.every(Duration.ofMinutes(10)));
    private static final Job TRAIN = new Job("train", "m", Trigger.cron("0 3 * * *", ZoneId.of("Europe/Berlin")));

    private final AtomicReference<Instant> now = new AtomicReference<>(T0);
    private final Queue<String> runs = new ConcurrentLinkedQueue<>();
    private AppGrounds grounds;
    private DbSchedulerJobQueue queue;

    @BeforeEach
    void open() {
        grounds = new AppGrounds(now::get);
        queue = queue();
    }

    @AfterEach
    void close() {
        queue.stop();
        grounds.close();
    }

    private DbSchedulerJobQueue queue() {
        return new DbSchedulerJobQueue(
                grounds.app, now::get, new Timing(Duration.ofMillis(50), Duration.ofSeconds(10), 6));
    }

    private JobQueue.Runner recorder() {
        return run -> runs.add(run.workspace() + " " + run.kind() + " " + run.item() + " " + run.scheduledFor());
    }

    private static JobQueue.Settings settings(int threads) {
        return new JobQueue.Settings(
                Set.of("scheduler", "features", "models", "alerts"), threads, 2, threads, PATIENCE);
    }

    private static Planned planned(Job job, String next) {
        return new Planned(job, Optional.of(Instant.parse(next)), 0, false, Optional.empty(), Optional.empty());
    }

    private Instant next(String kind) {
        return queue.planned(ONE).stream()
                .filter(p -> p.job().kind().equals(kind))
                .findFirst()
                .orElseThrow()
                .next()
                .orElseThrow();
    }

    @Test
    void jobsArePlannedBeforeAnythingIsStarted() {
        queue.put(ONE, List.of(TRAIN, REFRESH, new Job("deliver", "", Trigger.every(Duration.ofHours(1)))));
        queue.put(TEN, List.of(REFRESH));

        assertThat(queue.planned(ONE))
                .containsExactly(
                        planned(REFRESH, "2026-03-01T00:10:00Z"),
                        planned(new Job("deliver", "", Trigger.every(Duration.ofHours(1))), "2026-03-01T01:00:00Z"),
                        planned(TRAIN, "2026-03-01T02:00:00Z"));
    }

    @Test
    void puttingAgainKeepsTheNextRunOfWhatStaysAndDropsWhatIsGone() {
        queue.put(ONE, List.of(REFRESH, TRAIN));
        queue.put(TEN, List.of(REFRESH));
        now.set(T0.plus(Duration.ofMinutes(30)));

        queue.put(ONE, List.of(REFRESH));

        assertThat(queue.planned(ONE)).containsExactly(planned(REFRESH, "2026-03-01T00:10:00Z"));
        assertThat(queue.planned(TEN)).hasSize(1);
    }

    @Test
    void removingTakesTheJobsOfThatWorkspaceOnly() {
        queue.put(ONE, List.of(REFRESH, TRAIN));
        queue.put(TEN, List.of(REFRESH));

        queue.remove(ONE);
        queue.remove(ONE);

        assertThat(queue.planned(ONE)).isEmpty();
        assertThat(queue.planned(TEN)).hasSize(1);
    }

    @Test
    void anotherTriggerPlansAnew() {
        queue.put(ONE, List.of(REFRESH));
        queue.put(ONE, List.of(new Job("refresh", "pump_10min", Trigger.every(Duration.ofHours(6)))));

        assertThat(next("refresh")).isEqualTo(Instant.parse("2026-03-01T06:00:00Z"));
    }

    @Test
    void aDueJobRunsOnceByTheGivenClockAndIsPlannedAgain() {
        queue.put(ONE, List.of(REFRESH));
        queue.start(recorder(), settings(2));
        now.set(Instant.parse("2026-03-01T00:10:01Z"));

        await().atMost(LONG).until(() -> next("refresh").equals(Instant.parse("2026-03-01T00:20:00Z")));
        assertThat(runs).containsExactly("1 refresh pump_10min 2026-03-01T00:10:00Z");
    }

    @Test
    void runsThatWereMissedAreMadeUpForOnce() {
        queue.put(ONE, List.of(REFRESH));
        now.set(Instant.parse("2026-03-01T05:05:00Z"));
        queue.start(recorder(), settings(2));

        await().atMost(LONG).until(() -> next("refresh").equals(Instant.parse("2026-03-01T05:10:00Z")));
        assertThat(runs).hasSize(1);
    }

    @Test
    void aFailureIsTriedAtTheNextRun() {
        queue.put(ONE, List.of(REFRESH));
        queue.start(
                run -> {
                    runs.add(run.scheduledFor().toString());
                    throw new IllegalStateException("on purpose");
                },
                settings(1));
        now.set(Instant.parse("2026-03-01T00:10:00Z"));
        await().atMost(LONG).until(() -> next("refresh").equals(Instant.parse("2026-03-01T00:20:00Z")));
        now.set(Instant.parse("2026-03-01T00:20:00Z"));

        await().atMost(LONG).until(() -> next("refresh").equals(Instant.parse("2026-03-01T00:30:00Z")));
        assertThat(runs).containsExactly("2026-03-01T00:10:00Z", "2026-03-01T00:20:00Z");
    }

    @Test
    void ofTwoQueuesOnOneDatabaseOneRunsEachDueJob() {
        DbSchedulerJobQueue second = queue();
        List<Job> jobs = java.util.stream.IntStream.range(0, 20)
                .mapToObj(i -> new Job("refresh", "f" + i, Trigger.every(Duration.ofMinutes(10))))
                .toList();
        queue.put(ONE, jobs);
        try {
            queue.start(recorder(), settings(2));
            second.start(recorder(), settings(2));
            now.set(Instant.parse("2026-03-01T00:10:00Z"));

            await().atMost(LONG)
                    .until(() -> queue.planned(ONE).stream()
                            .allMatch(p -> p.next().equals(Optional.of(Instant.parse("2026-03-01T00:20:00Z")))));
            assertThat(runs).hasSize(20).doesNotHaveDuplicates();
        } finally {
            second.stop();
        }
    }

    @Test
    void aTriggerThatChangedWhileNothingRanHoldsAfterTheRestart() {
        queue.put(ONE, List.of(REFRESH));
        queue.start(recorder(), settings(1));
        queue.stop();

        DbSchedulerJobQueue restarted = queue();
        restarted.put(ONE, List.of(new Job("refresh", "pump_10min", Trigger.every(Duration.ofMinutes(5)))));
        try {
            restarted.start(recorder(), settings(1));
            now.set(Instant.parse("2026-03-01T00:05:00Z"));
            await().atMost(LONG).until(() -> next("refresh").equals(Instant.parse("2026-03-01T00:10:00Z")));
            assertThat(runs).containsExactly("1 refresh pump_10min 2026-03-01T00:05:00Z");
        } finally {
            restarted.stop();
        }
    }

    @Test
    void aQueueStartsAgainAfterItWasStopped() {
        queue.put(ONE, List.of(REFRESH));
        queue.start(recorder(), settings(1));
        queue.stop();
        queue.stop();
        queue.start(recorder(), settings(1));
        now.set(Instant.parse("2026-03-01T00:10:00Z"));

        await().atMost(LONG).until(() -> runs.size() == 1);
    }

    @Test
    void aJobPutAgainWhileItRunsIsPlannedOnce() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        queue.put(ONE, List.of(REFRESH));
        queue.start(
                run -> {
                    running.countDown();
                    waitFor(goOn);
                    runs.add(run.scheduledFor().toString());
                },
                settings(2));
        now.set(Instant.parse("2026-03-01T00:10:00Z"));
        assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();

        Job changed = new Job("refresh", "pump_10min", Trigger.every(Duration.ofHours(1)));
        queue.put(ONE, List.of(changed));
        goOn.countDown();

        await().atMost(LONG).until(() -> runs.size() == 1);
        await().atMost(LONG).until(() -> queue.planned(ONE).equals(List.of(planned(changed, "2026-03-01T01:00:00Z"))));
    }

    @Test
    void aJobRemovedWhileItRunsIsGone() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        queue.put(ONE, List.of(REFRESH));
        queue.start(
                run -> {
                    running.countDown();
                    waitFor(goOn);
                    runs.add(run.scheduledFor().toString());
                },
                settings(2));
        now.set(Instant.parse("2026-03-01T00:10:00Z"));
        assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();

        queue.remove(ONE);
        goOn.countDown();

        await().atMost(LONG).until(() -> runs.size() == 1);
        queue.stop();
        assertThat(queue.planned(ONE)).isEmpty();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
