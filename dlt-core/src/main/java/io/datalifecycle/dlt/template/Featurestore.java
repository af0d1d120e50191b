package io.datalifecycle.dlt.template;

import java.time.Duration;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rows derived from other stores. Immutable.
 *
 * @param key key, unique over all stores
 * @param title name for people
 * @param transform how the rows come about
 * @param refresh when they are brought up to date
 * @param chunk span of one chunk or partition
 * @param retention how long rows are kept; empty for ever
 * @param realtime whether metrics also see what came since the last refresh in the newest buckets; for roll-ups
 * @param history how long it is kept what a row was at any time before, so that a training set can be made of what was known then; empty
 *     when it is not kept
 * @param checks what must hold of its rows
 */
public record Featurestore(
        String key,
        Optional<String> title,
        Transform transform,
        Refresh refresh,
        Duration chunk,
        Optional<TemporalAmount> retention,
        boolean realtime,
        Optional<TemporalAmount> history,
        List<Check> checks)
        implements Store {

    /** Span of a chunk when a template names none. */
    public static final Duration DEFAULT_CHUNK = Duration.ofDays(30);

    /** Name of the time column of a roll-up: the start of its bucket. */
    public static final String BUCKET = "bucket";

    public Featurestore {
        checks = List.copyOf(checks);
    }

    @Override
    public RefKind kind() {
        return RefKind.FEATURESTORE;
    }

    @Override
    public String time() {
        return transform.time();
    }

    @Override
    public List<String> naturalKey() {
        List<String> key = new ArrayList<>(transform.by());
        key.add(time());
        return List.copyOf(key);
    }
}
