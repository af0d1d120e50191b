package io.datalifecycle.dlt.plan.internal;

import io.datalifecycle.dlt.plan.PlanStep;
import io.datalifecycle.dlt.plan.StepKind;
import io.datalifecycle.dlt.spi.Reshaper.Standing;
import io.datalifecycle.dlt.template.Ref;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/**
 * How long steps take that read rows, at speeds measured on two cores with eight columns; real ones are within a factor of three or so.
 */
final class Estimates {

    /** Rows a second that a roll-up takes in. */
    static final long DERIVED = 500_000;

    /** Rows a second of a table that is written anew or gets an index. */
    static final long WRITTEN = 400_000;

    /** Rows a second that a model is trained on. */
    static final long TRAINED = 20_000;

    private final Standing standing;

    Estimates(Standing standing) {
        this.standing = standing;
    }

    PlanStep step(StepKind kind, String item, String text, Collection<Ref> reads, long speed) {
        long rows = reads.stream()
                .mapToLong(ref -> standing.rows().getOrDefault(ref, 0L))
                .sum();
        return new PlanStep(kind, item, text, Optional.of(rows), Optional.of(Duration.ofMillis(rows * 1_000 / speed)));
    }
}
