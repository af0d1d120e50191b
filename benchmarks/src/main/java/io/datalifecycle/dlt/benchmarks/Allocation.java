package io.datalifecycle.dlt.benchmarks;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.GcInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import javax.management.ListenerNotFoundException;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/** What all threads allocate, ended ones too, and what each collection leaves, told by the collector. Thread-safe. */
final class Allocation implements AutoCloseable {

    private final Map<Long, long[]> collections = new ConcurrentSkipListMap<>();
    private final NotificationListener listener = (notification, handback) -> {
        if (notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            GarbageCollectionNotificationInfo info =
                    GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData());
            if (!info.getGcName().contains("Concurrent")) { // marks, beside the program
                GcInfo gc = info.getGcInfo();
                collections.put(gc.getId() * 10 + info.getGcName().length() % 10, new long[] {
                    heap(gc.getMemoryUsageBeforeGc()), heap(gc.getMemoryUsageAfterGc()), gc.getStartTime()
                });
            }
        }
    };
    private final long idle;
    private final long before;

    Allocation() {
        System.gc();
        idle = used();
        before = count();
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector).addNotificationListener(listener, null, null);
        }
    }

    private static long count() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(collector -> !collector.getName().contains("Concurrent"))
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    private static long used() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long heap(Map<String, MemoryUsage> pools) {
        return pools.entrySet().stream()
                .filter(pool -> pool.getKey().startsWith("G1"))
                .mapToLong(pool -> pool.getValue().getUsed())
                .sum();
    }

    /** Heap in use before anything ran, in bytes. */
    long idle() {
        return idle;
    }

    /** Bytes allocated since this was made. */
    long bytes() {
        long all = 0;
        long left = idle;
        for (long[] each : inOrder()) {
            all += Math.max(0, each[0] - left);
            left = each[1];
        }
        return all + Math.max(0, used() - left);
    }

    /** The most that a collection left, garbage in old regions included. */
    long peak() {
        return inOrder().stream().mapToLong(each -> each[1]).max().orElse(idle);
    }

    private java.util.List<long[]> inOrder() {
        long end = System.nanoTime() + 5_000_000_000L;
        while (collections.size() < count() - before && System.nanoTime() < end) {
            Thread.onSpinWait(); // notifications come a little later than what they tell
        }
        return collections.values().stream()
                .sorted(java.util.Comparator.comparingLong(each -> each[2]))
                .toList();
    }

    @Override
    public void close() throws ListenerNotFoundException {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector).removeNotificationListener(listener);
        }
    }
}
