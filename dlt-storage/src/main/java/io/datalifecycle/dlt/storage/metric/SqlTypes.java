package io.datalifecycle.dlt.storage.metric;

import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.template.ValueType;

/** Types of inputs and results in SQL. */
final class SqlTypes {

    private SqlTypes() {}

    /** What an input is cast to. */
    static String of(ValueType type) {
        return switch (type) {
            case STRING -> "text";
            case NUMBER -> "double precision";
            case INTEGER -> "bigint";
            case BOOLEAN -> "boolean";
            case TIMESTAMP -> "timestamptz";
            case DATE -> "date";
        };
    }

    /** What a result of a PostgreSQL type reads as; types without a counterpart read as their text. */
    static ColumnType columnType(String sqlType) {
        String base = sqlType.indexOf('(') < 0
                ? sqlType
                : sqlType.substring(0, sqlType.indexOf('(')).strip();
        if (sqlType.startsWith("timestamp")) {
            return ColumnType.TIMESTAMP;
        }
        return switch (base) {
            case "double precision", "real" -> ColumnType.DOUBLE;
            case "smallint", "integer", "bigint" -> ColumnType.BIGINT;
            case "numeric" -> ColumnType.DECIMAL;
            case "boolean" -> ColumnType.BOOLEAN;
            case "date" -> ColumnType.DATE;
            case "uuid" -> ColumnType.UUID;
            case "json", "jsonb" -> ColumnType.JSON;
            default -> ColumnType.TEXT;
        };
    }

    /** The SQL type a stored column has. */
    static String exact(ColumnType type) {
        return io.datalifecycle.dlt.storage.dialect.StoreTables.sqlType(type);
    }
}
