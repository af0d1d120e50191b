package io.datalifecycle.dlt.storage.ingest;

import io.datalifecycle.dlt.storage.dialect.TimeTable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Remembers per table whether its last batch met known keys: then the next one goes through staging at once. */
final class Collisions {

    private final Map<TimeTable, AtomicBoolean> last = new ConcurrentHashMap<>();

    AtomicBoolean of(TimeTable table) {
        return last.computeIfAbsent(table, t -> new AtomicBoolean());
    }
}
