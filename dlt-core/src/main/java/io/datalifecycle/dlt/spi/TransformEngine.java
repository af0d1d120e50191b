package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.MetricSourceKind;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Evaluates metrics of certain kinds. Thread-safe. Reads only, and only the workspace's own stores. */
public interface TransformEngine {

    /** The kinds it evaluates. */
    Set<MetricSourceKind> kinds();

    /**
     * Evaluates a metric. Throws {@link io.datalifecycle.dlt.problem.DltException} with {@code QUERY_FAILED}, {@code QUERY_TIMEOUT}
     * or {@link io.datalifecycle.dlt.problem.IsolationException}; messages hold neither SQL nor values.
     *
     * @param inputs a value (or null) for each declared input, already of the input's Java type
     */
    Rows evaluate(WorkspaceContext workspace, Metric metric, Map<String, @Nullable Object> inputs, Limits limits);

    /**
     * Bounds of one evaluation. Immutable.
     *
     * @param maxRows most rows given
     * @param timeout longest run
     */
    record Limits(int maxRows, Duration timeout) {
        /** 10,000 rows, 5 seconds. */
        public static final Limits DEFAULT = new Limits(10_000, Duration.ofSeconds(5));
    }

    /**
     * Rows of a result. Immutable.
     *
     * @param columns names and types
     * @param rows cells in column order, of the Java type of their column, null for none
     * @param truncated whether there were more than {@code maxRows}
     */
    record Rows(List<Column> columns, List<List<@Nullable Object>> rows, boolean truncated) {
        public Rows {
            columns = List.copyOf(columns);
            List<List<@Nullable Object>> copy = new ArrayList<>(rows.size());
            rows.forEach(row -> copy.add(Collections.unmodifiableList(new ArrayList<>(row))));
            rows = Collections.unmodifiableList(copy);
        }

        /** Position of a column, -1 when there is none. */
        public int indexOf(String column) {
            for (int i = 0; i < columns.size(); i++) {
                if (columns.get(i).name().equals(column)) {
                    return i;
                }
            }
            return -1;
        }
    }
}
