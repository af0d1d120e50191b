package io.datalifecycle.dlt.template;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The hidden columns of a roll-up that other roll-ups merge: what has to be known of a bucket, beside its values, to put wider buckets
 * together exactly. A mean alone cannot be merged, a sum and a count can. Only columns that are merged have them.
 */
public final class StateColumns {

    private StateColumns() {}

    /** The hidden columns of a featurestore, in order; none when nobody merges it. */
    public static List<Column> of(Template template, Featurestore store) {
        Set<String> merged = Merges.columnsOf(template, store.ref());
        if (merged.isEmpty() || !(store.transform() instanceof Rollup rollup)) {
            return List.of();
        }
        RowSchema visible = StoreColumns.of(template, store);
        List<Column> hidden = new ArrayList<>();
        for (RollupColumn column : rollup.columns()) {
            if (merged.contains(column.name())) {
                ColumnType type = visible.find(column.name()).map(Column::type).orElse(ColumnType.DOUBLE);
                Merges.origin(template, rollup, column.name())
                        .map(Aggregate::function)
                        .ifPresent(function -> parts(function, type)
                                .forEach(part ->
                                        hidden.add(Column.of(Merges.state(column.name(), part.name()), part.type()))));
            }
        }
        return List.copyOf(hidden);
    }

    /**
     * What has to be kept of a bucket beside the value itself.
     *
     * @param type type of the value
     */
    public static List<Part> parts(AggregateFunction function, ColumnType type) {
        return switch (function) {
            case AVG -> List.of(new Part("n", ColumnType.BIGINT), new Part("sum", ColumnType.DOUBLE));
            case STDDEV, VARIANCE ->
                List.of(
                        new Part("n", ColumnType.BIGINT),
                        new Part("sum", ColumnType.DOUBLE),
                        new Part("m2", ColumnType.DOUBLE));
            case FIRST, LAST -> List.of(new Part("at", ColumnType.TIMESTAMP));
            case DELTA ->
                List.of(
                        new Part("first", type),
                        new Part("first_at", ColumnType.TIMESTAMP),
                        new Part("last", type),
                        new Part("last_at", ColumnType.TIMESTAMP));
            case RATE, TIME_WEIGHTED_AVG ->
                List.of(new Part("sum", ColumnType.DOUBLE), new Part("seconds", ColumnType.DOUBLE));
            case MIN, MAX, SUM, COUNT, INCREASE, DURATION_IN, HISTOGRAM, COUNT_DISTINCT, PERCENTILE, MEDIAN, MERGE ->
                List.of();
        };
    }

    /** Whether metrics read a featurestore through a view: it has hidden columns, or its newest buckets are computed when asked. */
    public static boolean isViewed(Template template, Featurestore store) {
        return store.realtime() || !of(template, store).isEmpty();
    }

    /**
     * One hidden value of a column.
     *
     * @param name its name within the column
     * @param type its type
     */
    public record Part(String name, ColumnType type) {}
}
