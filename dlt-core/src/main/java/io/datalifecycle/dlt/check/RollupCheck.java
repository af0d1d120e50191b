package io.datalifecycle.dlt.check;

import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.AggregateFunction;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Rollup;
import io.datalifecycle.dlt.template.RollupColumn;
import io.datalifecycle.dlt.template.RollupFilter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Roll-ups: source, buckets, aggregates, filter. */
final class RollupCheck {

    private RollupCheck() {}

    static void check(Findings findings, Rollup rollup, String pointer) {
        findings.store(rollup.from(), pointer + "/from");
        FeatureCheck.columns(findings, rollup.from(), rollup.by(), pointer + "/by");
        every(findings, rollup, pointer);
        if (rollup.columns().isEmpty()) {
            findings.error(
                    ProblemCode.BAD_ROLLUP,
                    pointer + "/columns",
                    "it computes nothing",
                    "declare columns, for instance samples: count()");
        }
        List<String> names = new ArrayList<>(List.of(Featurestore.BUCKET));
        names.addAll(rollup.by());
        for (RollupColumn column : rollup.columns()) {
            names.add(column.name());
            aggregate(findings, rollup, column.aggregate(), JsonPointer.child(pointer + "/columns", column.name()));
        }
        FeatureCheck.uniqueNames(findings, names, pointer + "/columns");
        rollup.where().ifPresent(where -> filter(findings, rollup, where, pointer + "/where"));
        FeatureCheck.lateRows(findings, rollup.from(), Spans.atMost(rollup.every()), pointer + "/every");
    }

    private static void every(Findings findings, Rollup rollup, String pointer) {
        try {
            rollup.bucketing(findings.template().timezone());
        } catch (IllegalArgumentException e) {
            findings.error(
                    ProblemCode.BAD_VALUE,
                    pointer + "/every",
                    String.valueOf(e.getMessage()),
                    "for instance PT10M or P1D");
        }
    }

    private static void aggregate(Findings findings, Rollup rollup, Aggregate aggregate, String pointer) {
        if (aggregate.function() == AggregateFunction.PERCENTILE
                && aggregate.fraction().filter(f -> f >= 0 && f <= 1).isEmpty()) {
            findings.error(
                    ProblemCode.BAD_ROLLUP,
                    pointer,
                    aggregate + " needs a fraction from 0 to 1",
                    "for instance percentile(column, 0.95)");
        }
        if (aggregate.column().isEmpty()) {
            if (aggregate.function() != AggregateFunction.COUNT) {
                findings.error(ProblemCode.BAD_ROLLUP, pointer, aggregate + " needs a column", "");
            }
            return;
        }
        Optional<Column> column =
                findings.column(rollup.from(), aggregate.column().get(), pointer);
        if (column.isPresent()) {
            type(findings, aggregate, column.get(), pointer);
        }
    }

    private static void type(Findings findings, Aggregate aggregate, Column column, String pointer) {
        if (aggregate.function().needsNumber() && !column.type().isNumeric()) {
            findings.error(
                    ProblemCode.BAD_ROLLUP,
                    pointer,
                    aggregate + " needs a number, " + column.name() + " is "
                            + column.type().label(),
                    "use count, first or last");
        }
        boolean ordered = column.type() != ColumnType.JSON
                && column.type() != ColumnType.BOOLEAN
                && column.type() != ColumnType.UUID;
        boolean orders = aggregate.function() == AggregateFunction.MIN || aggregate.function() == AggregateFunction.MAX;
        if (orders && !ordered) {
            findings.error(
                    ProblemCode.BAD_ROLLUP,
                    pointer,
                    aggregate + " needs values with an order, " + column.name() + " is "
                            + column.type().label(),
                    "use count, first or last");
        }
    }

    private static void filter(Findings findings, Rollup rollup, String where, String pointer) {
        Optional<RollupFilter> filter = RollupFilter.parse(where);
        if (filter.isEmpty()) {
            findings.error(
                    ProblemCode.BAD_EXPRESSION,
                    pointer,
                    "the condition cannot be read",
                    "write column op literal, joined by and: state = 'on' and pressure > 0.5");
            return;
        }
        for (RollupFilter.Comparison comparison : filter.get().comparisons()) {
            findings.column(rollup.from(), comparison.column(), pointer)
                    .filter(column -> !fits(column.type(), comparison.literal()))
                    .ifPresent(column -> findings.error(
                            ProblemCode.BAD_ROLLUP,
                            pointer,
                            column.name() + " is " + column.type().label() + " and cannot be compared with "
                                    + comparison.literal(),
                            ""));
        }
    }

    private static boolean fits(ColumnType type, Object literal) {
        if (literal instanceof BigDecimal) {
            return type.isNumeric();
        }
        return literal instanceof Boolean
                ? type == ColumnType.BOOLEAN
                : !type.isNumeric() && type != ColumnType.BOOLEAN && type != ColumnType.JSON;
    }
}
