package io.datalifecycle.dlt.template;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.row.SchemaColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Derives the columns of a store from its declaration, in this one place. */
public final class StoreColumns {

    /** Column that holds properties a schema allows but does not name, as a JSON object. */
    public static final String EXTRA = "_extra";

    private StoreColumns() {}

    /**
     * The columns of a store, in order. References that do not resolve are left out rather than refused, so that a checker can tell
     * about all of them; on a checked template the answer is complete.
     */
    public static RowSchema of(Template template, Store store) {
        return new RowSchema(distinct(columns(template, store, 0)));
    }

    private static List<Column> columns(Template template, Store store, int depth) {
        if (depth > template.featurestores().size() + template.inferencestores().size()) {
            return List.of(); // a cycle; the checker names it
        }
        if (store instanceof Datastore datastore) {
            return ofSchema(datastore.schema());
        }
        if (store instanceof Inferencestore inferencestore) {
            return ofInference(template, inferencestore, depth);
        }
        Transform transform = ((Featurestore) store).transform();
        if (transform instanceof Rollup rollup) {
            return ofRollup(template, rollup, depth);
        }
        if (transform instanceof SqlTransform sql) {
            return sql.columns();
        }
        if (transform instanceof AsOfJoin join) {
            return ofJoin(template, join, depth);
        }
        return ofFormula(template, (Formula) transform, depth);
    }

    private static List<Column> ofSchema(JsonSchema schema) {
        List<Column> columns = new ArrayList<>();
        SchemaColumns.of(schema.keywords()).forEach(leaf -> columns.add(leaf.column()));
        if (SchemaColumns.isOpen(schema.keywords())) {
            columns.add(Column.of(EXTRA, ColumnType.JSON));
        }
        return columns;
    }

    private static List<Column> ofInference(Template template, Inferencestore store, int depth) {
        List<Column> columns = new ArrayList<>();
        columns.add(Column.required(store.time(), ColumnType.TIMESTAMP));
        List<Column> scored = template.models().stream()
                .filter(m -> m.scoring().into().equals(store.ref()))
                .flatMap(m -> template.store(m.features().from()).stream())
                .flatMap(s -> columns(template, s, depth + 1).stream())
                .toList();
        for (String name : store.naturalKey()) {
            if (!name.equals(store.time())
                    && store.columns().stream().noneMatch(c -> c.name().equals(name))) {
                columns.add(
                        find(scored, name).map(StoreColumns::required).orElse(Column.required(name, ColumnType.TEXT)));
            }
        }
        columns.addAll(store.columns());
        return columns;
    }

    private static List<Column> ofRollup(Template template, Rollup rollup, int depth) {
        List<Column> source = source(template, rollup.from(), depth);
        List<Column> columns = new ArrayList<>();
        columns.add(Column.required(Featurestore.BUCKET, ColumnType.TIMESTAMP));
        rollup.by().forEach(name -> find(source, name).ifPresent(columns::add));
        for (RollupColumn column : rollup.columns()) {
            Optional<Column> of = column.aggregate().column().flatMap(name -> find(source, name));
            columns.add(new Column(
                    column.name(), aggregateType(column.aggregate(), of), false, unit(column.aggregate(), of)));
        }
        return columns;
    }

    private static ColumnType aggregateType(Aggregate aggregate, Optional<Column> of) {
        return switch (aggregate.function()) {
            case COUNT, COUNT_DISTINCT -> ColumnType.BIGINT;
            case AVG, STDDEV, VARIANCE, PERCENTILE, MEDIAN, RATE, TIME_WEIGHTED_AVG, DURATION_IN -> ColumnType.DOUBLE;
            case HISTOGRAM -> ColumnType.JSON;
            case SUM, DELTA, INCREASE ->
                of.map(Column::type).filter(t -> t != ColumnType.BIGINT).orElse(ColumnType.DECIMAL);
            case MIN, MAX, FIRST, LAST, MERGE -> of.map(Column::type).orElse(ColumnType.DOUBLE);
        };
    }

    private static Optional<String> unit(Aggregate aggregate, Optional<Column> of) {
        return switch (aggregate.function()) {
            case COUNT, COUNT_DISTINCT, VARIANCE, RATE, HISTOGRAM -> Optional.empty();
            case DURATION_IN -> Optional.of("s");
            default -> of.flatMap(Column::unit);
        };
    }

    private static List<Column> ofJoin(Template template, AsOfJoin join, int depth) {
        List<Column> source = source(template, join.from(), depth);
        List<Column> columns = new ArrayList<>();
        columns.add(Column.required(join.time(), ColumnType.TIMESTAMP));
        join.by().forEach(name -> find(source, name).ifPresent(columns::add));
        join.columns().forEach(name -> find(source, name).ifPresent(columns::add));
        for (AsOfJoin.Joined joined : join.joins()) {
            List<Column> other = source(template, joined.from(), depth);
            joined.columns()
                    .forEach(name -> find(other, name)
                            .ifPresent(
                                    c -> columns.add(new Column(joined.prefix() + name, c.type(), false, c.unit()))));
        }
        return columns;
    }

    private static List<Column> ofFormula(Template template, Formula formula, int depth) {
        List<Column> source = source(template, formula.from(), depth);
        List<Column> columns = new ArrayList<>();
        columns.add(Column.required(formula.time(), ColumnType.TIMESTAMP));
        formula.by().forEach(name -> find(source, name).ifPresent(columns::add));
        formula.columns().forEach(name -> find(source, name).ifPresent(columns::add));
        formula.computed().forEach(c -> columns.add(Column.of(c.name(), c.type())));
        return columns;
    }

    private static List<Column> source(Template template, Ref ref, int depth) {
        return template.store(ref).map(s -> columns(template, s, depth + 1)).orElse(List.of());
    }

    private static Optional<Column> find(List<Column> columns, String name) {
        return columns.stream().filter(c -> c.name().equals(name)).findFirst();
    }

    private static Column required(Column column) {
        return new Column(column.name(), column.type(), true, column.unit());
    }

    private static List<Column> distinct(List<Column> columns) {
        List<Column> unique = new ArrayList<>();
        for (Column column : columns) {
            if (find(unique, column.name()).isEmpty()) {
                unique.add(column);
            }
        }
        return unique;
    }
}
