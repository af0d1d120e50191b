package io.datalifecycle.dlt.storage.metric;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.spi.TransformEngine.Rows;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads results into plain Java values; not-a-number and infinity become no value, in one place. */
final class ResultRows {

    private ResultRows() {}

    static Rows read(ResultSet row, List<Column> columns, int maxRows) throws SQLException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        boolean truncated = false;
        while (row.next()) {
            if (rows.size() == maxRows) {
                truncated = true;
                break;
            }
            List<@Nullable Object> cells = new ArrayList<>(columns.size());
            for (int c = 0; c < columns.size(); c++) {
                cells.add(cell(row, c + 1, columns.get(c).type()));
            }
            rows.add(cells);
        }
        return new Rows(columns, rows, truncated);
    }

    private static @Nullable Object cell(ResultSet row, int index, ColumnType type) throws SQLException {
        return switch (type) {
            case DOUBLE -> {
                double value = row.getDouble(index);
                yield row.wasNull() || !Double.isFinite(value) ? null : (Object) value;
            }
            case BIGINT -> {
                long value = row.getLong(index);
                yield row.wasNull() ? null : (Object) value;
            }
            case BOOLEAN -> {
                boolean value = row.getBoolean(index);
                yield row.wasNull() ? null : (Object) value;
            }
            case DECIMAL -> decimal(row.getString(index));
            case TIMESTAMP -> {
                OffsetDateTime value = row.getObject(index, OffsetDateTime.class);
                yield value == null || value.equals(OffsetDateTime.MAX) || value.equals(OffsetDateTime.MIN)
                        ? null
                        : value.toInstant();
            }
            case DATE -> {
                LocalDate value = row.getObject(index, LocalDate.class);
                yield value == null || value.equals(LocalDate.MAX) || value.equals(LocalDate.MIN) ? null : value;
            }
            case UUID -> row.getObject(index, UUID.class);
            case TEXT, JSON, TIME -> row.getString(index);
        };
    }

    private static @Nullable BigDecimal decimal(@Nullable String text) {
        boolean number = text != null
                && !text.isEmpty()
                && (Character.isDigit(text.charAt(text.length() - 1)) || text.endsWith("."));
        return number ? new BigDecimal(text) : null;
    }
}
