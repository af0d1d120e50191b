package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Brings derived rows up to date. Every write to a store logs the span it touched once for each consumer (featurestores over it, models
 * that score it); {@link #agenda} turns that into intervals of a featurestore that have to be redone, and {@link #refresh} redoes some of
 * them, each exactly once however many nodes do it. Thread-safe.
 */
public interface FeatureWriter {

    /** Spans that writes to the consumer's sources touched and that it has not yet taken in, oldest first. */
    List<Touched> pending(WorkspaceContext workspace, Consumer consumer);

    /** Forgets log entries that a consumer without own rows (a model) has taken in. */
    void taken(WorkspaceContext workspace, Consumer consumer, Collection<Long> taken);

    /**
     * Takes the log of what changed over into the intervals that have to be redone, in one transaction, and gives those. A store that is
     * asked for the first time, or whose definition changed, has its whole history to do.
     */
    Agenda agenda(WorkspaceContext workspace, Featurestore store, Ask ask);

    /**
     * Redoes those of the given intervals that still have to be, in one transaction: makes their rows equal to what the sources now give
     * (adds, changes, removes), takes them off the agenda, writes the ledger, and logs what changed for the consumers downstream. Checks of
     * the store that keep rows back are looked at before it commits; one that fails undoes all of it.
     *
     * @param intervals disjoint, ascending, whole buckets
     * @throws io.datalifecycle.dlt.problem.ConflictException with {@code RUN_TAKEN_OVER} when another node has taken over the run
     */
    Refreshed refresh(WorkspaceContext workspace, Featurestore store, List<TimeRange> intervals, Run run);

    /** Pauses or resumes a featurestore: while it is paused, its agenda grows and nothing of it is done. */
    void pause(WorkspaceContext workspace, Featurestore store, boolean paused);

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
     * How an agenda is asked for. Immutable.
     *
     * @param now the time; buckets that have ended by then and are not on the agenda are complete
     * @param again span to redo although nothing changed; empty for none
     * @param lead whether the caller takes the lead: runs that had it before are refused from then on
     */
    record Ask(Instant now, Optional<TimeRange> again, boolean lead) {}

    /**
     * What has to be done. Immutable.
     *
     * @param todo intervals, disjoint, ascending, whole buckets
     * @param completeUntil end of the last bucket that has ended and is up to date; empty before the first agenda
     * @param paused whether the store is paused
     * @param fence number of the lead; grows with each that takes it
     */
    record Agenda(List<TimeRange> todo, Optional<Instant> completeUntil, boolean paused, long fence) {
        public Agenda {
            todo = List.copyOf(todo);
        }
    }

    /**
     * The run that a piece of work belongs to. Immutable.
     *
     * @param kind {@code refresh}, {@code backfill} or {@code recompute}
     * @param startedAt when this piece of work was begun
     * @param fence the lead it was given, when it must still have it; empty for a run that needs none
     * @param timeout longest time of the piece
     */
    record Run(String kind, Instant startedAt, Optional<Long> fence, Duration timeout) {}

    /**
     * What a refresh did. Immutable.
     *
     * @param written rows added or changed
     * @param removed rows removed
     * @param intervals what was recomputed
     */
    record Refreshed(long written, long removed, List<TimeRange> intervals) {

        /** Nothing. */
        public static final Refreshed NOTHING = new Refreshed(0, 0, List.of());

        public Refreshed {
            intervals = List.copyOf(intervals);
        }
    }
}
