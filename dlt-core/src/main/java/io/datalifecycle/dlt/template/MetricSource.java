package io.datalifecycle.dlt.template;

/** How the rows of a metric come about. */
public sealed interface MetricSource permits MetricSource.Sql, MetricSource.Latest, MetricSource.Expression {

    MetricSourceKind kind();

    /**
     * One SELECT; stores are written {@code kind:key}, inputs {@code :name}.
     *
     * @param sql the text
     */
    record Sql(String sql) implements MetricSource {
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
    record Latest(Ref from, String column, java.util.List<String> by) implements MetricSource {
        public Latest {
            by = java.util.List.copyOf(by);
        }

        @Override
        public MetricSourceKind kind() {
            return MetricSourceKind.LATEST;
        }
    }

    /**
     * A formula over other metrics whose results are matched by time and label.
     *
     * @param of variable name to metric
     * @param compute expression over the variables and {@code param.…}
     */
    record Expression(java.util.Map<String, Ref> of, String compute) implements MetricSource {
        public Expression {
            of = Values.copy(of);
        }

        @Override
        public MetricSourceKind kind() {
            return MetricSourceKind.EXPRESSION;
        }
    }
}
