package io.datalifecycle.dlt.storage.feature;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.storage.dialect.StoreTables;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Rollup;
import io.datalifecycle.dlt.template.RollupColumn;
import io.datalifecycle.dlt.template.RollupFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The one statement of a refresh: computes the rows of whole buckets, makes the table equal to them, and tells which buckets changed. Binds:
 * starts and ends of the spans as arrays, then those of the filter.
 */
final class RollupSql {

    private static final String SPANS = "SELECT * FROM unnest(?::timestamptz[], ?::timestamptz[]) AS i (lo, hi)";

    private final Rollup rollup;
    private final TimeTable source;
    private final TimeTable target;
    private final RowSchema sourceColumns;
    private final RowSchema targetColumns;

    RollupSql(Rollup rollup, TimeTable source, TimeTable target, RowSchema sourceColumns, RowSchema targetColumns) {
        this.rollup = rollup;
        this.source = source;
        this.target = target;
        this.sourceColumns = sourceColumns;
        this.targetColumns = targetColumns;
    }

    /** Literals of the filter, in the order of their binds. */
    List<Object> binds() {
        return comparisons().stream().map(RollupFilter.Comparison::literal).toList();
    }

    /** Starts of the buckets that a refresh would write; the same binds. */
    String buckets(String bucket) {
        return "WITH span AS MATERIALIZED (" + SPANS + ") SELECT DISTINCT " + bucket + " FROM " + joined();
    }

    private List<RollupFilter.Comparison> comparisons() {
        return rollup.where()
                .map(text -> RollupFilter.parse(text)
                        .orElseThrow(() -> new IllegalArgumentException("where: cannot be read: " + text))
                        .comparisons())
                .orElse(List.of());
    }

    /** One condition; a text is compared as a value of the column's type, numbers as PostgreSQL compares numbers. */
    private String condition(RollupFilter.Comparison comparison) {
        Column column = sourceColumns
                .find(comparison.column())
                .orElseThrow(
                        () -> new IllegalArgumentException("where: the source has no column " + comparison.column()));
        String type = column.type().isNumeric() ? "numeric" : StoreTables.sqlType(column.type());
        return "s." + Identifier.quote(column.name()) + " "
                + comparison.operator().sql() + " ?::" + type;
    }

    private String joined() {
        String time = "s." + Identifier.quote(source.time());
        String where = comparisons().stream().map(c -> " AND " + condition(c)).collect(Collectors.joining());
        return "span JOIN " + source.quoted() + " AS s ON " + time + " >= span.lo AND " + time + " < span.hi" + where;
    }

    /**
     * @param bucket SQL of the bucket of a source row: an expression over {@code s}, or the span's start for calendar buckets whose spans
     *     are the buckets themselves
     */
    String refresh(String bucket) {
        List<String> key = new ArrayList<>(List.of(Featurestore.BUCKET));
        key.addAll(rollup.by());
        List<String> values = rollup.columns().stream().map(RollupColumn::name).toList();
        List<String> all = targetColumns.columns().stream().map(Column::name).toList();
        String same = key.stream()
                .map(k -> "f." + Identifier.quote(k) + " IS NOT DISTINCT FROM t." + Identifier.quote(k))
                .collect(Collectors.joining(" AND "));
        String set = values.stream()
                .map(v -> Identifier.quote(v) + " = excluded." + Identifier.quote(v))
                .collect(Collectors.joining(", "));
        String time = "t." + Identifier.quote(Featurestore.BUCKET);
        return "WITH span AS MATERIALIZED (" + SPANS + "), "
                + "fresh AS MATERIALIZED (" + compute(bucket) + "), "
                + "gone AS (DELETE FROM " + target.quoted() + " AS t USING span WHERE " + time + " >= span.lo AND "
                + time
                + " < span.hi AND NOT EXISTS (SELECT 1 FROM fresh AS f WHERE " + same + ") RETURNING " + time
                + " AS at), "
                + "put AS (INSERT INTO " + target.quoted() + " AS t (" + Identifier.list(all) + ") SELECT "
                + Identifier.list(all)
                + " FROM fresh ON CONFLICT (" + Identifier.list(key) + ") DO UPDATE SET " + set + " WHERE ("
                + Identifier.list("t", values) + ") IS DISTINCT FROM (" + Identifier.list("excluded", values)
                + ") RETURNING " + time
                + " AS at) SELECT true AS written, at, count(*) FROM put GROUP BY at UNION ALL "
                + "SELECT false, at, count(*) FROM gone GROUP BY at ORDER BY at";
    }

    private String compute(String bucket) {
        List<String> select = new ArrayList<>();
        select.add(bucket + " AS " + Identifier.quote(Featurestore.BUCKET));
        rollup.by().forEach(name -> select.add("s." + Identifier.quote(name)));
        rollup.columns().forEach(column -> select.add(aggregate(column) + " AS " + Identifier.quote(column.name())));
        List<String> group = new ArrayList<>(List.of("1"));
        for (int i = 0; i < rollup.by().size(); i++) {
            group.add(Integer.toString(i + 2));
        }
        return "SELECT " + String.join(", ", select) + " FROM " + joined() + " GROUP BY " + String.join(", ", group);
    }

    private String aggregate(RollupColumn column) {
        Aggregate aggregate = column.aggregate();
        String value = aggregate.column().map(c -> "s." + Identifier.quote(c)).orElse("*");
        String number = value + "::double precision";
        String time = "s." + Identifier.quote(source.time());
        boolean truth = aggregate
                .column()
                .flatMap(sourceColumns::find)
                .map(Column::type)
                .filter(t -> t == ColumnType.BOOLEAN)
                .isPresent();
        String sql = switch (aggregate.function()) {
            case AVG -> "avg(" + number + ")";
            case MIN -> (truth ? "bool_and(" : "min(") + value + ")";
            case MAX -> (truth ? "bool_or(" : "max(") + value + ")";
            case SUM -> "sum(" + value + ")";
            case COUNT -> "count(" + value + ")";
            case COUNT_DISTINCT -> "count(DISTINCT " + value + ")";
            case STDDEV -> "stddev_samp(" + number + ")";
            case VARIANCE -> "var_samp(" + number + ")";
            case FIRST -> edge(value, time, "ASC");
            case LAST -> edge(value, time, "DESC");
            case DELTA -> edge(value, time, "DESC") + " - " + edge(value, time, "ASC");
            case MEDIAN -> "percentile_cont(0.5) WITHIN GROUP (ORDER BY " + number + ")";
            case PERCENTILE ->
                "percentile_cont(" + aggregate.fraction().orElseThrow() + "::double precision) WITHIN GROUP (ORDER BY "
                        + number + ")";
            default -> throw new IllegalArgumentException(aggregate.toString());
        };
        ColumnType type = targetColumns.find(column.name()).orElseThrow().type();
        return "(" + sql + ")::" + StoreTables.sqlType(type);
    }

    /** First or last non-null value by time; of rows at one instant the smaller value comes first, so that the answer never wavers. */
    private static String edge(String value, String time, String direction) {
        return "(array_agg(" + value + " ORDER BY " + time + " " + direction + ", " + value + " " + direction
                + ") FILTER (WHERE " + value + " IS NOT NULL))[1]";
    }
}
