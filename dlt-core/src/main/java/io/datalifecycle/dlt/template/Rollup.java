package io.datalifecycle.dlt.template;

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
 */
public record Rollup(
        Ref from, TemporalAmount every, List<String> by, List<RollupColumn> columns, Optional<String> where)
        implements Transform {

    public Rollup {
        by = List.copyOf(by);
        columns = List.copyOf(columns);
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
