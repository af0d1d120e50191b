package io.datalifecycle.dlt.check;

import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.template.Inferencestore;
import java.util.Optional;

/** Inferencestores: key, time column, and whether a model scores into them. */
final class InferenceCheck {

    private InferenceCheck() {}

    static void check(Findings findings) {
        for (Inferencestore store : findings.template().inferencestores()) {
            String pointer = NameCheck.pointer(store);
            if (!store.naturalKey().contains(store.time())) {
                findings.error(
                        ProblemCode.BAD_VALUE,
                        pointer + "/natural_key",
                        "the natural key lacks the time column " + store.time(),
                        "add " + store.time());
            }
            if (store.columns().isEmpty()) {
                findings.error(
                        ProblemCode.BAD_VALUE,
                        pointer + "/columns",
                        "it has no columns for scores",
                        "for instance score: double");
            }
            Optional<Column> time = store.columns().stream()
                    .filter(c -> c.name().equals(store.time()))
                    .findFirst();
            if (time.isPresent() && time.get().type() != ColumnType.TIMESTAMP) {
                findings.error(
                        ProblemCode.BAD_VALUE,
                        pointer + "/time",
                        "column " + store.time() + " is no timestamp",
                        "leave it out of columns");
            }
            boolean written = findings.template().models().stream()
                    .anyMatch(m -> m.scoring().into().equals(store.ref()));
            if (!written) {
                findings.warning(ProblemCode.UNUSED, pointer, "no model scores into " + store.ref(), "");
            }
            Spans.chunk(findings, store.chunk(), pointer);
        }
    }
}
