package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.time.Trigger;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Runs jobs when they are due, each on one node at a time. Thread-safe. */
public interface JobQueue {

    /**
     * Makes the jobs of a workspace exactly these, in one transaction; jobs that stay keep their next run, jobs with another trigger or
     * offset are planned anew, paused jobs stay paused. Works whether started or not.
     */
    void put(WorkspaceId workspace, List<Job> jobs);

    /** Removes all jobs of a workspace. */
    void remove(WorkspaceId workspace);

    /** Starts threads named {@code dlt-<role>-n}; due jobs are given to the runner. */
    void start(Runner runner, Settings settings);

    /** Stops taking jobs and waits for those that run, up to the patience of the settings; what runs longer is interrupted. */
    void stop();

    /** Jobs as they stand, the one that is due next first. */
    List<Planned> planned(WorkspaceId workspace);

    /** Pausing, running and skipping single jobs. */
    JobControl control();

    /**
     * A recurring job. Immutable.
     *
     * @param kind what is done: {@code refresh}, {@code train}, {@code score}, {@code alert}, {@code report}, {@code deliver}, {@code maintain}
     * @param item key of what it is done to, may be empty
     * @param trigger when
     * @param offset how much later than its trigger says it begins, so that not all begin at once; the runner is told what the trigger says
     */
    record Job(String kind, String item, Trigger trigger, Duration offset) {

        public Job {
            if (offset.isNegative()) {
                throw new IllegalArgumentException("offset: " + offset + " is negative");
            }
        }

        /** A job that begins when its trigger says. */
        public Job(String kind, String item, Trigger trigger) {
            this(kind, item, trigger, Duration.ZERO);
        }
    }

    /**
     * A job as it stands. Immutable.
     *
     * @param next the next run as the trigger has it; empty when there is none, ever
     * @param failures runs that failed since the last one that did not
     * @param paused whether it is left alone
     * @param lastSuccess when a run last ended well
     * @param lastFailure when a run last failed
     */
    record Planned(
            Job job,
            Optional<Instant> next,
            int failures,
            boolean paused,
            Optional<Instant> lastSuccess,
            Optional<Instant> lastFailure) {}

    /**
     * What a node runs, and how much of it at once.
     *
     * @param roles labels of {@code NodeRole}; jobs of others are left alone
     * @param threads most jobs at once in each role
     * @param workspaceConcurrency most jobs of one workspace at once in each role
     * @param databaseConcurrency most jobs of one data database at once in each role
     * @param patience how long stopping waits for jobs that run
     */
    record Settings(
            Set<String> roles, int threads, int workspaceConcurrency, int databaseConcurrency, Duration patience) {

        public Settings {
            roles = Set.copyOf(roles);
        }
    }

    /**
     * A run of a job.
     *
     * @param scheduledFor the instant it is for, by the kind's rule for runs that were missed; never later than now
     */
    record Run(WorkspaceId workspace, String kind, String item, Instant scheduledFor, Lease lease) {}

    /**
     * The right to do a run's work. A node that stood still for a minute has lost it: another one runs the job again. Whoever writes asks
     * before he does, in the transaction of the writing if that can be; a larger token of the same job is the later one.
     *
     * @param job the job's name, unique
     * @param token grows with every run of a job, whichever node runs it
     * @param held asks the queue
     */
    record Lease(String job, long token, BooleanSupplier held) {

        /** Asks whether this run is still the owner of its job; throws what the queue throws when it cannot be asked. */
        public boolean isHeld() {
            return held.getAsBoolean();
        }

        /** For work that no queue has given out: nobody can take it over. */
        public static Lease always(String job) {
            return new Lease(job, Long.MAX_VALUE, () -> true);
        }
    }

    /** Does a job. A failure is logged, counted and tried again at its next run. */
    @FunctionalInterface
    interface Runner {
        void run(Run run);

        /** Called every few seconds while something runs, in a thread of the queue: for telling that a run takes long. Be quick. */
        default void watch() {}
    }
}
