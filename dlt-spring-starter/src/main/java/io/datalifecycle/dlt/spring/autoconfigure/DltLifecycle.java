package io.datalifecycle.dlt.spring.autoconfigure;

import io.datalifecycle.dlt.Dlt;
import org.springframework.context.SmartLifecycle;

/** Starts background work after everything else and stops it first. */
final class DltLifecycle implements SmartLifecycle {

    private final Dlt dlt;
    private final boolean enabled;
    private final int threads;
    private volatile boolean running;

    DltLifecycle(Dlt dlt, boolean enabled, int threads) {
        this.dlt = dlt;
        this.enabled = enabled;
        this.threads = threads;
    }

    @Override
    public void start() {
        dlt.start(threads);
        running = true;
    }

    @Override
    public void stop() {
        dlt.stop();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public boolean isAutoStartup() {
        return enabled;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 1_000;
    }
}
