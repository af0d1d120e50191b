package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was done to featurestores: one entry per transaction, written with its rows, and one per failure. Thread-safe. */
public interface FeatureLedger {

    /** Entries of a featurestore, the newest first. */
    List<Entry> entries(WorkspaceContext workspace, Featurestore store, int limit);

    /** The last entry without an error that processed the instant; empty when it was never processed or is no longer known. */
    Optional<Entry> processed(WorkspaceContext workspace, Featurestore store, Instant at);

    /** Where a featurestore stands, without changing it: nothing of the log is taken over. */
    FeatureWriter.Agenda standing(WorkspaceContext workspace, Featurestore store);

    /** Notes that a run failed. Never throws: the failure itself is what has to be told. */
    void failed(WorkspaceContext workspace, Featurestore store, FeatureWriter.Run run, Instant endedAt, String error);

    /**
     * One transaction of a run, or its failure. Immutable.
     *
     * @param id number, growing
     * @param kind {@code refresh}, {@code backfill} or {@code recompute}
     * @param startedAt when it began, by the clock of the node
     * @param took how long it took, until just before its commit
     * @param node the process that did it, {@code pid@host}
     * @param templateVersion version of the template it followed, {@code key:version}
     * @param definition hash of the definition it followed
     * @param processed intervals it made equal to the sources; empty for a failure
     * @param watermarks newest time of each source when it ran, by reference as text; a source without rows is left out
     * @param rowsIn rows of the driving source it read
     * @param written rows added or changed
     * @param removed rows removed
     * @param error what went wrong, without values; empty when nothing did
     */
    record Entry(
            long id,
            String kind,
            Instant startedAt,
            Duration took,
            String node,
            String templateVersion,
            String definition,
            List<TimeRange> processed,
            Map<String, Instant> watermarks,
            long rowsIn,
            long written,
            long removed,
            Optional<String> error) {
        public Entry {
            processed = List.copyOf(processed);
            watermarks = Map.copyOf(watermarks);
        }
    }
}
