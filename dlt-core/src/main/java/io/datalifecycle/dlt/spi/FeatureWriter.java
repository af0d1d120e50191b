package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.Collection;
import java.util.List;

/**
 * Brings derived rows up to date, and keeps the log of what changed. Every write to a store logs the span it touched once for each
 * consumer (featurestores over it, models that score it). Thread-safe; two refreshes of one store wait for each other.
 */
public interface FeatureWriter {

    /** Spans that writes to the consumer's sources touched and that it has not yet taken in, oldest first. */
    List<Touched> pending(WorkspaceContext workspace, Consumer consumer);

    /**
     * Recomputes the rows of a featurestore in whole buckets, in one transaction: forgets the log entries taken in, makes the rows of
     * the intervals equal to what the sources now give (adds, changes, removes), and logs what changed for the consumers downstream.
     *
     * @param intervals disjoint, ascending, aligned to buckets
     * @param taken ids of {@link #pending} that the intervals cover
     */
    Refreshed refresh(
            WorkspaceContext workspace, Featurestore store, List<TimeRange> intervals, Collection<Long> taken);

    /** Forgets log entries that a consumer without own rows (a model) has taken in. */
    void taken(WorkspaceContext workspace, Consumer consumer, Collection<Long> taken);

    /**
     * Who takes in changes: {@code featurestore:key} or {@code model:key}. Immutable.
     *
     * @param name the reference as text
     */
    record Consumer(String name) {
        public static Consumer of(Featurestore store) {
            return new Consumer(store.ref().toString());
        }

        public static Consumer model(String key) {
            return new Consumer("model:" + key);
        }
    }

    /**
     * An entry of the log. Immutable.
     *
     * @param id number of the entry
     * @param source the store that changed
     * @param range half-open span of its time column
     */
    record Touched(long id, Ref source, TimeRange range) {}

    /**
     * What a refresh did. Immutable.
     *
     * @param written rows added or changed
     * @param removed rows removed
     * @param intervals what was recomputed
     */
    record Refreshed(long written, long removed, List<TimeRange> intervals) {
        public Refreshed {
            intervals = List.copyOf(intervals);
        }
    }
}
