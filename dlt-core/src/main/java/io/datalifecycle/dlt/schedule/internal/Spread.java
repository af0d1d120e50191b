package io.datalifecycle.dlt.schedule.internal;

import io.datalifecycle.dlt.schedule.JobKind;
import io.datalifecycle.dlt.time.Trigger;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;

/**
 * How much later than its schedule says a job begins, so that a thousand workspaces with one schedule do not begin in one second. Always the
 * same for one job, on every node and after every restart. Immutable.
 *
 * @param window largest offset
 */
record Spread(Duration window) {

    /** Offsets must not change with the day they are computed on, so the distance of runs is measured from here. */
    private static final Instant FIXED = Instant.parse("2024-01-01T00:00:00Z");

    private static final Instant LOOKED_UNTIL = FIXED.plus(Duration.ofDays(400));
    private static final int RUNS_LOOKED_AT = 16;
    private static final int PART_OF_INTERVAL = 10;

    /** A thousand workspaces of a template ask for the same few schedules, and each answer takes milliseconds. */
    private static final Map<Trigger, Duration> SHORTEST = new ConcurrentHashMap<>();

    private static final int MOST_KEPT = 1_000;

    Duration offset(WorkspaceId workspace, JobKind kind, String item, Trigger trigger) {
        if (!kind.isSpread() || window.isZero()) {
            return Duration.ZERO;
        }
        long most = Math.min(window.toMillis(), shortest(trigger).toMillis() / PART_OF_INTERVAL);
        CRC32 hash = new CRC32();
        hash.update((workspace.value() + "/" + kind.label() + "/" + item).getBytes(StandardCharsets.UTF_8));
        // neighbouring numbers differ in few bits of the sum; multiplying carries them into the upper ones
        long mixed = (hash.getValue() * 0x9E3779B97F4A7C15L) >>> 32;
        return Duration.ofMillis(mixed * (most + 1) >>> 32);
    }

    /** The shortest distance between the next few runs. */
    private static Duration shortest(Trigger trigger) {
        if (trigger.every().isPresent()) {
            return trigger.every().get();
        }
        if (SHORTEST.size() >= MOST_KEPT) {
            SHORTEST.clear();
        }
        return SHORTEST.computeIfAbsent(trigger, Spread::shortestOfRuns);
    }

    private static Duration shortestOfRuns(Trigger trigger) {
        Duration shortest = Duration.ofDays(1);
        Optional<Instant> run = trigger.next(FIXED);
        for (int i = 0; i < RUNS_LOOKED_AT && run.isPresent() && run.get().isBefore(LOOKED_UNTIL); i++) {
            Optional<Instant> next = trigger.next(run.get());
            if (next.isPresent()) {
                Duration distance = Duration.between(run.get(), next.get());
                shortest = distance.compareTo(shortest) < 0 ? distance : shortest;
            }
            run = next;
        }
        return shortest;
    }
}
