package io.datalifecycle.dlt.storage.feature;

import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.AggregateFunction;
import io.datalifecycle.dlt.template.Merges;
import io.datalifecycle.dlt.template.Rollup;
import io.datalifecycle.dlt.template.RollupColumn;
import io.datalifecycle.dlt.template.StateColumns;
import io.datalifecycle.dlt.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Wider buckets out of the states of narrower ones. Means by sums and counts; squared deviations by the parallel form of Chan, Golub and
 * LeVeque (1979) about the mean of the whole, which loses nothing to cancellation.
 */
final class MergeSql {

    private final Template template;
    private final Rollup rollup;
    private final boolean wide;

    /** @param wide whether numbers are added up as numeric, for values whose sum leaves the range of a double */
    MergeSql(Template template, Rollup rollup, boolean wide) {
        this.template = template;
        this.rollup = rollup;
        this.wide = wide;
    }

    static boolean isMerge(RollupColumn column) {
        return column.aggregate().function() == AggregateFunction.MERGE;
    }

    private Aggregate origin(RollupColumn column) {
        return Merges.origin(template, rollup, column.name())
                .orElseThrow(() -> new IllegalArgumentException("rollup: " + column.text() + " merges nothing"));
    }

    private AggregateFunction base(RollupColumn column) {
        return origin(column).function();
    }

    /** The mean of the whole bucket beside each part of it, for columns that need it. */
    List<String> means(String time) {
        List<String> select = new ArrayList<>();
        for (int i = 0; i < rollup.columns().size(); i++) {
            RollupColumn column = rollup.columns().get(i);
            if (isMerge(column) && isSpread(base(column))) {
                String own = " FILTER (WHERE " + Identifier.quote(time) + " >= \"~lo\") OVER g";
                select.add("sum(" + number(bare(column, "sum")) + ")" + own + " / nullif(sum("
                        + counted(bare(column, "n"), bare(column, "sum")) + ")" + own + ", 0) AS " + mean(i));
            }
        }
        return select;
    }

    /** Names of {@link #means}. */
    List<String> meanNames() {
        return IntStream.range(0, rollup.columns().size())
                .filter(i -> isMerge(rollup.columns().get(i)))
                .filter(i -> isSpread(base(rollup.columns().get(i))))
                .mapToObj(MergeSql::mean)
                .toList();
    }

    /** The window of {@link #means}. */
    String window() {
        List<String> by = new ArrayList<>(List.of("\"~b\""));
        rollup.by().forEach(name -> by.add(Identifier.quote(name)));
        return "g AS (PARTITION BY " + String.join(", ", by) + ")";
    }

    private static boolean isSpread(AggregateFunction function) {
        return function == AggregateFunction.STDDEV || function == AggregateFunction.VARIANCE;
    }

    String value(RollupColumn column, int number, ColumnType type) {
        String value = "s." + Identifier.quote(name(column));
        boolean truth = type == ColumnType.BOOLEAN;
        String sql = switch (base(column)) {
            case AVG, RATE, TIME_WEIGHTED_AVG -> quotient(column);
            case MIN -> (truth ? "bool_and(" : "min(") + value + ")";
            case MAX -> (truth ? "bool_or(" : "max(") + value + ")";
            case SUM, COUNT, INCREASE, DURATION_IN -> "sum(" + number(value) + ")";
            case STDDEV -> "sqrt(" + variance(column, number) + ")";
            case VARIANCE -> variance(column, number);
            case FIRST -> AggregateSql.edge(value, state(column, "at"), "ASC");
            case LAST -> AggregateSql.edge(value, state(column, "at"), "DESC");
            case DELTA -> last(column) + " - " + first(column);
            case HISTOGRAM -> histogram(column, value);
            case COUNT_DISTINCT, PERCENTILE, MEDIAN, MERGE ->
                throw new IllegalArgumentException("rollup: " + column.text() + " cannot be merged");
        };
        return AggregateSql.narrow(sql, type, wide);
    }

    String part(RollupColumn column, int number, StateColumns.Part part) {
        String sql = switch (part.name()) {
            case "n" -> "sum(" + n(column) + ")";
            case "sum", "seconds" -> "sum(" + number(state(column, part.name())) + ")";
            case "m2" -> squares(column, number);
            case "first" -> first(column);
            case "last" -> last(column);
            case "first_at" -> "min(" + state(column, "first_at") + ")";
            case "last_at" -> "max(" + state(column, "last_at") + ")";
            case "at" -> (base(column) == AggregateFunction.FIRST ? "min(" : "max(") + state(column, "at") + ")";
            default -> throw new IllegalArgumentException("rollup: part " + part.name() + " of " + column.text());
        };
        return AggregateSql.narrow(sql, part.type(), wide);
    }

    private String quotient(RollupColumn column) {
        String below = base(column) == AggregateFunction.AVG ? n(column) : number(state(column, "seconds"));
        return "sum(" + number(state(column, "sum")) + ") / nullif(sum(" + below + "), 0)";
    }

    /** Values of a part, none where their sum was beyond a double's range: then it is left out like other values that are not finite. */
    private static String n(RollupColumn column) {
        return counted(state(column, "n"), state(column, "sum"));
    }

    private static String counted(String n, String sum) {
        return "CASE WHEN " + sum + " IS NOT NULL THEN " + n + " END";
    }

    private String variance(RollupColumn column, int number) {
        String n = "sum(" + n(column) + ")";
        return "CASE WHEN " + n + " > 1 THEN greatest(0, " + squares(column, number) + ") / (" + n + " - 1)"
                + (wide ? "" : "::double precision") + " END";
    }

    private String squares(RollupColumn column, int number) {
        String n = "(" + n(column) + ")";
        String distance = "(" + number(state(column, "sum")) + " / nullif(" + n + ", 0) - s." + mean(number) + ")";
        return "sum(" + number(state(column, "m2")) + " + " + n + " * " + distance + " * " + distance + ")";
    }

    private static String first(RollupColumn column) {
        return AggregateSql.edge(state(column, "first"), state(column, "first_at"), "ASC");
    }

    private static String last(RollupColumn column) {
        return AggregateSql.edge(state(column, "last"), state(column, "last_at"), "DESC");
    }

    /** The number of bins is that of the parts, which are all alike. */
    private String histogram(RollupColumn column, String value) {
        int bins = AggregateSql.bins(origin(column));
        return IntStream.rangeClosed(0, bins + 1)
                .mapToObj(i -> "sum((" + value + "->>" + i + ")::bigint)::bigint")
                .collect(Collectors.joining(", ", "to_jsonb(ARRAY[", "])"));
    }

    private static String name(RollupColumn column) {
        return column.aggregate().column().orElseThrow();
    }

    private static String bare(RollupColumn column, String part) {
        return Identifier.quote(Merges.state(name(column), part));
    }

    private static String state(RollupColumn column, String part) {
        return "s." + bare(column, part);
    }

    private String number(String value) {
        return wide ? "(" + value + ")::numeric" : value;
    }

    private static String mean(int number) {
        return Identifier.quote("~" + number + "mean");
    }
}
