package io.datalifecycle.dlt.check;

import io.datalifecycle.dlt.lineage.Lineage;
import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.problem.ProblemCode;
import java.util.List;

/** Items that feed themselves. */
final class CycleCheck {

    private CycleCheck() {}

    static void check(Findings findings) {
        for (List<String> cycle : Lineage.of(findings.template()).cycles()) {
            String item = cycle.get(0);
            int colon = item.indexOf(':');
            findings.error(
                    ProblemCode.CYCLIC_REFERENCE,
                    JsonPointer.child("/" + item.substring(0, colon) + "s", item.substring(colon + 1)),
                    item + " feeds itself: " + String.join(" → ", cycle),
                    "break the circle");
        }
    }
}
