package io.datalifecycle.dlt.health;

import io.datalifecycle.dlt.connector.ConnectorStatus;
import io.datalifecycle.dlt.template.Ref;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How a workspace is. What could not be asked is empty, and told in {@link #reasons()}; the rest is there all the same. Holds keys, numbers
 * and times, no values of rows and no addresses. Immutable.
 *
 * @param at when it was asked
 * @param status the worst of its parts
 * @param reasons why it is not {@code UP}, one sentence each; empty when it is
 * @param databases the app database first, then that of its rows
 * @param stores all stores, in the order of the template
 * @param connectors all connectors, in the order of the template
 * @param jobs its schedules; empty when they could not be asked
 * @param outbox its messages; empty when they could not be asked
 */
public record WorkspaceHealth(
        Instant at,
        Status status,
        List<String> reasons,
        List<DatabaseHealth> databases,
        List<StoreHealth> stores,
        List<ConnectorHealth> connectors,
        Optional<JobHealth> jobs,
        Optional<OutboxHealth> outbox) {

    public WorkspaceHealth {
        reasons = List.copyOf(reasons);
        databases = List.copyOf(databases);
        stores = List.copyOf(stores);
        connectors = List.copyOf(connectors);
    }

    /** How it is, the best first. */
    public enum Status {
        /** All is as it should be. */
        UP,
        /** It takes in rows and answers, but something of it fails or lags. */
        DEGRADED,
        /** A database does not answer. */
        DOWN
    }

    /**
     * A database.
     *
     * @param name {@code app}, or the placement of the workspace
     * @param latency time from asking for a connection to the answer; empty when there was none
     */
    public record DatabaseHealth(String name, Optional<Duration> latency) {}

    /**
     * A store.
     *
     * @param store its reference
     * @param newest time of its newest row; empty without rows
     * @param lag from then to now; zero for rows of the future
     * @param lastWrite when rows last came in, or when it was last refreshed, by any node; right to ten seconds
     * @param quarantined rows in quarantine; of datastores only
     * @param pending spans of its sources that changed and are not taken in; of featurestores only
     * @param refreshLag how long the oldest of those may have waited at most, zero when there are none; of featurestores only
     * @param chunksAhead partitions made for times to come; empty where chunks make themselves
     */
    public record StoreHealth(
            Ref store,
            Optional<Instant> newest,
            Optional<Duration> lag,
            Optional<Instant> lastWrite,
            OptionalLong quarantined,
            OptionalInt pending,
            Optional<Duration> refreshLag,
            OptionalInt chunksAhead) {}

    /**
     * A connector.
     *
     * @param key its key
     * @param state what it does
     * @param lastRunAt when it last read something or failed
     * @param lastError why it fails; empty when it does not
     */
    public record ConnectorHealth(
            String key, ConnectorStatus.State state, Optional<Instant> lastRunAt, Optional<String> lastError) {}

    /**
     * The schedules.
     *
     * @param planned number of jobs
     * @param overdue jobs that are five minutes late or more, as {@code kind item}
     * @param failing jobs whose last run failed, as {@code kind item}
     */
    public record JobHealth(int planned, List<String> overdue, List<String> failing) {
        public JobHealth {
            overdue = List.copyOf(overdue);
            failing = List.copyOf(failing);
        }
    }

    /**
     * The outbox.
     *
     * @param waiting messages that will be tried, or tried again
     * @param oldest how long the oldest of them waits; empty without any
     * @param dead messages of the last day that were given up
     */
    public record OutboxHealth(long waiting, Optional<Duration> oldest, long dead) {}
}
