package io.datalifecycle.dlt.test;

import io.datalifecycle.dlt.schedule.JobKind;
import io.datalifecycle.dlt.schedule.Misfire;
import io.datalifecycle.dlt.spi.JobControl;
import io.datalifecycle.dlt.spi.JobQueue;
import io.datalifecycle.dlt.test.ManualJob.Key;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A job queue that runs what is due when the clock is moved through it, in the calling thread: a month of schedules in seconds. Jobs due at
 * one instant run in the order of their kinds (refresh, train, score, alert, report, deliver). While it is not started nothing runs; what
 * was missed runs by its kind's rule when the clock moves on after the start. Thread-safe.
 */
public final class ManualJobQueue implements JobQueue {

    private final MovableClock clock;
    private final JobControl control = new Control();
    private final Map<Key, ManualJob> jobs = new LinkedHashMap<>();
    private final TreeSet<ManualJob> due = new TreeSet<>(ManualJob.ORDER);
    private Set<String> roles = Set.of();
    private long runs;
    private @Nullable Runner runner;

    public ManualJobQueue(MovableClock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void put(WorkspaceId workspace, List<Job> wanted) {
        Set<Key> keys = new HashSet<>();
        for (Job job : wanted) {
            Key key = new Key(workspace, job.kind(), job.item());
            keys.add(key);
            ManualJob known = jobs.get(key);
            if (known == null || !known.job.equals(job)) {
                ManualJob planned = new ManualJob(key, job);
                planned.paused = known != null && known.paused;
                planned.after(clock.instant());
                replace(key, planned);
            }
        }
        jobs.values().stream()
                .filter(job -> job.key.workspace().equals(workspace) && !keys.contains(job.key))
                .toList()
                .forEach(this::drop);
    }

    private void replace(Key key, ManualJob planned) {
        ManualJob known = jobs.put(key, planned);
        if (known != null) {
            due.remove(known);
        }
        queue(planned);
    }

    private void drop(ManualJob job) {
        jobs.remove(job.key);
        due.remove(job);
    }

    /** Puts a job where it is found when its time comes, if it is to run here at all. */
    private void queue(ManualJob job) {
        boolean ours = roles.contains(
                JobKind.of(job.key.kind()).map(kind -> kind.role().label()).orElse(""));
        if (ours && job.begins.isPresent() && (!job.paused || job.runNow)) {
            due.add(job);
        }
    }

    @Override
    public synchronized void remove(WorkspaceId workspace) {
        put(workspace, List.of());
    }

    @Override
    public synchronized void start(Runner given, Settings settings) {
        runner = given;
        roles = settings.roles();
        due.clear();
        jobs.values().forEach(this::queue);
    }

    @Override
    public synchronized void stop() {
        runner = null;
        roles = Set.of();
        due.clear();
    }

    @Override
    public synchronized List<Planned> planned(WorkspaceId workspace) {
        return jobs.values().stream()
                .filter(job -> job.key.workspace().equals(workspace))
                .map(ManualJob::planned)
                .sorted(Comparator.comparing(planned -> planned.next().orElse(Instant.MAX)))
                .toList();
    }

    @Override
    public JobControl control() {
        return control;
    }

    /**
     * Moves the clock to an instant and runs every job that becomes due on the way, each at its own instant. Gives how many ran. A job that
     * fails is run again at its next time, as the scheduler does it; jobs run only after {@code dlt.start()}.
     */
    public int advanceTo(Instant to) {
        int ran = 0;
        for (Optional<ManualJob> next = take(to); next.isPresent(); next = take(to)) {
            run(next.get());
            ran++;
        }
        clock.moveTo(to);
        return ran;
    }

    /** The next job that is due by then; the clock stands at its instant, or where it stood when that is past. */
    private synchronized Optional<ManualJob> take(Instant to) {
        if (due.isEmpty() || due.first().begins.orElseThrow().isAfter(to)) {
            return Optional.empty();
        }
        ManualJob job = due.pollFirst();
        Instant begins = job.begins.orElseThrow();
        if (begins.isAfter(clock.instant())) {
            clock.moveTo(begins);
        }
        return Optional.of(job);
    }

    private void run(ManualJob job) {
        Runner current;
        Instant planned;
        Lease lease;
        synchronized (this) {
            current = runner;
            planned = job.scheduledFor.orElseThrow();
            job.runNow = false;
            job.running = true;
            job.token = ++runs;
            long token = job.token;
            lease = new Lease(job.key.toString(), token, () -> isHeld(job, token));
        }
        Instant scheduledFor = JobKind.of(job.key.kind())
                .map(JobKind::misfire)
                .orElse(Misfire.ONCE)
                .scheduledFor(job.job.trigger(), planned, clock.instant());
        boolean ok = false;
        try {
            if (current != null) {
                current.run(new Run(job.key.workspace(), job.key.kind(), job.key.item(), scheduledFor, lease));
            }
            ok = true;
        } catch (RuntimeException failed) {
            // told by the runner itself; the next time comes
        } finally {
            ended(job, planned, ok);
        }
    }

    private synchronized boolean isHeld(ManualJob job, long token) {
        return jobs.get(job.key) == job && job.running && job.token == token;
    }

    private synchronized void ended(ManualJob job, Instant planned, boolean ok) {
        job.ended(planned, clock.instant(), ok);
        if (jobs.get(job.key) == job) {
            queue(job);
        }
    }

    /** What operators do. */
    private final class Control implements JobControl {

        @Override
        public boolean pause(WorkspaceId workspace, String kind, String item, boolean paused) {
            return change(new Key(workspace, kind, item), job -> job.paused = paused);
        }

        @Override
        public boolean runNow(WorkspaceId workspace, String kind, String item) {
            return change(new Key(workspace, kind, item), job -> job.runNow(clock.instant()));
        }

        @Override
        public boolean skip(WorkspaceId workspace, String kind, String item) {
            return change(new Key(workspace, kind, item), job -> job.skip(clock.instant()));
        }

        private boolean change(Key key, Consumer<ManualJob> change) {
            synchronized (ManualJobQueue.this) {
                ManualJob job = jobs.get(key);
                if (job == null) {
                    return false;
                }
                due.remove(job);
                change.accept(job);
                if (!job.running) {
                    queue(job);
                }
                return true;
            }
        }
    }
}
