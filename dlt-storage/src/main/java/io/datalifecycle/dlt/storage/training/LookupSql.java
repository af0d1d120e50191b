package io.datalifecycle.dlt.storage.training;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.spi.PointInTime;
import io.datalifecycle.dlt.storage.dialect.StoreTables;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.feature.HistoryTable;
import io.datalifecycle.dlt.storage.rows.RowCursor;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The SQL of one feature. Entities and rows of the store lie in one order per {@code by}, a running maximum tells each entity the time of the
 * latest row it may see, and the rows are fetched by that time: one sort, whatever the indexes. Columns are {@code k0}, … for {@code by},
 * {@code v0}, … for what is taken, {@code o} for the time.
 */
final class LookupSql {

    /** Below so many entities, rows of keys that none of them has are left out before the sort. */
    private static final long FEW = 50_000;

    private final WorkspaceContext workspace;
    private final String schema;
    private final PointInTime.Feature feature;
    private final EntityTable entities;
    private final int number;
    private final RowSchema columns;

    /** @param number of the feature */
    LookupSql(
            WorkspaceContext workspace, String schema, PointInTime.Feature feature, EntityTable entities, int number) {
        this.workspace = workspace;
        this.schema = schema;
        this.feature = feature;
        this.entities = entities;
        this.number = number;
        this.columns = StoreColumns.of(workspace.template(), feature.store());
    }

    private Store store() {
        return feature.store();
    }

    /** The steps before the SELECT. */
    List<String> ctes(Optional<Instant> knownAt, List<Object> binds) {
        List<String> ctes = new ArrayList<>();
        ctes.add("o" + number + " AS MATERIALIZED (" + latestOfTime(candidates(knownAt, binds)) + ")");
        String keys = keys("");
        String partition = feature.by().isEmpty() ? "" : "PARTITION BY " + keys.substring(2) + " ";
        ctes.add("a" + number + " AS (SELECT n, o FROM (SELECT n, max(o) OVER (" + partition
                + "ORDER BY at, r ROWS UNBOUNDED PRECEDING) AS o FROM (SELECT n" + ofEntity() + ", hi"
                + entities.cut(feature) + " AS at, 0 AS r, NULL::timestamptz AS o FROM " + EntityTable.NAME
                + " UNION ALL SELECT NULL" + keys + ", o, 1, o FROM o" + number
                + ") AS x) AS y WHERE n IS NOT NULL AND o IS NOT NULL)");
        return ctes;
    }

    private String candidates(Optional<Instant> knownAt, List<Object> binds) {
        String select = "SELECT s." + Identifier.quote(store().time()) + " AS o" + keyed("s") + taken("s")
                + validTo()
                        .map(name -> ", s." + Identifier.quote(name) + " AS until")
                        .orElse("");
        if (knownAt.isEmpty()) {
            String table = TimeTable.of(workspace, schema, store()).quoted();
            return select + " FROM " + table + " AS s WHERE " + inSpan("s", binds) + ofEntities("s");
        }
        String key = Identifier.list("h", StoreTables.keyColumns(store()));
        String versions = "SELECT DISTINCT ON (" + key + ") h.* FROM " + history() + " AS h WHERE " + inSpan("h", binds)
                + ofEntities("h") + " AND h." + Identifier.quote(HistoryTable.KNOWN_AT) + " <= ? ORDER BY " + key
                + ", h." + Identifier.quote(HistoryTable.KNOWN_AT) + " DESC" + ties("h", "");
        binds.add(knownAt.get().atOffset(ZoneOffset.UTC));
        return select + " FROM (" + versions + ") AS s WHERE NOT s." + Identifier.quote(HistoryTable.GONE);
    }

    private String history() {
        return HistoryTable.of(workspace, schema, (Featurestore) store()).quoted();
    }

    /** Rows that some entity may see. */
    private String inSpan(String alias, List<Object> binds) {
        EntityTable.Span span = entities.span(feature);
        String time = alias + "." + Identifier.quote(store().time());
        binds.add(at(span.to));
        if (feature.within().isEmpty()) {
            return time + " < ?";
        }
        binds.add(at(span.from));
        return time + " < ? AND " + time + " >= ?";
    }

    private static OffsetDateTime at(long micros) {
        return RowBatch.instantOf(micros).atOffset(ZoneOffset.UTC);
    }

    private String ofEntities(String alias) {
        if (feature.by().isEmpty() || entities.count() >= FEW) {
            return "";
        }
        return " AND EXISTS (SELECT 1 FROM " + EntityTable.NAME + " AS e WHERE "
                + feature.by().stream()
                        .map(name -> equal(name, alias + "." + Identifier.quote(name), "e." + entities.column(name)))
                        .collect(Collectors.joining(" AND "))
                + ")";
    }

    /** Equality with a column of the entities that takes nulls for equal, in a form that can be hashed. */
    private String equal(String name, String left, String right) {
        if (!entities.hasNull(name)) {
            return left + " = " + right;
        }
        return "(" + left + " IS NULL) = (" + right + " IS NULL) AND coalesce(" + text(name, left) + ", '') = coalesce("
                + text(name, right) + ", '')";
    }

    /** A text that is the same for equal values. */
    private String text(String name, String value) {
        return switch (columns.column(columns.indexOf(name)).type()) {
            case DECIMAL -> "trim_scale(" + value + ")::text";
            case DOUBLE -> "(" + value + " + 0)::text"; // minus zero is zero
            default -> value + "::text";
        };
    }

    private String ofEntity() {
        return feature.by().stream()
                .map(name ->
                        ", " + entities.column(name) + " AS k" + feature.by().indexOf(name))
                .collect(Collectors.joining());
    }

    private String keyed(String alias) {
        return feature.by().stream()
                .map(name -> ", " + alias + "." + Identifier.quote(name) + " AS k"
                        + feature.by().indexOf(name))
                .collect(Collectors.joining());
    }

    private String taken(String alias) {
        StringBuilder taken = new StringBuilder();
        for (int i = 0; i < feature.columns().size(); i++) {
            taken.append(", ")
                    .append(alias)
                    .append('.')
                    .append(Identifier.quote(feature.columns().get(i)));
            taken.append(" AS v").append(i);
        }
        return taken.toString();
    }

    private String keys(String alias) {
        StringBuilder keys = new StringBuilder();
        for (int i = 0; i < feature.by().size(); i++) {
            keys.append(", ").append(alias).append('k').append(i);
        }
        return keys.toString();
    }

    /** Of rows alike in time and {@code by} the greatest by what is taken stands for all; nulls are least, text goes by bytes. */
    private String latestOfTime(String candidates) {
        if (isUnique()) {
            return candidates;
        }
        StringBuilder ties = new StringBuilder();
        for (int i = 0; i < feature.columns().size(); i++) {
            ties.append(", v")
                    .append(i)
                    .append(collated(feature.columns().get(i)))
                    .append(" DESC NULLS LAST");
        }
        String until = validTo().isPresent() ? ", until DESC" : "";
        return "SELECT DISTINCT ON (o" + keys("") + ") * FROM (" + candidates + ") AS s ORDER BY o" + keys("") + ties
                + until;
    }

    private String collated(String name) {
        return columns.column(columns.indexOf(name)).type() == ColumnType.TEXT ? " COLLATE \"C\"" : "";
    }

    /** Decides between versions that became known at one instant. */
    private String ties(String alias, String direction) {
        return ", " + alias + "." + Identifier.quote(HistoryTable.GONE) + direction
                + feature.columns().stream()
                        .map(name -> ", " + alias + "." + Identifier.quote(name) + collated(name) + direction)
                        .collect(Collectors.joining());
    }

    private boolean isUnique() {
        List<String> key = new ArrayList<>(feature.by());
        key.add(store().time());
        return StoreTables.isKeyed(store()) && key.containsAll(store().naturalKey());
    }

    private Optional<String> validTo() {
        return store() instanceof Datastore datastore ? datastore.validTo() : Optional.empty();
    }

    /** How the entities, behind the alias {@code e}, find their row, behind the alias {@code j} and the number. */
    String join() {
        String a = "a" + number;
        String j = "j" + number;
        StringBuilder join = new StringBuilder(" LEFT JOIN " + a + " ON " + a + ".n = e.n LEFT JOIN o" + number + " AS "
                + j + " ON " + j + ".o = " + a + ".o");
        for (int i = 0; i < feature.by().size(); i++) {
            String name = feature.by().get(i);
            join.append(" AND ").append(equal(name, j + ".k" + i, "e." + entities.column(name)));
        }
        feature.within()
                .ifPresent(age ->
                        join.append(" AND ").append(a).append(".o >= e.lo").append(entities.cut(feature)));
        validTo()
                .ifPresent(to -> join.append(" AND coalesce(e.")
                        .append(entities.time())
                        .append(" < ")
                        .append(j)
                        .append(".until, true)"));
        return join.toString();
    }

    /** What the answer takes, behind the alias {@code j} and the number, with the names of the answer's types. */
    List<Column> taken() {
        List<Column> taken = new ArrayList<>();
        for (int i = 0; i < feature.columns().size(); i++) {
            taken.add(Column.of(
                    "v" + i,
                    columns.column(columns.indexOf(feature.columns().get(i))).type()));
        }
        return taken;
    }

    /**
     * For each {@code by}, in the order of time, entities and versions of rows, versions first: number of the entity, its lower bound; time of
     * the version, until when it was the last; then the columns of {@link #eventColumns()}.
     */
    String events(List<Object> binds) {
        String key = Identifier.list("h", StoreTables.keyColumns(store()));
        String known = "h." + Identifier.quote(HistoryTable.KNOWN_AT);
        String versions = "SELECT h.*, lead(" + known + ") OVER (PARTITION BY " + key + " ORDER BY " + known
                + ties("h", " DESC") + ") AS \"~until\" FROM " + history() + " AS h WHERE " + inSpan("h", binds)
                + ofEntities("h");
        String lower = feature.within().isPresent() ? "lo" + entities.cut(feature) : "NULL::timestamptz";
        StringBuilder nulls = new StringBuilder();
        for (Column column : taken()) {
            nulls.append(", NULL::")
                    .append(StoreTables.sqlType(column.type()))
                    .append(" AS ")
                    .append(column.name());
        }
        return "SELECT " + RowCursor.select("x", eventColumns().columns()) + " FROM (SELECT n, " + entities.time()
                + " AS at, " + lower + " AS lo, NULL::timestamptz AS o, NULL::timestamptz AS until, 1 AS r" + ofEntity()
                + nulls
                + " FROM " + EntityTable.NAME + " UNION ALL SELECT NULL, s." + Identifier.quote(HistoryTable.KNOWN_AT)
                + ", NULL, s." + Identifier.quote(store().time()) + ", s.\"~until\", 0" + keyed("s") + taken("s")
                + " FROM (" + versions + ") AS s WHERE NOT s." + Identifier.quote(HistoryTable.GONE)
                + ") AS x ORDER BY " + (feature.by().isEmpty() ? "" : keys("x.").substring(2) + ", ") + "x.at, x.r";
    }

    /** Columns of {@link #events}. */
    RowSchema eventColumns() {
        List<Column> all = new ArrayList<>(List.of(
                Column.of("n", ColumnType.BIGINT),
                Column.of("at", ColumnType.TIMESTAMP),
                Column.of("lo", ColumnType.TIMESTAMP),
                Column.of("o", ColumnType.TIMESTAMP),
                Column.of("until", ColumnType.TIMESTAMP)));
        for (int i = 0; i < feature.by().size(); i++) {
            all.add(Column.of(
                    "k" + i,
                    columns.column(columns.indexOf(feature.by().get(i))).type()));
        }
        all.addAll(taken());
        return new RowSchema(all);
    }
}
