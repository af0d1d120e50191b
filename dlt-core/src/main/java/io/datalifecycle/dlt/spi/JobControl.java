package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.workspace.WorkspaceId;

/**
 * What an operator may do to a planned job. All of it holds for every node, also those that start later. Thread-safe. Each method answers
 * false, and does nothing, when there is no such job.
 */
public interface JobControl {

    /** Leaves a job alone, or no longer. A run under way ends. Survives restarts, and a {@code put} of the job with whatever trigger. */
    boolean pause(WorkspaceId workspace, String kind, String item, boolean paused);

    /** Makes a job due now, paused or not; one that runs runs once more when it has ended. */
    boolean runNow(WorkspaceId workspace, String kind, String item);

    /** Leaves out the next run; of a job that runs, the one after. */
    boolean skip(WorkspaceId workspace, String kind, String item);
}
