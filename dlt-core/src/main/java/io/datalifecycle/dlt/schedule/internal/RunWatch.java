package io.datalifecycle.dlt.schedule.internal;

import io.datalifecycle.dlt.schedule.JobKind;
import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of runs that take longer than the budget of their kind: while they still run, when somebody looks in between, else when they end. The
 * listener hears of each such run once; the log of each job once, until it keeps to its budget again. Interrupts nothing. Thread-safe.
 */
final class RunWatch {

    private static final Logger LOG = LoggerFactory.getLogger(RunWatch.class);

    private final InstantSource clock;
    private final DltListener listener;
    private final Set<Watched> running = ConcurrentHashMap.newKeySet();
    private final Set<String> slow = ConcurrentHashMap.newKeySet();

    RunWatch(InstantSource clock, DltListener listener) {
        this.clock = clock;
        this.listener = listener;
    }

    Watched begin(WorkspaceContext workspace, JobKind kind, String item) {
        Watched run = new Watched(workspace, kind, item, clock.instant());
        running.add(run);
        return run;
    }

    /** Looks at all that runs. */
    void look() {
        running.forEach(Watched::look);
    }

    /** A run; closed when it ends. */
    final class Watched implements AutoCloseable {

        private final WorkspaceContext workspace;
        private final JobKind kind;
        private final String item;
        private final Instant began;
        private final AtomicBoolean told = new AtomicBoolean();

        private Watched(WorkspaceContext workspace, JobKind kind, String item, Instant began) {
            this.workspace = workspace;
            this.kind = kind;
            this.item = item;
            this.began = began;
        }

        private void look() {
            Duration took = Duration.between(began, clock.instant());
            if (took.compareTo(kind.budget()) > 0 && told.compareAndSet(false, true)) {
                listener.onJobSlow(workspace, kind.label(), item, took);
                if (slow.add(name())) {
                    LOG.warn(
                            "workspace {}: {} {} runs for {} now, its budget is {}; it is left alone, other jobs wait for its thread",
                            workspace.key(),
                            kind.label(),
                            item,
                            took,
                            kind.budget());
                }
            }
        }

        @Override
        public void close() {
            look();
            running.remove(this);
            if (!told.get()) {
                slow.remove(name());
            }
        }

        private String name() {
            return workspace.id() + "/" + kind.label() + "/" + item;
        }
    }
}
