package io.datalifecycle.dlt.template;

import io.datalifecycle.dlt.problem.ProblemCode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Declares what must hold of a featurestore's rows: exactly one of its kinds, and what happens when it does not. Not thread-safe. */
public final class CheckBuilder {

    private final Place place;
    private final String key;
    private @Nullable Check check;
    private @Nullable OnFail onFail;

    CheckBuilder(Place place, String key) {
        this.place = place;
        this.key = key;
    }

    /** A column that is never null. */
    public CheckBuilder notNull(String column) {
        return check(new Check.NotNull(key, column, OnFail.WARN));
    }

    /** A number that is null or lies between two bounds, both included. */
    public CheckBuilder range(String column, double min, double max) {
        return range(column, number("min", min), number("max", max));
    }

    /** A number that is null or at least this. */
    public CheckBuilder atLeast(String column, double min) {
        return range(column, number("min", min), Optional.empty());
    }

    /** A number that is null or at most this. */
    public CheckBuilder atMost(String column, double max) {
        return range(column, Optional.empty(), number("max", max));
    }

    /** Columns whose values together come once among the processed rows. */
    public CheckBuilder unique(String... columns) {
        return check(new Check.Unique(key, List.of(columns), OnFail.WARN));
    }

    /** A newest row that is not older than that; it only warns. */
    public CheckBuilder freshness(Duration within) {
        return check(new Check.Freshness(key, within));
    }

    /** A number of processed rows, bounds included. */
    public CheckBuilder rows(long min, long max) {
        return check(new Check.RowCount(key, Optional.of(min), Optional.of(max), OnFail.WARN));
    }

    /** At least so many processed rows. */
    public CheckBuilder rowsAtLeast(long min) {
        return check(new Check.RowCount(key, Optional.of(min), Optional.empty(), OnFail.WARN));
    }

    /** At most so many processed rows. */
    public CheckBuilder rowsAtMost(long max) {
        return check(new Check.RowCount(key, Optional.empty(), Optional.of(max), OnFail.WARN));
    }

    /** A SELECT that gives no rows; it may bind {@code :from} and {@code :to}. */
    public CheckBuilder sql(String query) {
        return check(new Check.Sql(key, query, OnFail.WARN));
    }

    /** Rows that break it stay out of sight: the store keeps what it had, and the refresh is tried again. */
    public CheckBuilder block() {
        onFail = place.once("on_fail", onFail, OnFail.BLOCK);
        return this;
    }

    Check build() {
        Check declared = place.need(
                "one of " + String.join(", ", CheckKind.labels()), check, new Check.NotNull(key, "", OnFail.WARN));
        if (onFail == null) {
            return declared;
        }
        if (declared instanceof Check.Freshness) {
            place.error(ProblemCode.BAD_VALUE, "on_fail", Check.Freshness.NO_BLOCK, "leave on_fail out");
        }
        return declared.with(onFail);
    }

    private CheckBuilder range(String column, Optional<BigDecimal> min, Optional<BigDecimal> max) {
        return check(new Check.Range(key, column, min, max, OnFail.WARN));
    }

    private Optional<BigDecimal> number(String bound, double value) {
        if (Double.isFinite(value)) {
            return Optional.of(BigDecimal.valueOf(value));
        }
        place.error(ProblemCode.BAD_VALUE, bound, bound + ": " + value + " is no number", "use atLeast or atMost");
        return Optional.empty();
    }

    private CheckBuilder check(Check value) {
        if (check != null) {
            place.error(
                    ProblemCode.DUPLICATE_KEY,
                    value.kind().label(),
                    value.kind().label() + " cannot be combined with "
                            + check.kind().label(),
                    "a check has one kind");
        } else {
            check = value;
        }
        return this;
    }
}
