package io.datalifecycle.dlt.template;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.sql.SqlSyntaxException;
import io.datalifecycle.dlt.sql.SqlText;
import java.time.Duration;
import java.time.temporal.TemporalAmount;
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
 * @param every width of the intervals that {@code :from} and {@code :to} are edges of: a row's values may depend on all of its interval and on
 *     what {@code lookBack} allows before it, on nothing else
 */
public record SqlTransform(
        String sql,
        List<Ref> sources,
        String time,
        List<String> by,
        List<Column> columns,
        Duration lookBack,
        TemporalAmount every)
        implements Transform {

    /** Width of an interval when a template names none. */
    public static final TemporalAmount DEFAULT_EVERY = Duration.ofHours(1);

    public SqlTransform {
        sql = sql.strip();
        sources = List.copyOf(sources);
        by = List.copyOf(by);
        columns = List.copyOf(columns);
    }

    /** With the sources found in the SQL, in the order of their first use; none while the SQL cannot be read. */
    public static SqlTransform of(
            String sql, String time, List<String> by, List<Column> columns, Duration lookBack, TemporalAmount every) {
        return new SqlTransform(sql, sources(sql), time, by, columns, lookBack, every);
    }

    private static List<Ref> sources(String sql) {
        try {
            return SqlText.parse(sql).references().stream()
                    .flatMap(r -> RefKind.of(r.kind()).map(kind -> new Ref(kind, r.key())).stream())
                    .filter(ref -> ref.kind().isStore())
                    .distinct()
                    .toList();
        } catch (SqlSyntaxException e) {
            return List.of();
        }
    }

    @Override
    public TransformKind kind() {
        return TransformKind.SQL;
    }
}
