package io.datalifecycle.dlt.check;

import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.RollupFilter;
import java.math.BigDecimal;
import java.util.Optional;

/** Conditions of roll-ups, of all rows or of one column: they can be read, name columns of the source, and compare what can be compared. */
final class FilterCheck {

    private FilterCheck() {}

    static void check(Findings findings, Ref from, String where, String pointer) {
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
            findings.column(from, comparison.column(), pointer)
                    .ifPresent(column -> literal(findings, column, comparison.literal(), pointer));
        }
    }

    /** Tells when a column never equals a literal because of its type. */
    static void literal(Findings findings, Column column, Object literal, String pointer) {
        if (!fits(column.type(), literal)) {
            findings.error(
                    ProblemCode.BAD_ROLLUP,
                    pointer,
                    column.name() + " is " + column.type().label() + " and cannot be compared with " + literal,
                    "");
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
