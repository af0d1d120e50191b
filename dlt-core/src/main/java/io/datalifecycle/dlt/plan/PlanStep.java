package io.datalifecycle.dlt.plan;

import java.time.Duration;
import java.util.Optional;

/**
 * One thing an upgrade does. Immutable.
 *
 * @param kind what is done
 * @param item to what, {@code kind:key} or {@code kind:key#column}; empty when to the workspace
 * @param text what is done, for people
 * @param rows about how many rows are read; empty when it does not depend on rows
 * @param estimate about how long it takes at usual speed; empty when it does not depend on rows
 */
public record PlanStep(StepKind kind, String item, String text, Optional<Long> rows, Optional<Duration> estimate) {

    /** A step that takes no time worth telling. */
    public static PlanStep of(StepKind kind, String item, String text) {
        return new PlanStep(kind, item, text, Optional.empty(), Optional.empty());
    }

    /** The step as one line. */
    @Override
    public String toString() {
        String size = rows.map(n -> " (about " + String.format(java.util.Locale.ROOT, "%,d", n) + " rows"
                        + estimate.map(e -> ", " + seconds(e)).orElse("") + ")")
                .orElse("");
        return kind.label() + ": " + text + size;
    }

    private static String seconds(Duration time) {
        long seconds = Math.max(1, Math.round(time.toMillis() / 1_000.0));
        return seconds < 120 ? seconds + " s" : (seconds + 59) / 60 + " min";
    }
}
