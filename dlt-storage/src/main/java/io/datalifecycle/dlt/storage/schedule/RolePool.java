package io.datalifecycle.dlt.storage.schedule;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.datalifecycle.dlt.schedule.Gate;
import io.datalifecycle.dlt.schedule.JobKind;
import io.datalifecycle.dlt.schedule.Misfire;
import io.datalifecycle.dlt.schedule.NodeRole;
import io.datalifecycle.dlt.spi.JobQueue.Lease;
import io.datalifecycle.dlt.spi.JobQueue.Run;
import io.datalifecycle.dlt.spi.JobQueue.Runner;
import io.datalifecycle.dlt.spi.JobQueue.Settings;
import io.datalifecycle.dlt.storage.schedule.JobRuns.Picked;
import io.datalifecycle.dlt.storage.sql.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * What one role does on this node: a scheduler of the job library with threads of its own. The library polls, keeps the heart beating and
 * finds dead nodes; which jobs it gets and what becomes of them is {@link JobRuns}'. Starts once, stops once. Thread-safe.
 */
final class RolePool {

    private static final Duration AFTER_PATIENCE = Duration.ofMillis(500);

    private final JobRuns runs;
    private final Gate gate;
    private final Runner runner;
    private final InstantSource clock;
    private final ExecutorService workers;
    private final Scheduler scheduler;
    private final Object picking = new Object();
    private final Object ending = new Object();
    private boolean closed;

    RolePool(Database app, NodeRole role, JobRuns runs, Work work, Timing timing) {
        this.runs = runs;
        this.gate =
                new Gate(work.settings().workspaceConcurrency(), work.settings().databaseConcurrency());
        this.runner = work.runner();
        this.clock = work.clock();
        String threads = "dlt-" + role.label();
        this.workers = Executors.newFixedThreadPool(work.settings().threads(), new RoleThreads(threads));
        this.scheduler = new PollingBuilder(app.dataSource(), task(role), timing.poll())
                .tableName("dlt.job_" + role.label()) // a view: the jobs of other roles are not there
                .jdbcCustomization(new FairFetch((now, places) -> pick(role, now, places)))
                .serializer(new NoSerializer())
                .clock(clock::instant)
                .executorService(workers)
                .dueExecutor(Executors.newSingleThreadExecutor(new RoleThreads(threads + "-poll")))
                .housekeeperExecutor(Executors.newScheduledThreadPool(2, new RoleThreads(threads + "-beat")))
                .threads(work.settings().threads())
                .pollUsingLockAndFetch(0.5, 1.0)
                .heartbeatInterval(timing.heartbeat())
                .missedHeartbeatsLimit(timing.missed())
                .failureLogging(LogLevel.DEBUG, false) // the runner tells, once
                .addSchedulerListener(new Watching())
                .shutdownMaxWait(AFTER_PATIENCE)
                .build();
    }

    /** What all roles of a node share. */
    record Work(Runner runner, Settings settings, InstantSource clock) {}

    private Task<Picked> task(NodeRole role) {
        return Tasks.custom(role.label(), Picked.class)
                .onFailure((complete, operations) -> ended(complete))
                .onDeadExecution((complete, operations) -> {
                    Execution dead = complete.getExecution();
                    runs.revive(dead.getId(), dead.version, clock.instant());
                })
                .execute((instance, context) -> {
                    run(instance, context);
                    return (complete, operations) -> ended(complete);
                });
    }

    private List<Execution> pick(NodeRole role, Instant now, int places) {
        synchronized (picking) {
            if (closed) {
                return List.of();
            }
            return runs.pick(gate, places, now).stream()
                    .map(picked -> execution(role, picked, now))
                    .toList();
        }
    }

    private static Execution execution(NodeRole role, Picked picked, Instant now) {
        TaskInstance<Picked> instance =
                new TaskInstance<>(role.label(), picked.name().toString(), picked);
        return new Execution(picked.begins(), instance, true, null, null, null, 0, now, picked.token());
    }

    private void run(TaskInstance<Picked> instance, ExecutionContext context) {
        Picked picked = instance.getData();
        JobName name = picked.name();
        Instant scheduledFor = JobKind.of(name.kind())
                .map(JobKind::misfire)
                .orElse(Misfire.ONCE)
                .scheduledFor(picked.data().trigger(), picked.scheduledFor(), clock.instant());
        Lease lease = new Lease(name.toString(), picked.token(), () -> runs.isHeld(name, picked.token()));
        runner.run(new Run(name.workspace(), name.kind(), name.item(), scheduledFor, lease));
    }

    private void ended(ExecutionComplete complete) {
        Picked picked = (Picked) complete.getExecution().taskInstance.getData();
        try {
            runs.ended(picked, complete.getResult() == ExecutionComplete.Result.OK, complete.getTimeDone());
        } finally {
            boolean lookAgain;
            synchronized (ending) {
                lookAgain = gate.leave(picked.place());
                ending.notifyAll();
            }
            if (lookAgain) { // others of its workspace may have been held back for it
                scheduler.triggerCheckForDueExecutions();
            }
        }
    }

    void start() {
        scheduler.start();
    }

    /** Takes no more jobs; those that run go on. */
    void close() {
        synchronized (picking) {
            closed = true;
        }
    }

    /** Waits for the jobs that run, until an instant of {@link System#nanoTime}. */
    void awaitIdle(long deadline) throws InterruptedException {
        synchronized (ending) {
            long left = deadline - System.nanoTime();
            while (gate.running() > 0 && left > 0) {
                TimeUnit.NANOSECONDS.timedWait(ending, Math.max(left, 1_000_000));
                left = deadline - System.nanoTime();
            }
        }
    }

    /** Interrupts what still runs. */
    void interrupt() {
        if (gate.running() > 0) {
            workers.shutdownNow();
        }
    }

    void stop() {
        scheduler.stop();
    }

    /** The heart beats while something runs: the moment to look how long it has been running. */
    private final class Watching extends AbstractSchedulerListener {
        @Override
        public void onSchedulerEvent(SchedulerEventType type) {
            if (type == SchedulerEventType.RAN_UPDATE_HEARTBEATS) {
                runner.watch();
            }
        }
    }

    /** Rows are read and written by {@link JobTable} and {@link JobRuns} alone. */
    private static final class NoSerializer implements Serializer {
        @Override
        public byte[] serialize(Object data) {
            throw new UnsupportedOperationException("jobs are planned by JobTable");
        }

        @Override
        public <T> T deserialize(Class<T> type, byte[] bytes) {
            throw new UnsupportedOperationException("jobs are picked by JobRuns");
        }
    }
}
