package io.datalifecycle.dlt.fleet.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Does work for several at once, in their order. */
final class Turns {

    private Turns() {}

    /**
     * Does work for each; returns when nothing runs any more.
     *
     * @param parallel how many at once; one is done in this thread
     * @param work says whether others may begin after it; one that throws lets nobody begin, and what it threw is thrown
     */
    static <T> void take(List<T> items, int parallel, Predicate<T> work) {
        AtomicInteger next = new AtomicInteger();
        AtomicBoolean ended = new AtomicBoolean();
        Runnable loop = () -> {
            for (int i = next.getAndIncrement(); i < items.size() && !ended.get(); i = next.getAndIncrement()) {
                boolean goesOn = false;
                try {
                    goesOn = work.test(items.get(i));
                } finally {
                    if (!goesOn) {
                        ended.set(true);
                    }
                }
            }
        };
        int threads = Math.min(parallel, items.size());
        if (threads <= 1) {
            loop.run();
        } else {
            together(loop, threads, ended);
        }
    }

    private static void together(Runnable loop, int threads, AtomicBoolean ended) {
        ExecutorService pool = Executors.newFixedThreadPool(threads, new FleetThreads());
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            all.add(pool.submit(loop));
        }
        pool.shutdown();
        Throwable first = null;
        for (Future<?> one : all) {
            Throwable failure = outcome(one, ended);
            if (first == null) {
                first = failure;
            } else if (failure != null) {
                first.addSuppressed(failure);
            }
        }
        if (first instanceof Error error) {
            throw error;
        }
        if (first instanceof RuntimeException failure) {
            throw failure;
        }
    }

    /** Who is interrupted lets nobody begin, and waits for what runs: an upgrade is not left alone. */
    private static @Nullable Throwable outcome(Future<?> one, AtomicBoolean ended) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    one.get();
                    return null;
                } catch (InterruptedException e) {
                    interrupted = true;
                    ended.set(true);
                } catch (ExecutionException e) {
                    return e.getCause();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
