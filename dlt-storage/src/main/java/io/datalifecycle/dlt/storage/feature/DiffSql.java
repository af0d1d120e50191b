package io.datalifecycle.dlt.storage.feature;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.sql.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The one statement of a refresh: makes the rows of spans equal to fresh ones, writes only what differs, keeps what changed in the history,
 * and tells which buckets changed. Its first binds are starts and ends of the spans as arrays.
 *
 * @param target the table
 * @param columns all its columns, hidden ones too
 * @param key columns of its key, the time first
 * @param history table of the history, quoted; empty when none is kept
 */
record DiffSql(TimeTable target, List<Column> columns, List<String> key, Optional<String> history) {

    private static final String ROWS_IN = "SELECT NULL, NULL, coalesce(sum(\"~in\"), 0)::bigint FROM fresh ORDER BY at";

    static final String SPANS =
            "span AS MATERIALIZED (SELECT * FROM unnest(?::timestamptz[], ?::timestamptz[]) AS i (lo, hi))";

    /**
     * Rows of the answer: whether written, the time of a unit, the number of its rows; and one with nulls and the number of source rows. With a
     * history its last bind is the time at which the rows are known.
     *
     * @param ctes what the fresh rows need, each {@code name AS (…)}
     * @param fresh a SELECT of all columns and of {@code ~in}
     * @param unit SQL of the unit that a row, behind the alias {@code t}, is counted for
     */
    String refresh(List<String> ctes, String fresh, String unit) {
        List<String> names = columns.stream().map(Column::name).toList();
        List<String> values = names.stream().filter(n -> !key.contains(n)).toList();
        String time = "t." + Identifier.quote(target.time());
        List<String> with = new ArrayList<>();
        with.add(SPANS);
        with.addAll(ctes);
        with.add("fresh AS MATERIALIZED (" + fresh + ")");
        String returned = unit + " AS at" + (history.isPresent() ? ", " + Identifier.list("t", names) : "");
        with.add(
                "gone AS (DELETE FROM " + target.quoted() + " AS t USING span WHERE " + time + " >= span.lo AND " + time
                        + " < span.hi AND NOT EXISTS (SELECT 1 FROM fresh AS f WHERE " + same("f", "t") + ") RETURNING "
                        + returned + ")");
        with.add("put AS (INSERT INTO " + target.quoted() + " AS t (" + Identifier.list(names) + ") SELECT "
                + Identifier.list(names) + " FROM fresh ON CONFLICT (" + Identifier.list(key) + ") "
                + update(values) + " RETURNING " + returned + ")");
        history.ifPresent(table -> with.add("kept AS (INSERT INTO " + table + " ("
                + Identifier.list(names) + ", " + Identifier.list(List.of(HistoryTable.GONE, HistoryTable.KNOWN_AT))
                + ") SELECT k.*, known.at FROM (SELECT "
                + Identifier.list(names) + ", false FROM put UNION ALL SELECT " + Identifier.list(names)
                + ", true FROM gone) AS k, (SELECT ?::timestamptz AS at) AS known)"));
        return "WITH " + String.join(", ", with)
                + " SELECT true AS written, at, count(*) FROM put GROUP BY at UNION ALL "
                + "SELECT false, at, count(*) FROM gone GROUP BY at UNION ALL "
                + ROWS_IN;
    }

    /** The same where the spans have no rows yet; the same binds. */
    String fill(List<String> ctes, String fresh, String unit) {
        List<String> names = columns.stream().map(Column::name).toList();
        List<String> with = new ArrayList<>();
        with.add(SPANS);
        with.addAll(ctes);
        with.add("fresh AS MATERIALIZED (" + fresh + ")");
        with.add("put AS (INSERT INTO " + target.quoted() + " AS t (" + Identifier.list(names) + ") SELECT "
                + Identifier.list(names) + " FROM fresh RETURNING " + unit + " AS at)");
        history.ifPresent(table -> with.add("kept AS (INSERT INTO " + table + " (" + Identifier.list(names) + ", "
                + Identifier.list(List.of(HistoryTable.GONE, HistoryTable.KNOWN_AT)) + ") SELECT "
                + Identifier.list(names)
                + ", false, ?::timestamptz FROM fresh)"));
        return "WITH " + String.join(", ", with)
                + " SELECT true AS written, at, count(*) FROM put GROUP BY at UNION ALL " + ROWS_IN;
    }

    private String update(List<String> values) {
        if (values.isEmpty()) {
            return "DO NOTHING";
        }
        return "DO UPDATE SET "
                + values.stream()
                        .map(v -> Identifier.quote(v) + " = excluded." + Identifier.quote(v))
                        .collect(Collectors.joining(", "))
                + " WHERE (" + Identifier.list("t", values) + ") IS DISTINCT FROM ("
                + Identifier.list("excluded", values) + ")";
    }

    private String same(String a, String b) {
        return key.stream().map(name -> equal(columns, name, a, b)).collect(Collectors.joining(" AND "));
    }

    /** Equality that takes nulls for equal, in a form that can be hashed: {@code IS NOT DISTINCT FROM} compares each with each. */
    static String equal(List<Column> columns, String name, String a, String b) {
        String left = a + "." + Identifier.quote(name);
        String right = b + "." + Identifier.quote(name);
        boolean required = columns.stream().anyMatch(c -> c.name().equals(name) && c.required());
        return required
                ? left + " = " + right
                : "(" + left + " IS NULL) = (" + right + " IS NULL) AND coalesce(" + left + "::text, '') = coalesce("
                        + right + "::text, '')";
    }
}
