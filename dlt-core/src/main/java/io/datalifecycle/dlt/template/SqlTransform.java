package io.datalifecycle.dlt.template;

import io.datalifecycle.dlt.row.Column;
import java.time.Duration;
import java.util.List;

/**
 * Rows computed by the template's own SELECT over an interval; the query binds {@code :from} and {@code :to}. Immutable.
 *
 * @param sql one SELECT that gives the declared columns
 * @param sources stores it reads, found in the SQL
 * @param time name of its time column
 * @param by columns that make a row unique together with the time
 * @param columns declared columns of the result, the time column included
 * @param lookBack how far before {@code :from} it reads
 */
public record SqlTransform(
        String sql, List<Ref> sources, String time, List<String> by, List<Column> columns, Duration lookBack)
        implements Transform {

    public SqlTransform {
        sources = List.copyOf(sources);
        by = List.copyOf(by);
        columns = List.copyOf(columns);
    }

    @Override
    public TransformKind kind() {
        return TransformKind.SQL;
    }
}
