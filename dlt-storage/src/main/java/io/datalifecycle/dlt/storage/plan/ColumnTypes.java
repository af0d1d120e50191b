package io.datalifecycle.dlt.storage.plan;

import io.datalifecycle.dlt.row.ColumnType;

/** How values of one column type become values of another, in SQL, and which of them cannot. */
final class ColumnTypes {

    private static final String LARGEST_EXACT = "9007199254740992";

    private ColumnTypes() {}

    /** The value as the other type. */
    static String convert(String column, ColumnType from, ColumnType to) {
        if (from == ColumnType.DOUBLE && to == ColumnType.DECIMAL) {
            return column + "::text::numeric"; // all digits that tell it from its neighbours, the plain cast keeps 15
        }
        if (from == ColumnType.DATE && to == ColumnType.TIMESTAMP) {
            return column + "::timestamp AT TIME ZONE 'UTC'";
        }
        if (from == ColumnType.TIMESTAMP && to == ColumnType.DATE) {
            return "(" + column + " AT TIME ZONE 'UTC')::date";
        }
        if (from == ColumnType.DATE && to == ColumnType.TEXT) {
            return "to_char(" + column + ", 'YYYY-MM-DD')";
        }
        return column + "::" + io.datalifecycle.dlt.storage.dialect.StoreTables.sqlType(to);
    }

    /** Whether a value that is there has no equal among those of the other type; {@code false} where all have. */
    static String misfit(String column, ColumnType from, ColumnType to) {
        if (from == ColumnType.BIGINT && to == ColumnType.DOUBLE) {
            return "abs(" + column + "::numeric) > " + LARGEST_EXACT;
        }
        if (to == ColumnType.BIGINT) {
            String number = column + (from == ColumnType.DOUBLE ? "::text::numeric" : "");
            return "NOT (" + column + "::text NOT IN ('NaN', 'Infinity', '-Infinity') AND trunc(" + number + ") = "
                    + number + " AND abs(" + number + ") <= 9223372036854775807)";
        }
        if (from == ColumnType.DECIMAL && to == ColumnType.DOUBLE) {
            return "(" + column + "::double precision)::text::numeric <> " + column;
        }
        if (from == ColumnType.TIMESTAMP && to == ColumnType.DATE) {
            return "(" + column + " AT TIME ZONE 'UTC')::time <> time '00:00'";
        }
        if (from == ColumnType.TEXT && to == ColumnType.DATE) {
            return column + " !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'";
        }
        if (from == ColumnType.TEXT && to == ColumnType.UUID) {
            return column + " !~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'";
        }
        if (from == ColumnType.TEXT && to == ColumnType.BOOLEAN) {
            return column + " NOT IN ('true', 'false')";
        }
        return "false";
    }
}
