package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Duration;
import java.time.Instant;

/** Hears what happens, for meters and hosts. Called in the working thread after the fact: be quick, do not throw. */
public interface DltListener {

    /** Rows went into a store. */
    default void onIngest(
            WorkspaceContext workspace, String store, long accepted, long duplicate, long rejected, Duration took) {}

    /** The same, when rows were stored or known already: the latest time among them. */
    default void onNewest(WorkspaceContext workspace, String store, Instant newest) {}

    /** Rows of a store were corrected or deleted; not called for a correction that was refused. */
    default void onCorrect(WorkspaceContext workspace, String store, long changed, long deleted, Duration took) {}

    /** A connector has read what there was; {@code rows} counts all rows it read. */
    default void onFetch(WorkspaceContext workspace, String connector, long rows, Duration took) {}

    /** A featurestore was brought up to date. */
    default void onRefresh(WorkspaceContext workspace, String store, long written, long removed, Duration took) {}

    /** A featurestore is complete up to this instant: all its buckets that ended by then hold what its sources say. */
    default void onFresh(WorkspaceContext workspace, String store, Instant completeUntil) {}

    /** A check of a featurestore was looked at: so many rows break it, 0 when it holds. */
    default void onCheck(WorkspaceContext workspace, String store, String check, long failed) {}

    /** A model version was trained. */
    default void onTrain(WorkspaceContext workspace, String model, int version, Duration took) {}

    /** Rows were scored. */
    default void onScore(WorkspaceContext workspace, String model, long rows, Duration took) {}

    /** A metric was evaluated. */
    default void onMetric(WorkspaceContext workspace, String metric, Duration took) {}

    /** An alert changed its state. */
    default void onAlert(WorkspaceContext workspace, AlertTransition transition) {}

    /** A message went out, or did not. */
    default void onDelivery(WorkspaceContext workspace, String channel, boolean delivered, Duration took) {}

    /** A job of the scheduler failed. */
    default void onJobFailed(WorkspaceContext workspace, String kind, String item, Throwable failure) {}

    /**
     * A job of the scheduler runs longer than the budget of its kind ({@code JobKind.budget()}). Told once a run, often while it still runs;
     * it goes on.
     */
    default void onJobSlow(WorkspaceContext workspace, String kind, String item, Duration runsFor) {}
}
