package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.time.Trigger;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Runs jobs when they are due, each on one node at a time. Thread-safe. */
public interface JobQueue {

    /** Makes the jobs of a workspace exactly these; jobs that stay keep their next run. Works whether started or not. */
    void put(WorkspaceId workspace, List<Job> jobs);

    /** Removes all jobs of a workspace. */
    void remove(WorkspaceId workspace);

    /**
     * Starts threads named {@code dlt-scheduler-n}; due jobs are given to the runner.
     *
     * @param patience how long {@link #stop} waits for jobs that run; what runs longer is interrupted
     */
    void start(Runner runner, int threads, Duration patience);

    /** Stops taking jobs and waits for those that run. */
    void stop();

    /** Jobs with their next run, the earliest first. */
    List<Planned> planned(WorkspaceId workspace);

    /**
     * A recurring job. Immutable.
     *
     * @param kind what is done: {@code refresh}, {@code train}, {@code score}, {@code alert}, {@code report}, {@code deliver}, {@code maintain}
     * @param item key of what it is done to, may be empty
     * @param trigger when
     */
    record Job(String kind, String item, Trigger trigger) {}

    /**
     * A job with its next run. Immutable.
     *
     * @param failures runs that failed since the last one that did not
     */
    record Planned(Job job, Instant next, int failures) {}

    /** Does a job. A failure is logged, counted and tried again at its next run. */
    @FunctionalInterface
    interface Runner {
        void run(WorkspaceId workspace, String kind, String item, Instant scheduledFor);
    }
}
