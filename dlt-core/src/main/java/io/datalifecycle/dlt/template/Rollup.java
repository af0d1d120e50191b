package io.datalifecycle.dlt.template;

import io.datalifecycle.dlt.time.Bucketing;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.TemporalAmount;
import java.util.List;
import java.util.Optional;

/**
 * Aggregates per bucket of time. Immutable.
 *
 * @param from the store it reads
 * @param every width of a bucket: a Duration for fixed buckets, a Period for calendar buckets in the workspace's zone
 * @param by columns that split a bucket into rows
 * @param columns what is computed, in order
 * @param where condition over the source's columns in the expression language of roll-ups ({@code column op literal} joined by {@code and}); empty for all rows
 * @param hold how long a value stands when no other comes, for aggregates that are held; empty for the width of a bucket
 * @param timezone zone whose calendar the buckets follow; empty for the workspace's
 */
public record Rollup(
        Ref from,
        TemporalAmount every,
        List<String> by,
        List<RollupColumn> columns,
        Optional<String> where,
        Optional<Duration> hold,
        Optional<ZoneId> timezone)
        implements Transform {

    public Rollup {
        by = List.copyOf(by);
        columns = List.copyOf(columns);
    }

    /** How this roll-up cuts time in a workspace of the given zone. */
    public Bucketing bucketing(ZoneId workspace) {
        return Bucketing.of(every, timezone.orElse(workspace));
    }

    /** How far beyond itself a value of the source counts: zero without aggregates that are held. */
    public Duration reach() {
        boolean held = columns.stream().anyMatch(c -> c.aggregate().function().isHeld());
        return held ? hold.orElseGet(() -> Bucketing.longest(every)) : Duration.ZERO;
    }

    @Override
    public TransformKind kind() {
        return TransformKind.ROLLUP;
    }

    @Override
    public List<Ref> sources() {
        return List.of(from);
    }

    @Override
    public String time() {
        return Featurestore.BUCKET;
    }
}
