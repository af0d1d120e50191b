package io.datalifecycle.dlt.fleet.internal;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Daemon threads named {@code dlt-fleet-n}, which end before the call returns that asked for them: the only place where fleets make threads. */
final class FleetThreads implements ThreadFactory {

    private final AtomicInteger number = new AtomicInteger();

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "dlt-fleet-" + number.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
