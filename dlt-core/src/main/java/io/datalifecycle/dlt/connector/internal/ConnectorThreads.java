package io.datalifecycle.dlt.connector.internal;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Daemon threads named {@code dlt-connector-n}: the only place where connectors make threads. */
final class ConnectorThreads implements ThreadFactory {

    private final AtomicInteger number = new AtomicInteger();

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "dlt-connector-" + number.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
