package io.datalifecycle.dlt.check;

import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.template.Check;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.KeyRule;
import io.datalifecycle.dlt.template.Ref;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What must hold of a featurestore's rows: columns exist, bounds are in order, SQL is one SELECT. */
final class QualityCheck {

    private QualityCheck() {}

    static void check(Findings findings, Featurestore store, String pointer) {
        for (Check check : store.checks()) {
            String at = JsonPointer.child(pointer, check.key());
            KeyRule.problem(check.key()).ifPresent(wrong -> findings.error(ProblemCode.BAD_KEY, at, wrong, ""));
            String kind = at + "/" + check.kind().label();
            if (check instanceof Check.NotNull notNull) {
                findings.column(store.ref(), notNull.column(), kind);
            } else if (check instanceof Check.Range range) {
                range(findings, store.ref(), range, at);
            } else if (check instanceof Check.Unique unique) {
                unique(findings, store.ref(), unique, kind);
            } else if (check instanceof Check.Freshness freshness) {
                freshness(findings, freshness, kind);
            } else if (check instanceof Check.RowCount rows) {
                rows(findings, rows, kind);
            } else if (check instanceof Check.Sql sql) {
                SqlCheck.check(findings, sql.sql(), List.of("from", "to"), kind);
            }
        }
    }

    private static void range(Findings findings, Ref store, Check.Range range, String pointer) {
        findings.column(store, range.column(), pointer + "/range")
                .filter(column -> !column.type().isNumeric())
                .ifPresent(column -> findings.error(
                        ProblemCode.BAD_VALUE,
                        pointer + "/range",
                        "range: " + column.name() + " is " + column.type().label() + ", bounds are for numbers",
                        "use sql for other types"));
        bounds(findings, range.min(), range.max(), pointer);
        if (range.min().isEmpty() && range.max().isEmpty() && !findings.holdsReplaced(pointer)) {
            findings.error(ProblemCode.MISSING_KEY, pointer, "a range needs min, max or both", "");
        }
    }

    private static void unique(Findings findings, Ref store, Check.Unique unique, String pointer) {
        if (unique.columns().isEmpty()) {
            findings.error(ProblemCode.BAD_VALUE, pointer, "unique: no column is named", "");
        }
        FeatureCheck.columns(findings, store, unique.columns(), pointer);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < unique.columns().size(); i++) {
            String name = unique.columns().get(i);
            if (!seen.add(name)) {
                findings.error(
                        ProblemCode.BAD_VALUE,
                        JsonPointer.child(pointer, i),
                        "unique: " + name + " is named twice",
                        "name it once");
            }
        }
    }

    private static void freshness(Findings findings, Check.Freshness freshness, String pointer) {
        if (freshness.within().isZero() || freshness.within().isNegative()) {
            findings.error(
                    ProblemCode.BAD_VALUE,
                    pointer,
                    "freshness: " + freshness.within() + " is not above 0",
                    "for instance PT30M");
        }
    }

    private static void rows(Findings findings, Check.RowCount rows, String pointer) {
        bounds(findings, rows.min(), rows.max(), pointer);
        if (rows.min().isEmpty() && rows.max().isEmpty() && !findings.holdsReplaced(pointer)) {
            findings.error(ProblemCode.MISSING_KEY, pointer, "rows needs min, max or both", "");
        }
        rows.max()
                .filter(max -> max < 0)
                .ifPresent(max -> findings.error(
                        ProblemCode.BAD_VALUE, pointer + "/max", "max: " + max + " rows cannot be", "count from 0"));
    }

    private static <T extends Comparable<T>> void bounds(
            Findings findings, Optional<T> min, Optional<T> max, String pointer) {
        if (min.isPresent() && max.isPresent() && min.get().compareTo(max.get()) > 0) {
            findings.error(
                    ProblemCode.BAD_VALUE,
                    pointer + "/min",
                    "min: " + text(min.get()) + " is above max: " + text(max.get()),
                    "");
        }
    }

    private static String text(Object bound) {
        return bound instanceof BigDecimal number && Math.abs(number.scale()) < 30
                ? number.toPlainString()
                : bound.toString();
    }
}
