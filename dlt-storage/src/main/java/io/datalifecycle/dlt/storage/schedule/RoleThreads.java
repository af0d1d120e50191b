package io.datalifecycle.dlt.storage.schedule;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads of {@code start()}, named for the role whose work they do. They keep no process alive. */
final class RoleThreads implements ThreadFactory {

    private final String prefix;
    private final AtomicInteger numbers = new AtomicInteger();

    RoleThreads(String prefix) {
        this.prefix = prefix;
    }

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(work, prefix + "-" + numbers.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
