package io.datalifecycle.dlt.check;

import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.AggregateFunction;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.RollupColumn;

/** One computed column of a roll-up: the call is whole, its column exists and has a type that fits, its own condition too. */
final class AggregateCheck {

    private AggregateCheck() {}

    static void check(Findings findings, Ref from, RollupColumn computed, String pointer) {
        Aggregate aggregate = computed.aggregate();
        if (!aggregate.isComplete()) {
            incomplete(findings, aggregate, pointer);
        }
        aggregate
                .column()
                .flatMap(name -> findings.column(from, name, pointer))
                .ifPresent(column -> type(findings, aggregate, column, pointer));
        computed.where().ifPresent(where -> FilterCheck.check(findings, from, where, pointer));
    }

    private static void incomplete(Findings findings, Aggregate aggregate, String pointer) {
        String wrong;
        String hint = "";
        if (aggregate.column().isEmpty() && aggregate.function() != AggregateFunction.COUNT) {
            wrong = "a column";
        } else {
            switch (aggregate.function()) {
                case PERCENTILE -> {
                    wrong = "a fraction from 0 to 1";
                    hint = "for instance percentile(column, 0.95)";
                }
                case DURATION_IN -> {
                    wrong = "one value, a text, a number or a truth value";
                    hint = "for instance duration_in(column, 'on')";
                }
                case HISTOGRAM -> {
                    wrong = "a lower and a higher bound and from 1 to " + Aggregate.MOST_BINS + " bins";
                    hint = "for instance histogram(column, 0, 10, 20)";
                }
                default -> {
                    wrong = "nothing but a column";
                    hint = "leave the arguments out";
                }
            }
        }
        findings.error(ProblemCode.BAD_ROLLUP, pointer, aggregate + " needs " + wrong, hint);
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
        if (aggregate.function() == AggregateFunction.DURATION_IN && aggregate.isComplete()) {
            aggregate.arguments().forEach(literal -> FilterCheck.literal(findings, column, literal, pointer));
        }
    }
}
