package io.datalifecycle.dlt.feature.internal;

import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.ProblemCode;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The rest between two pieces of a throttled backfill, in real time: it spares the database, which knows no other. */
final class Rest {

    private Rest() {}

    /** Rests so that work made up the given share of the time; ends at once when the thread is interrupted. */
    static void after(Duration work, double share) {
        long nanos = (long) (work.toNanos() * (1 - share) / share);
        try {
            while (new CountDownLatch(1).await(nanos, TimeUnit.NANOSECONDS)) {
                // nobody counts it down: only the time ends it
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConflictException(
                    ProblemCode.RUN_TAKEN_OVER, "backfill: interrupted between two pieces; call it again to go on");
        }
    }
}
