package io.datalifecycle.dlt.test;

import io.datalifecycle.dlt.schedule.JobKind;
import io.datalifecycle.dlt.spi.JobQueue;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A job queue that runs what is due when the clock is moved through it, in the calling thread: a month of schedules in seconds. Jobs due at
 * one instant run in the order of their kinds (refresh, train, score, alert, report, deliver). Thread-safe.
 */
public final class ManualJobQueue implements JobQueue {

    private record Key(WorkspaceId workspace, String kind, String item) {}

    private static final class Entry {
        private final Job job;
        private Instant next;
        private int failures;

        Entry(Job job, Instant next) {
            this.job = job;
            this.next = next;
        }
    }

    private final MovableClock clock;
    private final Map<Key, Entry> entries = new LinkedHashMap<>();
    private @Nullable Runner runner;

    public ManualJobQueue(MovableClock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void put(WorkspaceId workspace, List<Job> jobs) {
        List<Key> wanted = new ArrayList<>();
        for (Job job : jobs) {
            Key key = new Key(workspace, job.kind(), job.item());
            wanted.add(key);
            Entry known = entries.get(key);
            if (known == null || !known.job.equals(job)) {
                job.trigger().next(clock.instant()).ifPresent(next -> entries.put(key, new Entry(job, next)));
            }
        }
        entries.keySet().removeIf(key -> key.workspace().equals(workspace) && !wanted.contains(key));
    }

    @Override
    public synchronized void remove(WorkspaceId workspace) {
        entries.keySet().removeIf(key -> key.workspace().equals(workspace));
    }

    @Override
    public synchronized void start(Runner runner, int threads, Duration patience) {
        this.runner = runner;
    }

    @Override
    public synchronized void stop() {
        runner = null;
    }

    @Override
    public synchronized List<Planned> planned(WorkspaceId workspace) {
        return entries.entrySet().stream()
                .filter(e -> e.getKey().workspace().equals(workspace))
                .map(e -> new Planned(e.getValue().job, e.getValue().next, e.getValue().failures))
                .sorted(Comparator.comparing(Planned::next))
                .toList();
    }

    /**
     * Moves the clock to an instant and runs every job that becomes due on the way, each at its own instant. Gives how many ran. A job that
     * fails is run again at its next time, as the scheduler does it; jobs run only after {@code dlt.start()}.
     */
    public int advanceTo(Instant to) {
        int ran = 0;
        for (Optional<Map.Entry<Key, Entry>> due = due(to); due.isPresent(); due = due(to)) {
            Key key = due.get().getKey();
            Instant at = due.get().getValue().next;
            clock.moveTo(at.isBefore(clock.instant()) ? clock.instant() : at);
            synchronized (this) {
                Entry entry = due.get().getValue();
                Optional<Instant> next = entry.job.trigger().next(at);
                if (next.isPresent()) {
                    entry.next = next.get();
                } else {
                    entries.remove(key);
                }
            }
            ran += run(key, due.get().getValue(), at);
        }
        clock.moveTo(to);
        return ran;
    }

    private int run(Key key, Entry entry, Instant at) {
        Runner current;
        synchronized (this) {
            current = runner;
        }
        if (current == null) {
            return 0;
        }
        try {
            current.run(key.workspace(), key.kind(), key.item(), at);
        } catch (RuntimeException failed) {
            // told by the runner itself; the next time comes
            failed(entry, true);
            return 1;
        }
        failed(entry, false);
        return 1;
    }

    private synchronized void failed(Entry entry, boolean failed) {
        entry.failures = failed ? entry.failures + 1 : 0;
    }

    private synchronized Optional<Map.Entry<Key, Entry>> due(Instant to) {
        return entries.entrySet().stream()
                .filter(e -> !e.getValue().next.isAfter(to))
                .min(Comparator.comparing((Map.Entry<Key, Entry> e) -> e.getValue().next)
                        .thenComparing(e ->
                                JobKind.of(e.getKey().kind()).map(Enum::ordinal).orElse(Integer.MAX_VALUE))
                        .thenComparing(e -> e.getKey().workspace().value())
                        .thenComparing(e -> e.getKey().item()));
    }
}
