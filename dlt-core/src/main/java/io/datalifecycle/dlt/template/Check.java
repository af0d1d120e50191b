package io.datalifecycle.dlt.template;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Something that must hold of the rows of a featurestore. It is looked at for what a refresh has processed, before anybody sees it. Rows that
 * break it are counted; what happens then is said by {@link #onFail}.
 */
public sealed interface Check {

    /** Key within its store. */
    String key();

    CheckKind kind();

    /** What happens when it does not hold. */
    OnFail onFail();

    /** The same check with another consequence; a {@link Freshness} can only warn and stays as it is. */
    Check with(OnFail value);

    /** A column that is never null. */
    record NotNull(String key, String column, OnFail onFail) implements Check {
        @Override
        public CheckKind kind() {
            return CheckKind.NOT_NULL;
        }

        @Override
        public Check with(OnFail value) {
            return new NotNull(key, column, value);
        }
    }

    /**
     * A number that is null or lies between two bounds, both included.
     *
     * @param min lower bound; empty for none
     * @param max upper bound; empty for none
     */
    record Range(String key, String column, Optional<BigDecimal> min, Optional<BigDecimal> max, OnFail onFail)
            implements Check {
        public Range {
            min = min.map(BigDecimal::stripTrailingZeros);
            max = max.map(BigDecimal::stripTrailingZeros);
        }

        @Override
        public CheckKind kind() {
            return CheckKind.RANGE;
        }

        @Override
        public Check with(OnFail value) {
            return new Range(key, column, min, max, value);
        }
    }

    /** Columns whose values together come once among the processed rows. */
    record Unique(String key, List<String> columns, OnFail onFail) implements Check {
        public Unique {
            columns = List.copyOf(columns);
        }

        @Override
        public CheckKind kind() {
            return CheckKind.UNIQUE;
        }

        @Override
        public Check with(OnFail value) {
            return new Unique(key, columns, value);
        }
    }

    /**
     * A newest row that is not older than that. It says something about the sources, so it cannot keep rows back.
     *
     * @param within greatest age of the newest row, more than zero
     */
    record Freshness(String key, Duration within) implements Check {

        /** Why it cannot block, for whoever refuses it. */
        public static final String NO_BLOCK =
                "on_fail: freshness says something about the sources, so it cannot keep rows back";

        @Override
        public CheckKind kind() {
            return CheckKind.FRESHNESS;
        }

        @Override
        public Check with(OnFail value) {
            return this;
        }

        @Override
        public OnFail onFail() {
            return OnFail.WARN;
        }
    }

    /**
     * A number of rows in what was processed, bounds included.
     *
     * @param min least number; empty for none
     * @param max greatest number; empty for none
     */
    record RowCount(String key, Optional<Long> min, Optional<Long> max, OnFail onFail) implements Check {
        @Override
        public CheckKind kind() {
            return CheckKind.ROWS;
        }

        @Override
        public Check with(OnFail value) {
            return new RowCount(key, min, max, value);
        }
    }

    /**
     * A SELECT that gives no rows; it may bind {@code :from} and {@code :to}, the span that was processed, and reads stores as metrics do.
     *
     * @param sql the text, kept without space around it
     */
    record Sql(String key, String sql, OnFail onFail) implements Check {
        public Sql {
            sql = sql.strip();
        }

        @Override
        public CheckKind kind() {
            return CheckKind.SQL;
        }

        @Override
        public Check with(OnFail value) {
            return new Sql(key, sql, value);
        }
    }
}
