package io.datalifecycle.dlt.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the rows of a metric come about. */
public sealed interface MetricSource permits MetricSource.Sql, MetricSource.Latest, MetricSource.Expression {

    MetricSourceKind kind();

    /** What its rows mean when a metric does not say: known for {@link Latest} with at most one column in {@code by}. */
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
}
