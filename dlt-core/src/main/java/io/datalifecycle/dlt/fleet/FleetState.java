package io.datalifecycle.dlt.fleet;

/** How a run stands. */
public enum FleetState {
    /** Something is due now, or is being done. */
    RUNNING,
    /** The next wave waits until its time has come. */
    PAUSED,
    /** It waits for a decision: resume it, roll it back or end it. */
    STOPPED,
    /** Those that were done are brought back. */
    ROLLING_BACK,
    /** All waves are through; single workspaces may have failed. */
    DONE,
    /** Those that were done are where they came from. */
    ROLLED_BACK
}
