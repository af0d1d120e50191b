package io.datalifecycle.dlt.connector.internal;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.spi.ConnectorLog;
import io.datalifecycle.dlt.spi.ConnectorType;
import io.datalifecycle.dlt.spi.SharedConnectorType;
import io.datalifecycle.dlt.spi.Storage;
import io.datalifecycle.dlt.template.Connector;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads sources that divide themselves among nodes, a thread each, while background work is on. Every half minute it looks which
 * workspaces there are. Thread-safe.
 */
public final class ConnectorLoops {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectorLoops.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final long LOOK_SECONDS = 30;
    private static final long REST_SECONDS = 5;

    private final Storage storage;
    private final ConnectorRunner runner;
    private final Map<String, ConnectorType> types;
    private final Supplier<List<WorkspaceContext>> active;
    private final Map<String, Loop> loops = new ConcurrentHashMap<>();
    private @Nullable ScheduledExecutorService watch;
    private @Nullable ExecutorService readers;

    /** @param active contexts of the workspaces whose schedules run */
    public ConnectorLoops(
            Storage storage,
            ConnectorRunner runner,
            Map<String, ConnectorType> types,
            Supplier<List<WorkspaceContext>> active) {
        this.storage = storage;
        this.runner = runner;
        this.types = types;
        this.active = active;
    }

    /** Starts reading; does nothing where no such connector type was added. */
    public synchronized void start() {
        if (watch != null || types.values().stream().noneMatch(SharedConnectorType.class::isInstance)) {
            return;
        }
        ThreadFactory threads = new ConnectorThreads();
        readers = Executors.newCachedThreadPool(threads);
        watch = Executors.newSingleThreadScheduledExecutor(threads);
        watch.scheduleWithFixedDelay(this::look, 0, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    /** Stops reading; waits that long for the pieces under way. */
    public synchronized void stop(Duration patience) {
        if (watch == null || readers == null) {
            return;
        }
        watch.shutdownNow();
        loops.values().forEach(Loop::end);
        loops.clear();
        readers.shutdown();
        try {
            if (!readers.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                readers.shutdownNow();
            }
        } catch (InterruptedException e) {
            readers.shutdownNow();
            Thread.currentThread().interrupt();
        }
        watch = null;
        readers = null;
    }

    /** Whether a connector is read by a loop and not by jobs. */
    public static boolean isLooped(Map<String, ConnectorType> types, Connector connector) {
        return types.get(connector.type()) instanceof SharedConnectorType;
    }

    private void look() {
        try {
            Set<String> wanted = new HashSet<>();
            for (WorkspaceContext workspace : active.get()) {
                Set<String> paused = paused(workspace);
                for (Connector connector : workspace.template().connectors()) {
                    if (isLooped(types, connector) && !paused.contains(connector.key())) {
                        String name = workspace.id() + "/" + connector.key();
                        wanted.add(name);
                        begin(name, workspace, connector);
                    }
                }
            }
            loops.keySet().stream()
                    .filter(name -> !wanted.contains(name))
                    .toList()
                    .forEach(this::end);
        } catch (RuntimeException failure) { // the next look comes
            LOG.warn("connectors cannot be looked after: {}", shown(failure));
        }
    }

    private Set<String> paused(WorkspaceContext workspace) {
        Set<String> paused = new HashSet<>();
        for (ConnectorLog.Entry entry : storage.connectors().list(workspace)) {
            if (entry.paused()) {
                paused.add(entry.connector());
            }
        }
        return paused;
    }

    private void begin(String name, WorkspaceContext workspace, Connector connector) {
        Loop known = loops.get(name);
        if (known != null && known.workspace.equals(workspace)) {
            return;
        }
        if (known != null) { // the workspace has another version or other parameters now
            known.end();
        }
        Loop loop = new Loop(workspace, connector);
        loops.put(name, loop);
        ExecutorService threads = readers;
        if (threads != null) {
            threads.execute(loop);
        }
    }

    private void end(String name) {
        Loop loop = loops.remove(name);
        if (loop != null) {
            loop.end();
        }
    }

    private static String shown(RuntimeException failure) {
        return failure instanceof DltException ? String.valueOf(failure.getMessage()) : failure.toString();
    }

    /** Reads one source until it is ended. */
    private final class Loop implements Runnable {

        private final WorkspaceContext workspace;
        private final Connector connector;
        private final AtomicBoolean ended = new AtomicBoolean();
        private final Object rest = new Object();
        private boolean failing;

        Loop(WorkspaceContext workspace, Connector connector) {
            this.workspace = workspace;
            this.connector = connector;
        }

        @Override
        public void run() {
            while (!ended.get() && !Thread.currentThread().isInterrupted()) {
                try {
                    runner.run(workspace, connector, PATIENCE);
                    failing = false;
                } catch (RuntimeException failure) {
                    if (!failing) {
                        LOG.warn(
                                "workspace {}: connector {} failed, it is tried again: {}",
                                workspace.key(),
                                connector.key(),
                                shown(failure));
                    }
                    failing = true;
                    pause();
                }
            }
            runner.close(workspace, connector.key());
        }

        private void pause() {
            synchronized (rest) {
                try {
                    if (!ended.get()) {
                        rest.wait(TimeUnit.SECONDS.toMillis(REST_SECONDS));
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        void end() {
            ended.set(true);
            synchronized (rest) {
                rest.notifyAll();
            }
        }
    }
}
