package io.datalifecycle.dlt;

import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.InvalidInputException;
import io.datalifecycle.dlt.problem.NotFoundException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.schedule.JobKind;
import io.datalifecycle.dlt.schedule.ScheduledJob;
import io.datalifecycle.dlt.spi.JobQueue;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Instant;
import java.util.List;

/**
 * The jobs of a workspace. They come from its template alone; here they are looked at, paused, run, skipped and replayed. What is done holds for
 * all nodes and survives restarts. Methods that take a kind and an item throw {@link NotFoundException} with the nearest known job. Thread-safe.
 */
public final class Schedules {

    private final Engine engine;
    private final WorkspaceContext workspace;

    Schedules(Engine engine, WorkspaceContext workspace) {
        this.engine = engine;
        this.workspace = workspace;
    }

    /** All jobs as they stand, the one that is due next first. */
    public List<ScheduledJob> list() {
        return engine.queue.planned(workspace.id()).stream()
                .flatMap(planned -> JobKind.of(planned.job().kind()).map(kind -> job(kind, planned)).stream())
                .toList();
    }

    /** One job as it stands. */
    public ScheduledJob job(JobKind kind, String item) {
        List<ScheduledJob> jobs = list();
        return jobs.stream()
                .filter(job -> job.kind() == kind && job.item().equals(item))
                .findFirst()
                .orElseThrow(() -> unknown(
                        kind, item, jobs.stream().map(ScheduledJob::name).toList()));
    }

    /** Leaves a job alone until {@link #resume}; a run under way ends. A job that is asked for by {@link #runNow} runs nevertheless. */
    public void pause(JobKind kind, String item) {
        known(engine.queue.control().pause(workspace.id(), kind.label(), item, true), kind, item);
    }

    /** Lets a job run again. Runs that were due meanwhile count as missed; {@link #skip} before resuming leaves them out. */
    public void resume(JobKind kind, String item) {
        known(engine.queue.control().pause(workspace.id(), kind.label(), item, false), kind, item);
    }

    /** Makes a job due now, for a node that has its role and a free thread. One that runs runs once more when it has ended. */
    public void runNow(JobKind kind, String item) {
        known(engine.queue.control().runNow(workspace.id(), kind.label(), item), kind, item);
    }

    /** Leaves out the next run, or what is overdue; of a job that runs, the run after. */
    public void skip(JobKind kind, String item) {
        known(engine.queue.control().skip(workspace.id(), kind.label(), item), kind, item);
    }

    /**
     * Does what a run at that instant would have done, in this thread, paused or not; the schedule stays as it is. Meant for reports, whose
     * span depends on the instant: what was sent for it is not sent again. Other kinds work as of now, as ever.
     *
     * @throws InvalidInputException for an instant that has not come
     */
    public void replay(JobKind kind, String item, Instant scheduledFor) {
        String name = job(kind, item).name();
        Instant now = engine.clock.instant();
        if (scheduledFor.isAfter(now)) {
            throw new InvalidInputException(
                    ProblemCode.INPUT_INVALID,
                    "workspace " + workspace.key() + ": " + name + " cannot be replayed for " + scheduledFor
                            + ", which has not come; it is " + now);
        }
        engine.jobs.run(new JobQueue.Run(
                workspace.id(), kind.label(), item, scheduledFor, JobQueue.Lease.always(workspace.id() + "/" + name)));
    }

    private void known(boolean found, JobKind kind, String item) {
        if (!found) {
            throw unknown(kind, item, list().stream().map(ScheduledJob::name).toList());
        }
    }

    private NotFoundException unknown(JobKind kind, String item, List<String> known) {
        String name = (kind.label() + " " + item).trim();
        return new NotFoundException(
                ProblemCode.ITEM_NOT_FOUND,
                "workspace " + workspace.key() + " has no job " + name + "; " + DidYouMean.hint(name, known));
    }

    private static ScheduledJob job(JobKind kind, JobQueue.Planned planned) {
        return new ScheduledJob(
                kind,
                planned.job().item(),
                planned.job().trigger(),
                planned.next(),
                planned.lastSuccess(),
                planned.lastFailure(),
                planned.failures(),
                planned.paused());
    }
}
