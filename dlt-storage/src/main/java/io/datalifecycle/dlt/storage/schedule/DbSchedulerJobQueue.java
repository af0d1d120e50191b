package io.datalifecycle.dlt.storage.schedule;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.datalifecycle.dlt.spi.JobQueue;
import io.datalifecycle.dlt.storage.sql.Database;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Recurring jobs in {@code dlt.job}, run by db-scheduler: each on one node at a time, a dead node's jobs picked up after a minute. A
 * job's instance is {@code workspace/kind/item}. Thread-safe.
 */
public final class DbSchedulerJobQueue implements JobQueue {

    private static final String TABLE = "dlt.job";
    private static final String TASK = "dlt";

    private final Database app;
    private final InstantSource clock;
    private final AtomicInteger threadNumbers = new AtomicInteger();
    private final Task<JobData> task;
    private @Nullable SchedulerClient client;
    private volatile @Nullable Runner runner;
    private @Nullable Scheduler scheduler;

    public DbSchedulerJobQueue(Database app, InstantSource clock) {
        this.app = app;
        this.clock = clock;
        this.task = Tasks.custom(TASK, JobData.class)
                .onFailure(this::planAgain)
                .onDeadExecutionRevive()
                .execute((instance, context) -> {
                    run(instance, context);
                    return this::planAgain;
                });
    }

    /** Made when first needed: it asks the database what it is, and nothing is connected before the storage is opened. */
    private synchronized SchedulerClient client() {
        SchedulerClient made = client;
        if (made == null) {
            made = SchedulerClient.Builder.create(app.dataSource(), List.of(task))
                    .tableName(TABLE)
                    .serializer(new JobData.JsonSerializer())
                    .build();
            client = made;
        }
        return made;
    }

    private void run(TaskInstance<JobData> instance, ExecutionContext context) {
        Runner current = runner;
        if (current != null) {
            String[] parts = instance.getId().split("/", 3);
            current.run(
                    new WorkspaceId(Long.parseLong(parts[0])),
                    parts[1],
                    parts[2],
                    context.getExecution().executionTime);
        }
    }

    /** Plans the next run; a job that was removed or replaced while it ran is not ours any more. */
    private void planAgain(ExecutionComplete complete, ExecutionOperations<JobData> operations) {
        Execution execution = complete.getExecution();
        if (isThere(execution)) {
            JobData data = (JobData) execution.taskInstance.getData();
            operations.reschedule(complete, data.getSchedule().getNextExecutionTime(complete));
        }
    }

    private boolean isThere(Execution execution) {
        String id = execution.taskInstance.getId();
        return app.inTransaction(
                "job " + id,
                handle -> handle.createQuery(
                                "SELECT true FROM dlt.job WHERE task_name = :task AND task_instance = :id AND picked AND version = :version")
                        .bind("task", TASK)
                        .bind("id", id)
                        .bind("version", execution.version)
                        .mapTo(Boolean.class)
                        .findOne()
                        .isPresent());
    }

    @Override
    public void put(WorkspaceId workspace, List<Job> jobs) {
        Map<String, JobData> there = stored(workspace);
        Set<String> wanted = new HashSet<>();
        for (Job job : jobs) {
            String id = id(workspace, job);
            wanted.add(id);
            JobData data = new JobData(job.trigger());
            JobData known = there.get(id);
            if (known != null && !known.equals(data)) {
                cancel(id);
            }
            client().scheduleIfNotExists(task.instance(id, data), first(job));
        }
        there.keySet().stream().filter(id -> !wanted.contains(id)).forEach(this::cancel);
    }

    private Instant first(Job job) {
        return new TriggerSchedule(job.trigger()).getInitialExecutionTime(clock.instant());
    }

    private Map<String, JobData> stored(WorkspaceId workspace) {
        Map<String, JobData> jobs = new ConcurrentHashMap<>();
        app.inTransaction("jobs of workspace " + workspace, handle -> {
            handle.createQuery(
                            "SELECT task_instance, task_data FROM dlt.job WHERE task_name = :task AND task_instance LIKE :prefix")
                    .bind("task", TASK)
                    .bind("prefix", workspace.value() + "/%")
                    .map((row, context) -> jobs.put(row.getString(1), JobData.read(row.getBytes(2))) == null)
                    .list();
            return true;
        });
        return jobs;
    }

    @Override
    public void remove(WorkspaceId workspace) {
        stored(workspace).keySet().forEach(this::cancel);
    }

    /** Straight from the table: the library refuses to touch a job that runs. Its run ends, and finds nothing to plan anew. */
    private void cancel(String id) {
        app.inTransaction(
                "job " + id,
                handle -> handle.createUpdate("DELETE FROM dlt.job WHERE task_name = :task AND task_instance = :id")
                        .bind("task", TASK)
                        .bind("id", id)
                        .execute());
    }

    @Override
    public synchronized void start(Runner runner, int threads, Duration patience) {
        this.runner = runner;
        if (scheduler == null) {
            Scheduler created = new PollingBuilder(app.dataSource(), task)
                    .tableName(TABLE)
                    .serializer(new JobData.JsonSerializer())
                    .clock(clock::instant)
                    .executorService(executor(threads))
                    .threads(threads)
                    .pollUsingLockAndFetch(0.5, 1.0)
                    .heartbeatInterval(Duration.ofSeconds(10))
                    .missedHeartbeatsLimit(6)
                    .shutdownMaxWait(patience)
                    .build();
            created.start();
            scheduler = created;
        }
    }

    private ExecutorService executor(int threads) {
        ThreadFactory factory = work -> {
            Thread thread = new Thread(work, "dlt-scheduler-" + threadNumbers.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        return Executors.newFixedThreadPool(threads, factory);
    }

    @Override
    public synchronized void stop() {
        if (scheduler != null) {
            scheduler.stop();
            scheduler = null;
        }
    }

    @Override
    public List<Planned> planned(WorkspaceId workspace) {
        return app.inTransaction(
                "jobs of workspace " + workspace,
                handle -> handle.createQuery(
                                "SELECT task_instance, task_data, execution_time, consecutive_failures FROM dlt.job WHERE task_name = :task AND task_instance LIKE :prefix "
                                        + "ORDER BY execution_time, task_instance")
                        .bind("task", TASK)
                        .bind("prefix", workspace.value() + "/%")
                        .map((row, context) -> {
                            String[] parts = row.getString(1).split("/", 3);
                            return new Planned(
                                    new Job(
                                            parts[1],
                                            parts[2],
                                            JobData.read(row.getBytes(2)).trigger()),
                                    row.getObject(3, OffsetDateTime.class)
                                            .withOffsetSameInstant(ZoneOffset.UTC)
                                            .toInstant(),
                                    row.getInt(4)); // null, before the first run, reads as 0
                        })
                        .list());
    }

    private static String id(WorkspaceId workspace, Job job) {
        return workspace.value() + "/" + job.kind() + "/" + job.item();
    }
}
