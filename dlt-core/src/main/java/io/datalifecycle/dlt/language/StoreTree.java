package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.template.AsOfJoin;
import io.datalifecycle.dlt.template.Check;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Formula;
import io.datalifecycle.dlt.template.Inferencestore;
import io.datalifecycle.dlt.template.OnFail;
import io.datalifecycle.dlt.template.OnInvalid;
import io.datalifecycle.dlt.template.Refresh;
import io.datalifecycle.dlt.template.Rollup;
import io.datalifecycle.dlt.template.RollupColumn;
import io.datalifecycle.dlt.template.SqlTransform;
import io.datalifecycle.dlt.template.Transform;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stores as groups of keys. */
final class StoreTree {

    private StoreTree() {}

    static Map<String, @Nullable Object> datastore(Datastore store) {
        return new Tree()
                .put("title", store.title())
                .put("time", store.time())
                .put("valid_to", store.validTo())
                .list("natural_key", store.naturalKey())
                .unless(
                        "duplicates",
                        store.duplicates().label(),
                        Datastore.defaultDuplicates(store.naturalKey()).label())
                .put("schema", store.schema().keywords())
                .unless("on_invalid", store.onInvalid().label(), OnInvalid.REJECT.label())
                .map(
                        "accept",
                        new Tree()
                                .duration("past", store.accept().past())
                                .duration("future", store.accept().future())
                                .done())
                .put("rate", store.rate())
                .duration("chunk", store.chunk(), Datastore.defaultChunk(store.rate(), store.validTo()))
                .amount("retention", store.retention())
                .amount("compress_after", store.compressAfter())
                .map(
                        "quarantine",
                        new Tree()
                                .unless(
                                        "keep",
                                        IsoText.of(store.quarantineKeep()),
                                        IsoText.of(Datastore.DEFAULT_QUARANTINE_KEEP))
                                .done())
                .done();
    }

    static Map<String, @Nullable Object> inferencestore(Inferencestore store) {
        return new Tree()
                .put("title", store.title())
                .put("time", store.time())
                .put("natural_key", store.naturalKey())
                .put("columns", columns(store.columns()))
                .duration("chunk", store.chunk(), Inferencestore.DEFAULT_CHUNK)
                .amount("retention", store.retention())
                .done();
    }

    static Map<String, @Nullable Object> featurestore(Featurestore store) {
        return new Tree()
                .put("title", store.title())
                .put(store.transform().kind().label(), transform(store.transform()))
                .map("refresh", refresh(store.refresh()))
                .unless("realtime", store.realtime(), false)
                .duration("chunk", store.chunk(), Featurestore.DEFAULT_CHUNK)
                .amount("retention", store.retention())
                .amount("history", store.history())
                .items("checks", store.checks(), Check::key, StoreTree::check)
                .done();
    }

    private static Object check(Check check) {
        String kind = check.kind().label();
        Tree tree = new Tree();
        if (check instanceof Check.NotNull notNull) {
            tree.put(kind, notNull.column());
        } else if (check instanceof Check.Range range) {
            tree.put(kind, range.column()).put("min", range.min()).put("max", range.max());
        } else if (check instanceof Check.Unique unique) {
            tree.put(kind, unique.columns());
        } else if (check instanceof Check.Freshness freshness) {
            tree.put(kind, IsoText.of(freshness.within()));
        } else if (check instanceof Check.RowCount rows) {
            tree.put(
                    kind,
                    new Tree().put("min", rows.min()).put("max", rows.max()).done());
        } else if (check instanceof Check.Sql sql) {
            tree.put(kind, sql.sql());
        }
        return tree.unless("on_fail", check.onFail().label(), OnFail.WARN.label())
                .done();
    }

    private static Map<String, @Nullable Object> refresh(Refresh refresh) {
        return new Tree()
                .put("cron", refresh.cron())
                .unless(
                        "order",
                        refresh.order().label(),
                        Refresh.ON_DEMAND.order().label())
                .duration("budget", refresh.budget())
                .done();
    }

    private static Object transform(Transform transform) {
        if (transform instanceof Rollup rollup) {
            return new Tree()
                    .put("from", rollup.from().toString())
                    .put("every", IsoText.of(rollup.every()))
                    .list("by", rollup.by())
                    .put("columns", rollupColumns(rollup))
                    .put("where", rollup.where())
                    .duration("hold", rollup.hold())
                    .put("timezone", rollup.timezone().map(ZoneId::getId))
                    .done();
        }
        if (transform instanceof SqlTransform sql) {
            return new Tree()
                    .put("query", sql.sql())
                    .put("time", sql.time())
                    .list("by", sql.by())
                    .put("columns", columns(sql.columns()))
                    .unless("every", IsoText.of(sql.every()), IsoText.of(SqlTransform.DEFAULT_EVERY))
                    .duration("look_back", sql.lookBack(), Duration.ZERO)
                    .done();
        }
        if (transform instanceof AsOfJoin join) {
            return new Tree()
                    .put("from", join.from().toString())
                    .put("time", join.time())
                    .list("by", join.by())
                    .list("columns", join.columns())
                    .put("joins", join.joins().stream().map(StoreTree::joined).toList())
                    .done();
        }
        return formula((Formula) transform);
    }

    private static Object rollupColumns(Rollup rollup) {
        Map<String, Object> columns = new LinkedHashMap<>();
        for (RollupColumn column : rollup.columns()) {
            columns.put(column.name(), column.text());
        }
        return columns;
    }

    private static Object joined(AsOfJoin.Joined joined) {
        return new Tree()
                .put("from", joined.from().toString())
                .put("columns", joined.columns())
                .unless("prefix", joined.prefix(), "")
                .duration("within", joined.within())
                .done();
    }

    private static Object formula(Formula formula) {
        Map<String, Object> computed = new LinkedHashMap<>();
        for (Formula.Computed column : formula.computed()) {
            Object form = column.type() == ColumnType.DOUBLE
                    ? column.expression()
                    : new Tree()
                            .put("type", column.type().label())
                            .put("expression", column.expression())
                            .done();
            computed.put(column.name(), form);
        }
        return new Tree()
                .put("from", formula.from().toString())
                .put("time", formula.time())
                .list("by", formula.by())
                .list("columns", formula.columns())
                .put("computed", computed)
                .done();
    }

    private static Object columns(List<Column> columns) {
        Map<String, Object> group = new LinkedHashMap<>();
        for (Column column : columns) {
            String type = column.type().label();
            boolean simple = !column.required() && column.unit().isEmpty();
            Object form = simple
                    ? type
                    : new Tree()
                            .put("type", type)
                            .unless("required", column.required(), false)
                            .put("unit", column.unit())
                            .done();
            group.put(column.name(), form);
        }
        return group;
    }
}
