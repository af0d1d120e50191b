package io.datalifecycle.dlt.storage.ingest;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.spi.RowCorrector.Selection;
import io.datalifecycle.dlt.storage.dialect.StoreTables;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.time.TimeRange;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A selection as the condition of a statement whose table is called {@code t}, with its values. Immutable. */
final class SelectionSql {

    private final TimeRange range;
    private final String span;
    private final String condition;
    private final List<Object> values = new ArrayList<>();

    SelectionSql(TimeTable table, RowSchema schema, Selection rows) {
        range = rows.range();
        String time = "t." + Identifier.quote(table.time());
        span = time + " >= ? AND " + time + " < ?";
        List<String> conditions = new ArrayList<>(List.of(span));
        values.add(bound(rows.range().from()));
        values.add(bound(rows.range().to()));
        for (Map.Entry<String, @Nullable Object> entry : rows.where().entrySet()) {
            Column column = schema.find(entry.getKey())
                    .orElseThrow(() -> new IllegalArgumentException("where: there is no column " + entry.getKey()));
            String name = "t." + Identifier.quote(column.name());
            Object value = entry.getValue();
            if (value == null) {
                conditions.add(name + " IS NULL");
            } else {
                conditions.add(name + " = ?::" + StoreTables.sqlType(column.type()));
                values.add(value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value);
            }
        }
        condition = String.join(" AND ", conditions);
    }

    /** Times of rows are whole microseconds: the first of them that is not before the instant. */
    private static OffsetDateTime bound(Instant instant) {
        long micros = RowBatch.microsOf(instant);
        Instant whole = RowBatch.instantOf(micros);
        return (whole.isBefore(instant) ? RowBatch.instantOf(micros + 1) : whole).atOffset(ZoneOffset.UTC);
    }

    /** A time column as microseconds since the epoch. */
    static String micros(String alias, String time) {
        return "(extract(epoch FROM " + alias + "." + Identifier.quote(time) + ") * 1000000)::bigint";
    }

    TimeRange range() {
        return range;
    }

    /** The condition of the span alone. */
    String span() {
        return span;
    }

    String condition() {
        return condition;
    }

    /** Binds the values from that parameter on. */
    void bind(PreparedStatement statement, int from) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(from + i, values.get(i));
        }
    }

    /** Binds the bounds of the span alone. */
    void bindSpan(PreparedStatement statement, int from) throws SQLException {
        statement.setObject(from, values.get(0));
        statement.setObject(from + 1, values.get(1));
    }
}
