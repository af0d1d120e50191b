package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Results of the checks of featurestores. Checks of rows are looked at by {@link FeatureWriter#refresh}, which keeps what it found, also when
 * it keeps rows back. Thread-safe.
 */
public interface QualityLog {

    /** The latest result of each check that the store declares, in the order of the template; one that was never looked at has none. */
    List<CheckResult> latest(WorkspaceContext workspace, Featurestore store);

    /** Results of a store, also of checks it no longer declares, the newest first. */
    List<CheckResult> history(WorkspaceContext workspace, Featurestore store, int limit);

    /**
     * Looks at the freshness checks of a store, keeps what it found and gives it. A result like the one before takes its place, so that the
     * history has one entry per change.
     */
    List<CheckResult> freshness(WorkspaceContext workspace, Featurestore store, Instant now);

    /**
     * What a check found. Immutable.
     *
     * @param check key of the check
     * @param at when it was looked at, by the clock of the node
     * @param range hull of what was looked at; empty for a store without rows
     * @param failed rows that break it, 0 when it holds; rows missing or too many for a number of rows, 1 for what is not fresh or could
     *     not be looked at
     * @param passed whether it holds
     * @param blocked whether it keeps the rows of the range back
     * @param detail what was found, without values of rows; empty when it holds
     */
    record CheckResult(
            String check,
            Instant at,
            Optional<TimeRange> range,
            long failed,
            boolean passed,
            boolean blocked,
            Optional<String> detail) {}
}
