package io.datalifecycle.dlt.ingest.internal;

import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.row.internal.RowReader;
import io.datalifecycle.dlt.row.internal.RowRules;
import io.datalifecycle.dlt.row.internal.RuleCompiler;
import io.datalifecycle.dlt.row.internal.Setup;
import io.datalifecycle.dlt.row.internal.Window;
import io.datalifecycle.dlt.template.StoreColumns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads rows that go into no store by the types of their columns. All must be right: one that is not ends it. Immutable, thread-safe. */
public final class TypedRows {

    /** Types that rows can be read as: a JSON Schema has no word for the others. */
    private static final Map<ColumnType, Map<String, Object>> SCHEMAS = schemas();

    private static final int BATCH_ROWS = 20_000;
    private static final int MOST_TOLD = 10;

    private final RowSchema columns;
    private final RowRules rules;

    /** @param time name of the time column */
    public TypedRows(RowSchema columns, String time) {
        this.columns = columns;
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        columns.columns().forEach(column -> properties.put(column.name(), schema(column)));
        List<String> required = columns.columns().stream()
                .filter(Column::required)
                .map(Column::name)
                .toList();
        List<Column> all = new ArrayList<>(columns.columns());
        all.add(Column.of(StoreColumns.EXTRA, ColumnType.JSON)); // takes what nobody asked for
        this.rules = RuleCompiler.compile(
                Map.of("type", "object", "properties", properties, "required", required),
                new RowSchema(all),
                time,
                false);
    }

    /** Whether rows can have a column of that type. */
    public static boolean isReadable(ColumnType type) {
        return SCHEMAS.containsKey(type);
    }

    private static Map<ColumnType, Map<String, Object>> schemas() {
        Map<ColumnType, Map<String, Object>> schemas = new LinkedHashMap<>();
        schemas.put(ColumnType.TEXT, Map.of("type", "string"));
        schemas.put(ColumnType.DOUBLE, Map.of("type", "number"));
        schemas.put(ColumnType.BIGINT, Map.of("type", "integer"));
        schemas.put(ColumnType.DECIMAL, Map.of("type", "number", "decimal", true));
        schemas.put(ColumnType.BOOLEAN, Map.of("type", "boolean"));
        schemas.put(ColumnType.TIMESTAMP, Map.of("type", "string", "format", "date-time"));
        schemas.put(ColumnType.DATE, Map.of("type", "string", "format", "date"));
        schemas.put(ColumnType.UUID, Map.of("type", "string", "format", "uuid"));
        schemas.put(ColumnType.JSON, Map.of());
        return schemas;
    }

    private static Map<String, Object> schema(Column column) {
        Map<String, Object> schema = new LinkedHashMap<>(SCHEMAS.getOrDefault(column.type(), Map.of()));
        if (!column.required() && schema.get("type") instanceof String type) {
            schema.put("type", List.of(type, "null"));
        }
        return schema;
    }

    /**
     * Gives all rows in batches; behind the columns stands one more with what else a row held.
     *
     * @throws DltException with {@code ROW_INVALID} for rows that do not fit, told by line, and {@code SOURCE_UNREADABLE} or
     *     {@code CSV_HEADER} when they cannot be read
     */
    public void read(Rows rows, Consumer<RowBatch> batches) {
        try (RowReader reader = Sources.reader(rows, new Setup(rules, null, Window.ANY, BATCH_ROWS))) {
            while (true) {
                RowReader.Block block = reader.read(BATCH_ROWS);
                if (!block.rejected().isEmpty()) {
                    throw wrong(rows, block.rejected());
                }
                RowReader.@Nullable Break broken = block.broken();
                if (broken != null) {
                    throw new DltException(
                            ProblemCode.SOURCE_UNREADABLE,
                            rows.name() + " cannot be read after line " + broken.line() + ": " + broken.message(),
                            broken.cause());
                }
                if (block.rows().size() > 0) {
                    batches.accept(block.rows());
                }
                if (block.last()) {
                    return;
                }
            }
        } catch (IOException e) {
            throw new DltException(
                    ProblemCode.SOURCE_UNREADABLE, rows.name() + " cannot be closed: " + e.getMessage(), e);
        }
    }

    /** Reasons without their messages, which may hold values. */
    private DltException wrong(Rows rows, List<RowRejection> rejected) {
        String told =
                rejected.stream().limit(MOST_TOLD).map(RowRejection::toString).collect(Collectors.joining("\n"));
        String more = rejected.size() > MOST_TOLD ? "\nand more" : "";
        String expected = columns.columns().stream()
                .map(column -> column.name() + " " + column.type().label() + (column.required() ? ", needed" : ""))
                .collect(Collectors.joining("; "));
        return new DltException(
                ProblemCode.ROW_INVALID,
                rows.name() + " has rows that do not fit; mend them, none may be left out (" + expected + ")\n" + told
                        + more);
    }
}
