package io.datalifecycle.dlt.alert;

import java.time.Instant;
import java.util.Objects;

/**
 * What one evaluation saw of one label set. Immutable.
 *
 * @param kind whether there was a row, none, or no answer at all
 * @param raise whether the raise condition held
 * @param clear whether the clear condition held; without one, the opposite of {@code raise}
 * @param value the value, NaN for none
 * @param rowAt time of the row, or of the evaluation when the metric names no time; meaningless without a row
 * @param detail for {@link Kind#FAILED}: what went wrong, for people
 */
public record Evaluation(Kind kind, boolean raise, boolean clear, double value, Instant rowAt, String detail) {

    /** Whether there was something to judge. */
    public enum Kind {
        ROW,
        NO_ROW,
        FAILED
    }

    public Evaluation {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(rowAt, "rowAt");
        Objects.requireNonNull(detail, "detail");
    }

    /** A row was there; the conditions were judged over it. */
    public static Evaluation row(boolean raise, boolean clear, double value, Instant rowAt) {
        return new Evaluation(Kind.ROW, raise, clear, value, rowAt, "");
    }

    /** The label set gave no row, or one without a value. */
    public static Evaluation noRow() {
        return new Evaluation(Kind.NO_ROW, false, true, Double.NaN, Instant.EPOCH, "");
    }

    /** The metric or a condition could not be evaluated. */
    public static Evaluation failed(String detail) {
        return new Evaluation(Kind.FAILED, false, false, Double.NaN, Instant.EPOCH, detail);
    }
}
