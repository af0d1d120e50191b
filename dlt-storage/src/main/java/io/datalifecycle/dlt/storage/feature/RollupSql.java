package io.datalifecycle.dlt.storage.feature;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Merges;
import io.datalifecycle.dlt.template.Rollup;
import io.datalifecycle.dlt.template.RollupColumn;
import io.datalifecycle.dlt.template.StateColumns;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.template.Template;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The rows of a roll-up in SQL: one row per bucket and {@code by} columns, the values first, then the parts of their states. */
final class RollupSql {

    /** A row of the source, and not one that was added for what stands. */
    private static final String OWN = "s.\"~own\"";

    private final Template template;
    private final Rollup rollup;
    private final RowSchema visible;
    private final List<Column> hidden;
    private final TimeTable source;
    private final AggregateSql aggregates;
    private final HeldSql held;
    private final MergeSql merge;

    /** @param wide whether numbers are added up as numeric */
    RollupSql(Template template, Featurestore store, Rollup rollup, TimeTable source, boolean wide) {
        this.template = template;
        this.rollup = rollup;
        this.source = source;
        this.visible = StoreColumns.of(template, store);
        this.hidden = StateColumns.of(template, store);
        Store from = template.store(rollup.from()).orElseThrow();
        List<Column> readable = new ArrayList<>(StoreColumns.of(template, from).columns());
        if (from instanceof Featurestore feature) {
            readable.addAll(StateColumns.of(template, feature));
        }
        ColumnValues values = new ColumnValues(new RowSchema(readable), !(from instanceof Datastore));
        this.held = new HeldSql(rollup, values, source.time());
        this.aggregates = new AggregateSql(values, held, "s." + Identifier.quote(source.time()), wide);
        this.merge = new MergeSql(template, rollup, wide);
    }

    /**
     * Where rows come from.
     *
     * @param from relations, with the source as {@code s}
     * @param where condition that a row of the span meets, with {@link #REACH} before its lower bound
     * @param lower start of the row's span
     * @param upper end of the row's span
     * @param bucket start of the row's bucket
     * @param end end of the row's bucket
     * @param width length of a bucket as an interval; empty for buckets of the calendar
     * @param now up to when a value stands
     */
    record Origin(
            String from,
            String where,
            String lower,
            String upper,
            String bucket,
            String end,
            String width,
            String now) {

        /** Stands where the span is widened by what rows before it still say. */
        static final String REACH = "/*reach*/";
    }

    private String condition(Origin origin, boolean reaching) {
        String where = origin.where().replace(Origin.REACH, reaching ? " - " + held.hold() : "");
        return where
                + rollup.where()
                        .map(w -> " AND " + aggregates.values().condition(w))
                        .orElse("");
    }

    /** Starts of the buckets that have rows. */
    String buckets(Origin origin) {
        return "SELECT DISTINCT " + origin.bucket() + " FROM " + origin.from() + " WHERE " + condition(origin, false);
    }

    /** One row per bucket; the last column, {@code ~in}, is the number of source rows. */
    String select(Origin origin) {
        boolean reaching = rollup.columns().stream().anyMatch(c -> HeldSql.isHeld(c.aggregate()));
        List<String> means = merge.means(source.time());
        boolean plain = !reaching && means.isEmpty();
        String bucket = plain ? origin.bucket() : "s.\"~b\"";
        List<String> select = new ArrayList<>();
        select.add(bucket + " AS " + Identifier.quote(Featurestore.BUCKET));
        rollup.by().forEach(name -> select.add("s." + Identifier.quote(name)));
        select.addAll(values(plain));
        select.addAll(states());
        select.add("count(*)" + (plain ? "" : " FILTER (WHERE " + OWN + ")") + " AS \"~in\"");
        List<String> group = new ArrayList<>(List.of("1"));
        for (int i = 0; i < rollup.by().size(); i++) {
            group.add(Integer.toString(i + 2));
        }
        String rows = plain
                ? origin.from() + " WHERE " + condition(origin, false)
                : "(" + held.standing(neighbours(origin, reaching, means), merge.meanNames(), origin.width())
                        + ") AS s";
        return "SELECT " + String.join(", ", select) + " FROM " + rows + " GROUP BY " + String.join(", ", group);
    }

    private String neighbours(Origin origin, boolean reaching, List<String> means) {
        List<String> inner = new ArrayList<>(List.of(
                "s.*",
                "s." + Identifier.quote(source.time()) + " AS \"~t\"",
                held.hold() + " AS \"~h\"",
                origin.lower() + " AS \"~lo\"",
                origin.upper() + " AS \"~hi\"",
                origin.bucket() + " AS \"~b\"",
                origin.end() + " AS \"~z\""));
        inner.addAll(held.values());
        List<String> outer = new ArrayList<>(List.of("*"));
        outer.addAll(held.neighbours(origin.now()));
        outer.addAll(means);
        List<String> windows = new ArrayList<>(held.windows());
        if (!means.isEmpty()) {
            windows.add(merge.window());
        }
        return "SELECT " + String.join(", ", outer) + " FROM (SELECT " + String.join(", ", inner) + " FROM "
                + origin.from() + " WHERE " + condition(origin, reaching) + ") AS r WINDOW "
                + String.join(", ", windows);
    }

    private List<String> values(boolean plain) {
        List<String> select = new ArrayList<>();
        for (int i = 0; i < rollup.columns().size(); i++) {
            RollupColumn column = rollup.columns().get(i);
            ColumnType type = visible.find(column.name()).orElseThrow().type();
            boolean counts = column.aggregate().column().isEmpty();
            String sql = counts
                    ? aggregates.rows(column, plain ? "" : OWN)
                    : MergeSql.isMerge(column) ? merge.value(column, i, type) : aggregates.value(column, i, type);
            select.add(sql + " AS " + Identifier.quote(column.name()));
        }
        return select;
    }

    private List<String> states() {
        Map<String, Column> wanted =
                new HashMap<>(hidden.stream().collect(Collectors.toMap(Column::name, column -> column)));
        List<String> select = new ArrayList<>();
        for (int i = 0; i < rollup.columns().size(); i++) {
            RollupColumn column = rollup.columns().get(i);
            ColumnType type = visible.find(column.name()).orElseThrow().type();
            for (StateColumns.Part part : StateColumns.parts(
                    Merges.origin(template, rollup, column.name())
                            .map(Aggregate::function)
                            .orElseThrow(),
                    type)) {
                String name = Merges.state(column.name(), part.name());
                if (wanted.containsKey(name)) {
                    String sql =
                            MergeSql.isMerge(column) ? merge.part(column, i, part) : aggregates.part(column, i, part);
                    select.add(sql + " AS " + Identifier.quote(name));
                }
            }
        }
        return select;
    }
}
