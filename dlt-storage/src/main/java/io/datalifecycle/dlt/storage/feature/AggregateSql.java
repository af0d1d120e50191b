package io.datalifecycle.dlt.storage.feature;

import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.storage.dialect.StoreTables;
import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.AggregateFunction;
import io.datalifecycle.dlt.template.RollupColumn;
import io.datalifecycle.dlt.template.StateColumns;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Aggregates over the rows of a bucket in SQL: the value and the parts of its state.
 *
 * @param values the source's columns
 * @param held the aggregates that look at neighbours
 * @param time the time of a row
 * @param wide whether numbers are added up as numeric, for values whose sum leaves the range of a double
 */
record AggregateSql(ColumnValues values, HeldSql held, String time, boolean wide) {

    /** The value of a column of type {@code type}. */
    String value(RollupColumn column, int number, ColumnType type) {
        Aggregate aggregate = column.aggregate();
        String sql = HeldSql.isHeld(aggregate) ? held.value(column, number, wide) : plain(column);
        return narrow(sql, type);
    }

    /** A part of the state of a column. */
    String part(RollupColumn column, int number, StateColumns.Part part) {
        Aggregate aggregate = column.aggregate();
        String sql = HeldSql.isHeld(aggregate)
                ? held.part(column, number, part.name(), wide)
                : plainPart(column, part.name());
        return narrow(sql, part.type());
    }

    private String narrow(String sql, ColumnType type) {
        return narrow(sql, type, wide);
    }

    /** As the type says; of what was added up as numeric, what is beyond a double's range is no value. */
    static String narrow(String sql, ColumnType type, boolean wide) {
        if (wide && type == ColumnType.DOUBLE) {
            return "(CASE WHEN abs(" + sql + ") <= " + ColumnValues.MOST + "::numeric THEN (" + sql
                    + ")::double precision END)";
        }
        return "(" + sql + ")::" + StoreTables.sqlType(type);
    }

    private String number(String value) {
        return "(" + value + ")::" + (wide ? "numeric" : "double precision");
    }

    private String plain(RollupColumn column) {
        Aggregate aggregate = column.aggregate();
        if (aggregate.column().isEmpty()) {
            return rows(column, "");
        }
        String name = aggregate.column().get();
        String value = values.value(name, column.where());
        boolean truth = values.type(name) == ColumnType.BOOLEAN;
        return switch (aggregate.function()) {
            case AVG -> "avg(" + number(value) + ")";
            case MIN -> (truth ? "bool_and(" : "min(") + value + ")";
            case MAX -> (truth ? "bool_or(" : "max(") + value + ")";
            case SUM -> "sum(" + (values.type(name) == ColumnType.DOUBLE ? number(value) : value) + ")";
            case COUNT -> "count(" + value + ")";
            case COUNT_DISTINCT -> "count(DISTINCT " + value + ")";
            case STDDEV -> "stddev_samp(" + number(value) + ")";
            case VARIANCE -> "var_samp(" + number(value) + ")";
            case FIRST -> edge(value, time, "ASC");
            case LAST -> edge(value, time, "DESC");
            case DELTA -> delta(name, value);
            case MEDIAN -> percentile(BigDecimal.valueOf(0.5), value);
            case PERCENTILE ->
                percentile(BigDecimal.valueOf(aggregate.fraction().orElseThrow()), value);
            case HISTOGRAM -> histogram(aggregate, value);
            case INCREASE, RATE, TIME_WEIGHTED_AVG, DURATION_IN, MERGE ->
                throw new IllegalArgumentException("rollup: " + aggregate + " is not computed row by row");
        };
    }

    /**
     * Number of rows.
     *
     * @param own condition of a row of the source, where other rows are among them; empty where there are none
     */
    String rows(RollupColumn column, String own) {
        List<String> conditions = new ArrayList<>();
        column.where().ifPresent(where -> conditions.add(values.condition(where)));
        if (!own.isEmpty()) {
            conditions.add(own);
        }
        return "count(*)" + (conditions.isEmpty() ? "" : " FILTER (WHERE " + String.join(" AND ", conditions) + ")");
    }

    private String plainPart(RollupColumn column, String part) {
        String name = column.aggregate().column().orElseThrow();
        String value = values.value(name, column.where());
        String at = time + ") FILTER (WHERE " + value + " IS NOT NULL)";
        return switch (part) {
            case "n" -> "count(" + value + ")";
            case "sum" -> "sum(" + number(value) + ")";
            case "m2" -> "var_pop(" + number(value) + ") * count(" + value + ")";
            case "first" -> edge(value, time, "ASC");
            case "last" -> edge(value, time, "DESC");
            case "first_at" -> "min(" + at;
            case "last_at" -> "max(" + at;
            case "at" -> (column.aggregate().function() == AggregateFunction.FIRST ? "min(" : "max(") + at;
            default -> throw new IllegalArgumentException("rollup: part " + part + " of " + column.aggregate());
        };
    }

    private String delta(String name, String value) {
        String number = values.type(name) == ColumnType.DOUBLE && wide ? number(value) : value;
        String last = edge(number, time, "DESC");
        String first = edge(number, time, "ASC");
        return (values.type(name) == ColumnType.BIGINT ? last + "::numeric" : last) + " - " + first;
    }

    /** Its interpolation has no numeric form. */
    private static String percentile(BigDecimal fraction, String value) {
        return "percentile_cont(" + fraction.toPlainString() + "::double precision) WITHIN GROUP (ORDER BY (" + value
                + ")::double precision)";
    }

    private static String histogram(Aggregate aggregate, String value) {
        String low = aggregate.numbers().get(0).toPlainString();
        String high = aggregate.numbers().get(1).toPlainString();
        int bins = bins(aggregate);
        String bin = "width_bucket((" + value + ")::double precision, " + low + "::double precision, " + high
                + "::double precision, " + bins + ")";
        return IntStream.rangeClosed(0, bins + 1)
                .mapToObj(i -> "count(*) FILTER (WHERE " + bin + " = " + i + ")")
                .collect(Collectors.joining(", ", "to_jsonb(ARRAY[", "])"));
    }

    static int bins(Aggregate aggregate) {
        return aggregate.numbers().get(2).intValueExact();
    }

    /** First or last non-null value by time; of rows at one instant the smaller value comes first, so that the answer never wavers. */
    static String edge(String value, String time, String direction) {
        return "(array_agg(" + value + " ORDER BY " + time + " " + direction + ", " + value + " " + direction
                + ") FILTER (WHERE " + value + " IS NOT NULL))[1]";
    }
}
