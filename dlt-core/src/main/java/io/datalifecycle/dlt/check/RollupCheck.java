package io.datalifecycle.dlt.check;

import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Rollup;
import io.datalifecycle.dlt.template.RollupColumn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Roll-ups: source, buckets, what is computed, and from which rows. */
final class RollupCheck {

    private RollupCheck() {}

    static void check(Findings findings, Rollup rollup, String pointer) {
        findings.store(rollup.from(), pointer + "/from");
        FeatureCheck.columns(findings, rollup.from(), rollup.by(), pointer + "/by");
        FeatureCheck.every(findings, rollup.every(), pointer);
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
            AggregateCheck.check(
                    findings, rollup.from(), column, JsonPointer.child(pointer + "/columns", column.name()));
        }
        FeatureCheck.uniqueNames(findings, names, pointer + "/columns");
        rollup.where().ifPresent(where -> FilterCheck.check(findings, rollup.from(), where, pointer + "/where"));
        rollup.hold().ifPresent(hold -> hold(findings, rollup, hold, pointer + "/hold"));
        MergeCheck.check(findings, rollup, pointer);
        FeatureCheck.lateRows(
                findings, rollup.from(), Spans.atMost(rollup.every()).plus(rollup.reach()), pointer + "/every");
    }

    /** How long a value stands: more than nothing, and only where values stand. */
    private static void hold(Findings findings, Rollup rollup, Duration hold, String pointer) {
        if (hold.isZero() || hold.isNegative()) {
            findings.error(ProblemCode.BAD_VALUE, pointer, "hold: " + hold + " is not above 0", "for instance PT1H");
        }
        if (rollup.columns().stream().noneMatch(c -> c.aggregate().function().isHeld())) {
            findings.warning(
                    ProblemCode.UNUSED,
                    pointer,
                    "no column is computed of values that stand until the next",
                    "it is for increase, rate, time_weighted_avg and duration_in");
        }
    }
}
