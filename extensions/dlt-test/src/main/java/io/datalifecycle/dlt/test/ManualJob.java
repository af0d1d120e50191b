package io.datalifecycle.dlt.test;

import io.datalifecycle.dlt.schedule.JobKind;
import io.datalifecycle.dlt.spi.JobQueue.Job;
import io.datalifecycle.dlt.spi.JobQueue.Planned;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** A job in a {@link ManualJobQueue}, which guards it. */
final class ManualJob {

    /** By the time it begins, then as the scheduler would go through one tick. */
    static final Comparator<ManualJob> ORDER = Comparator.comparing((ManualJob job) -> job.begins.orElse(Instant.MAX))
            .thenComparing(job -> JobKind.of(job.key.kind()).map(Enum::ordinal).orElse(Integer.MAX_VALUE))
            .thenComparing(job -> job.key.workspace().value())
            .thenComparing(job -> job.key.kind())
            .thenComparing(job -> job.key.item());

    /** What a job is known by. */
    record Key(WorkspaceId workspace, String kind, String item) {
        @Override
        public String toString() {
            return workspace + "/" + kind + "/" + item;
        }
    }

    final Key key;
    final Job job;
    Optional<Instant> scheduledFor = Optional.empty();
    Optional<Instant> begins = Optional.empty();
    boolean paused;
    boolean runNow;
    boolean running;
    long token;
    private boolean skipNext;
    private int failures;
    private Optional<Instant> lastSuccess = Optional.empty();
    private Optional<Instant> lastFailure = Optional.empty();

    ManualJob(Key key, Job job) {
        this.key = key;
        this.job = job;
    }

    /** Plans the first run after an instant. */
    void after(Instant instant) {
        at(job.trigger().next(instant));
    }

    private void at(Optional<Instant> next) {
        scheduledFor = next;
        begins = next.map(instant -> instant.plus(job.offset()));
    }

    void runNow(Instant now) {
        runNow = true;
        if (!running) {
            scheduledFor =
                    Optional.of(scheduledFor.filter(next -> next.isBefore(now)).orElse(now));
            begins = Optional.of(begins.filter(next -> next.isBefore(now)).orElse(now));
        }
    }

    void skip(Instant now) {
        runNow = false;
        if (running) {
            skipNext = true;
        } else {
            after(scheduledFor.filter(next -> next.isAfter(now)).orElse(now));
        }
    }

    void ended(Instant planned, Instant now, boolean ok) {
        running = false;
        failures = ok ? 0 : failures + 1;
        lastSuccess = ok ? Optional.of(now) : lastSuccess;
        lastFailure = ok ? lastFailure : Optional.of(now);
        after(planned.isAfter(now) ? planned : now);
        if (skipNext) {
            at(scheduledFor.flatMap(job.trigger()::next));
        }
        skipNext = false;
        if (runNow) {
            scheduledFor = Optional.of(now);
            begins = Optional.of(now);
        }
    }

    Planned planned() {
        return new Planned(job, scheduledFor, failures, paused, lastSuccess, lastFailure);
    }
}
