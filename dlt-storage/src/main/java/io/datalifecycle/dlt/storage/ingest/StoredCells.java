package io.datalifecycle.dlt.storage.ingest;

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

/** Columns of a store in a SELECT, and what it gives as cells of a batch. */
final class StoredCells {

    private StoredCells() {}

    /** What to select, by the alias of the table. */
    static String list(String alias, RowSchema schema) {
        List<String> expressions = new ArrayList<>();
        for (Column column : schema.columns()) {
            String name = alias + "." + Identifier.quote(column.name());
            expressions.add(
                    switch (column.type()) {
                        case TIMESTAMP, TIME -> "(extract(epoch FROM " + name + ") * 1000000)::bigint";
                        case DATE -> "(" + name + " - date '1970-01-01')::bigint";
                        case JSON -> name + "::text";
                        case TEXT, DOUBLE, BIGINT, DECIMAL, BOOLEAN, UUID -> name;
                    });
        }
        return String.join(", ", expressions);
    }

    /** By time and natural key. */
    static String order(String alias, TimeTable table, Store store) {
        List<String> order = new ArrayList<>(List.of(table.time()));
        store.naturalKey().stream().filter(k -> !k.equals(table.time())).forEach(order::add);
        return Identifier.list(alias, order);
    }

    /** Sets the cells of the current row, the first from that column of the result. */
    static void read(ResultSet row, int first, RowSchema schema, RowBatch.Builder builder) throws SQLException {
        for (int c = 0; c < schema.size(); c++) {
            ColumnType type = schema.column(c).type();
            int at = first + c;
            switch (type) {
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
