package io.datalifecycle.dlt.storage.training;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.spi.PointInTime;
import io.datalifecycle.dlt.storage.dialect.StoreTables;
import io.datalifecycle.dlt.storage.rows.CopyEncoder;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.storage.sql.SqlErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The entities as a temporary table of the transaction: their number {@code n}, their columns {@code c0}, {@code c1}, … and for each cut the
 * bounds {@code hi0}, {@code lo0}, … of the times that may be seen. The names are ours, so that those of rows cannot clash. Used by one thread.
 */
final class EntityTable {

    static final String NAME = Identifier.qualified("pg_temp", "dlt_entity");

    private final PointInTime.Request request;
    private final int time;
    private final List<Cut> cuts = new ArrayList<>();
    private final RowSchema schema;
    private final CopyEncoder encoder = new CopyEncoder();
    private final boolean[] hasNull;
    private final List<Span> spans = new ArrayList<>();
    private long count;

    /** Times that some entity may see: the least lower bound and the greatest upper one, in microseconds. */
    static final class Span {
        long from = Long.MAX_VALUE;
        long to = Long.MIN_VALUE;
    }

    EntityTable(PointInTime.Request request) {
        this.request = request;
        this.time = request.entities().indexOf(request.time());
        this.hasNull = new boolean[request.entities().size()];
        for (PointInTime.Feature feature : request.features()) {
            Cut cut = Cut.of(feature);
            if (cuts.stream().noneMatch(cut::isSame)) {
                cuts.add(cut);
                spans.add(new Span());
            }
        }
        this.schema = schema();
    }

    private RowSchema schema() {
        List<Column> columns = new ArrayList<>();
        columns.add(Column.required("n", ColumnType.BIGINT));
        for (int c = 0; c < request.entities().size(); c++) {
            columns.add(Column.of("c" + c, request.entities().column(c).type()));
        }
        for (int i = 0; i < cuts.size(); i++) {
            columns.add(Column.required("hi" + i, ColumnType.TIMESTAMP));
            if (cuts.get(i).isBounded()) {
                columns.add(Column.required("lo" + i, ColumnType.TIMESTAMP));
            }
        }
        return new RowSchema(columns);
    }

    static void create(Connection connection, String name, RowSchema schema) throws SQLException {
        String definitions = schema.columns().stream()
                .map(c -> Identifier.quote(c.name()) + " " + StoreTables.sqlType(c.type()))
                .collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE " + name + " (" + definitions + ") ON COMMIT DROP");
        }
    }

    void fill(Connection connection, PointInTime.Entities entities) throws SQLException {
        create(connection, NAME, schema);
        entities.read(batch -> add(connection, batch));
        try (Statement statement = connection.createStatement()) {
            statement.execute("ANALYZE " + NAME);
        }
    }

    private void add(Connection connection, RowBatch batch) {
        RowBatch.Builder rows = RowBatch.builder(schema, batch.size() + 1);
        for (int row = 0; row < batch.size(); row++) {
            rows.setLong(0, count++);
            for (int c = 0; c < hasNull.length; c++) {
                hasNull[c] |= batch.isNull(row, c);
                copy(batch, row, c, rows, c + 1);
            }
            bounds(batch.longAt(row, time), rows);
            rows.endRow(count);
        }
        try {
            encoder.copy(connection, NAME, rows.build(), 0, batch.size(), null);
        } catch (SQLException e) {
            throw SqlErrors.of("copy entities of a training set", e);
        }
    }

    private void bounds(long at, RowBatch.Builder rows) {
        int column = hasNull.length + 1;
        for (int i = 0; i < cuts.size(); i++) {
            Cut cut = cuts.get(i);
            Span span = spans.get(i);
            long upper = cut.upper(at);
            span.to = Math.max(span.to, upper);
            rows.setLong(column++, upper);
            if (cut.isBounded()) {
                long lower = cut.lower(at);
                span.from = Math.min(span.from, lower);
                rows.setLong(column++, lower);
            }
        }
    }

    /** Copies a cell without boxing; null stays null. */
    static void copy(RowBatch from, int row, int column, RowBatch.Builder to, int target) {
        if (from.isNull(row, column)) {
            return;
        }
        switch (from.schema().column(column).type()) {
            case DOUBLE -> to.setDouble(target, from.doubleAt(row, column));
            case BIGINT, BOOLEAN, TIMESTAMP, DATE, TIME -> to.setLong(target, from.longAt(row, column));
            case TEXT, DECIMAL, UUID, JSON -> to.setObject(target, from.objectAt(row, column));
        }
    }

    long count() {
        return count;
    }

    /** Number of the cut that a feature goes by. */
    int cut(PointInTime.Feature feature) {
        Cut cut = Cut.of(feature);
        for (int i = 0; i < cuts.size(); i++) {
            if (cuts.get(i).isSame(cut)) {
                return i;
            }
        }
        throw new IllegalStateException("every feature has a cut");
    }

    Span span(PointInTime.Feature feature) {
        return spans.get(cut(feature));
    }

    /** Name of a column of the entities in this table. */
    String column(String name) {
        return "c" + request.entities().indexOf(name);
    }

    /** Whether an entity has null in a column. */
    boolean hasNull(String name) {
        return hasNull[request.entities().indexOf(name)];
    }

    /** Name of the time column in this table. */
    String time() {
        return "c" + time;
    }
}
