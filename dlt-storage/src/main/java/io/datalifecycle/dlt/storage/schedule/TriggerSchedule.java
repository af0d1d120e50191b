package io.datalifecycle.dlt.storage.schedule;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import io.datalifecycle.dlt.time.Trigger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A trigger as db-scheduler's schedule. */
record TriggerSchedule(Trigger trigger) implements Schedule {

    /** So far away that it never comes, for a schedule that fires no more. */
    private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

    @Override
    public Instant getNextExecutionTime(ExecutionComplete complete) {
        return trigger.next(complete.getTimeDone()).orElse(NEVER);
    }

    @Override
    public Instant getInitialExecutionTime(Instant now) {
        return trigger.next(now).orElse(NEVER);
    }

    @Override
    public boolean isDeterministic() {
        return true;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TriggerSchedule that && that.trigger.equals(trigger);
    }

    @Override
    public int hashCode() {
        return trigger.hashCode();
    }
}
