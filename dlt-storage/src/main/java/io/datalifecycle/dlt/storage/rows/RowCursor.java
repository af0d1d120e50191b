package io.datalifecycle.dlt.storage.rows;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.template.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reads result rows into batches: which expressions to select so that times and dates come as numbers, and how to take them. */
public final class RowCursor {

    private RowCursor() {}

    /** The select list of columns, behind an alias or, for the empty text, without one. */
    public static String select(String alias, List<Column> columns) {
        String lead = alias.isEmpty() ? "" : alias + ".";
        return columns.stream()
                .map(column -> expression(column.type(), lead + Identifier.quote(column.name())))
                .collect(Collectors.joining(", "));
    }

    private static String expression(ColumnType type, String name) {
        return switch (type) {
            case TIMESTAMP, TIME -> "(extract(epoch FROM " + name + ") * 1000000)::bigint";
            case DATE -> "(" + name + " - date '1970-01-01')::bigint";
            case JSON -> name + "::text";
            case TEXT, DOUBLE, BIGINT, DECIMAL, BOOLEAN, UUID -> name;
        };
    }

    /** The order of a store's rows: by time and natural key. */
    public static String order(String alias, TimeTable table, Store store) {
        List<String> order = new ArrayList<>(List.of(table.time()));
        store.naturalKey().stream().filter(k -> !k.equals(table.time())).forEach(order::add);
        return Identifier.list(alias, order);
    }

    /** Takes the current row over into a batch, which the caller ends; its first cell is in that column of the result, counted from 1. */
    public static void read(ResultSet row, int first, RowSchema schema, RowBatch.Builder builder) throws SQLException {
        for (int c = 0; c < schema.size(); c++) {
            int at = first + c;
            switch (schema.column(c).type()) {
                case BIGINT, TIMESTAMP, DATE, TIME -> {
                    long value = row.getLong(at);
                    if (!row.wasNull()) {
                        builder.setLong(c, value);
                    }
                }
                case DOUBLE -> {
                    double value = row.getDouble(at);
                    if (!row.wasNull()) {
                        builder.setDouble(c, value);
                    }
                }
                case BOOLEAN -> {
                    boolean value = row.getBoolean(at);
                    if (!row.wasNull()) {
                        builder.setLong(c, value ? 1 : 0);
                    }
                }
                case TEXT, JSON -> builder.set(c, row.getString(at));
                case DECIMAL -> builder.set(c, row.getBigDecimal(at));
                case UUID -> builder.set(c, row.getObject(at, UUID.class));
            }
        }
    }
}
