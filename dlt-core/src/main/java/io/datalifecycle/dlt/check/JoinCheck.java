package io.datalifecycle.dlt.check;

import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.template.AsOfJoin;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Formula;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.Transform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** As-of joins and formulas: both take rows of a driving store over. */
final class JoinCheck {

    private JoinCheck() {}

    static void check(Findings findings, Transform transform, String pointer) {
        if (transform instanceof AsOfJoin join) {
            join(findings, join, pointer);
        } else if (transform instanceof Formula formula) {
            formula(findings, formula, pointer);
        }
    }

    private static void join(Findings findings, AsOfJoin join, String pointer) {
        driving(findings, join.from(), join.time(), pointer);
        FeatureCheck.columns(findings, join.from(), join.by(), pointer + "/by");
        FeatureCheck.columns(findings, join.from(), join.columns(), pointer + "/columns");
        List<String> names = new ArrayList<>(List.of(join.time()));
        names.addAll(join.by());
        names.addAll(join.columns());
        for (int i = 0; i < join.joins().size(); i++) {
            AsOfJoin.Joined joined = join.joins().get(i);
            String at = JsonPointer.child(pointer + "/joins", i);
            findings.store(joined.from(), at + "/from");
            FeatureCheck.columns(findings, joined.from(), joined.columns(), at + "/columns");
            join.by().forEach(name -> findings.column(joined.from(), name, at + "/from"));
            joined.columns().forEach(name -> names.add(joined.prefix() + name));
            within(findings, joined, at);
            FeatureCheck.lateRows(findings, joined.from(), joined.within().orElse(Duration.ZERO), at);
        }
        FeatureCheck.uniqueNames(findings, names, pointer);
    }

    /** Rows of an instant match for ever after without a limit; rows of a reference datastore hold until they end. */
    private static void within(Findings findings, AsOfJoin.Joined joined, String pointer) {
        Optional<Store> store = findings.template().store(joined.from());
        boolean holds = store.isPresent()
                && store.get() instanceof Datastore datastore
                && datastore.validTo().isPresent();
        if (joined.within().isEmpty() && store.isPresent() && !holds) {
            findings.warning(
                    ProblemCode.BAD_VALUE,
                    pointer,
                    "a late row of " + joined.from() + " redoes everything after it",
                    "add within: how old a matched row may be, for instance P1D");
        }
    }

    private static void formula(Findings findings, Formula formula, String pointer) {
        driving(findings, formula.from(), formula.time(), pointer);
        FeatureCheck.columns(findings, formula.from(), formula.by(), pointer + "/by");
        FeatureCheck.columns(findings, formula.from(), formula.columns(), pointer + "/columns");
        List<String> names = new ArrayList<>(List.of(formula.time()));
        names.addAll(formula.by());
        names.addAll(formula.columns());
        for (Formula.Computed computed : formula.computed()) {
            names.add(computed.name());
            String at = JsonPointer.child(pointer + "/computed", computed.name());
            findings.expression(computed.expression(), at)
                    .ifPresent(expression -> expression
                            .variables()
                            .forEach(variable -> variable(findings, formula.from(), variable, at)));
        }
        FeatureCheck.uniqueNames(findings, names, pointer);
    }

    private static void variable(Findings findings, Ref from, String variable, String pointer) {
        if (findings.parameterVariable(variable, pointer)) {
            return;
        }
        String name = variable.startsWith("row.") ? variable.substring(4) : variable;
        Optional<RowSchema> schema = findings.columns(from);
        if (schema.isPresent() && schema.get().find(name).isEmpty()) {
            findings.error(
                    ProblemCode.UNKNOWN_COLUMN,
                    pointer,
                    from + " has no column " + name,
                    DidYouMean.hint(name, Findings.names(schema.get())));
        }
    }

    private static void driving(Findings findings, Ref from, String time, String pointer) {
        findings.store(from, pointer + "/from");
        findings.column(from, time, pointer + "/time")
                .filter(column -> column.type() != ColumnType.TIMESTAMP)
                .ifPresent(column -> findings.error(
                        ProblemCode.BAD_VALUE,
                        pointer + "/time",
                        "column " + time + " is no timestamp",
                        "name the time column of " + from));
    }
}
