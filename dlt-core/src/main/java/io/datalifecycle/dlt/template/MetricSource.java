package io.datalifecycle.dlt.template;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the rows of a metric come about. */
public sealed interface MetricSource
        permits MetricSource.Sql, MetricSource.Latest, MetricSource.Expression, MetricSource.Checks {

    MetricSourceKind kind();

    /**
     * What its rows mean when a metric does not say: known for {@link Latest} with at most one column in {@code by} and for
     * {@link Checks}.
     */
    default Optional<ResultShape> defaultResult() {
        return Optional.empty();
    }

    /**
     * One SELECT; stores are written {@code kind:key}, inputs {@code :name}.
     *
     * @param sql the text, kept without space around it
     */
    record Sql(String sql) implements MetricSource {
        public Sql {
            sql = sql.strip();
        }

        @Override
        public MetricSourceKind kind() {
            return MetricSourceKind.SQL;
        }
    }

    /**
     * The newest row per combination of {@code by}: gives the time column, the {@code by} columns and the value column.
     *
     * @param from the store
     * @param column the value
     * @param by columns that split; may be empty
     */
    record Latest(Ref from, String column, List<String> by) implements MetricSource {
        public Latest {
            by = List.copyOf(by);
        }

        @Override
        public MetricSourceKind kind() {
            return MetricSourceKind.LATEST;
        }

        @Override
        public Optional<ResultShape> defaultResult() {
            return by.size() > 1
                    ? Optional.empty()
                    : Optional.of(new ResultShape.Scalar(column, by.stream().findFirst(), Optional.empty()));
        }
    }

    /**
     * A formula over other metrics whose results are matched by time and label.
     *
     * @param of variable name to metric
     * @param compute expression over the variables and {@code param.…}
     */
    record Expression(Map<String, Ref> of, String compute) implements MetricSource {
        public Expression {
            of = Values.copy(of);
        }

        @Override
        public MetricSourceKind kind() {
            return MetricSourceKind.EXPRESSION;
        }
    }

    /**
     * The latest result of each check of a featurestore, a row a check in the order of the template. A check that was never looked at has
     * no row.
     *
     * @param of the featurestore
     */
    record Checks(Ref of) implements MetricSource {

        /** When it was looked at. */
        public static final String AT = "at";

        /** Key of the check. */
        public static final String CHECK = "check";

        /** Rows that break it; 0 when it holds. */
        public static final String FAILED = "failed";

        /** Whether it holds. */
        public static final String PASSED = "passed";

        /** The columns of its rows, in order. */
        public static final List<Column> COLUMNS = List.of(
                Column.required(AT, ColumnType.TIMESTAMP),
                Column.required(CHECK, ColumnType.TEXT),
                Column.required(FAILED, ColumnType.BIGINT),
                Column.required(PASSED, ColumnType.BOOLEAN));

        @Override
        public MetricSourceKind kind() {
            return MetricSourceKind.CHECKS;
        }

        @Override
        public Optional<ResultShape> defaultResult() {
            return Optional.of(new ResultShape.Scalar(FAILED, Optional.of(CHECK), Optional.empty()));
        }
    }
}
