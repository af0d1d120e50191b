package io.datalifecycle.dlt.storage.feature;

import io.datalifecycle.dlt.feature.Grain;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.storage.dialect.StoreTables;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.template.AsOfJoin;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.time.Bucketing;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An as-of join in SQL. All rows, driving and joined, lie in one order per {@code by}; running maxima tell each driving row the time of the latest
 * joined row that is known by then; the joined rows are fetched by that time. One sort, however many stores.
 */
final class JoinSql {

    private final WorkspaceContext workspace;
    private final String schema;
    private final AsOfJoin join;
    private final Store driving;
    private final RowSchema drivingColumns;

    JoinSql(WorkspaceContext workspace, String schema, AsOfJoin join) {
        this.workspace = workspace;
        this.schema = schema;
        this.join = join;
        this.driving = workspace.template().store(join.from()).orElseThrow();
        this.drivingColumns = StoreColumns.of(workspace.template(), driving);
    }

    /** The steps before {@link #select()}. */
    List<String> ctes() {
        List<String> ctes = new ArrayList<>();
        ctes.add("drive AS MATERIALIZED (" + drive() + ")");
        for (int i = 0; i < join.joins().size(); i++) {
            ctes.add("o" + i + " AS MATERIALIZED (" + candidates(i) + ")");
        }
        ctes.add("asof AS (" + asOf() + ")");
        return ctes;
    }

    private List<String> by() {
        return join.by();
    }

    private String drive() {
        List<String> columns = new ArrayList<>();
        columns.add("s." + Identifier.quote(driving.time()) + " AS \"~t\"");
        by().forEach(name -> columns.add("s." + Identifier.quote(name)));
        join.columns().stream()
                .filter(name -> !by().contains(name) && !name.equals(join.time()))
                .forEach(name -> columns.add("s." + Identifier.quote(name)));
        String time = "s." + Identifier.quote(driving.time());
        return "SELECT " + distinct(driving) + String.join(", ", columns) + " FROM span JOIN "
                + table(driving).quoted() + " AS s ON " + time + " >= span.lo AND " + time + " < span.hi"
                + order(driving, drivingColumns);
    }

    /** Nothing where time and {@code by} make rows unique already; else the least row by all its columns stands for those alike. */
    private String distinct(Store store) {
        return isUnique(store) ? "" : "DISTINCT ON (" + Identifier.list("s", keyOf(store)) + ") ";
    }

    private String order(Store store, RowSchema columns) {
        if (isUnique(store)) {
            return "";
        }
        List<String> order = new ArrayList<>(keyOf(store));
        columns.columns().stream()
                .map(Column::name)
                .filter(n -> !order.contains(n))
                .forEach(order::add);
        return " ORDER BY "
                + order.stream()
                        .map(n -> "s." + Identifier.quote(n) + (isJson(columns, n) ? "::text" : ""))
                        .collect(Collectors.joining(", "));
    }

    private static boolean isJson(RowSchema columns, String name) {
        return columns.find(name).filter(c -> c.type() == ColumnType.JSON).isPresent();
    }

    private List<String> keyOf(Store store) {
        List<String> key = new ArrayList<>(by());
        key.add(store.time());
        return key;
    }

    private boolean isUnique(Store store) {
        return StoreTables.isKeyed(store) && keyOf(store).containsAll(store.naturalKey());
    }

    /** Rows of a joined store that may be the latest for a driving row of some span. */
    private String candidates(int i) {
        AsOfJoin.Joined joined = join.joins().get(i);
        Store store = workspace.template().store(joined.from()).orElseThrow();
        RowSchema columns = StoreColumns.of(workspace.template(), store);
        String time = "s." + Identifier.quote(store.time());
        String known = known(store, time);
        List<String> select = new ArrayList<>();
        select.add(time + " AS \"~o\"");
        select.add(known + " AS \"~k\"");
        by().forEach(name -> select.add("s." + Identifier.quote(name)));
        joined.columns().stream()
                .filter(name -> !by().contains(name))
                .forEach(name -> select.add("s." + Identifier.quote(name)));
        validTo(store)
                .filter(name -> !joined.columns().contains(name) && !by().contains(name))
                .ifPresent(name -> select.add("s." + Identifier.quote(name)));
        String list = String.join(", ", select);
        String from = table(store).quoted() + " AS s";
        Optional<Duration> within = reach(joined, store);
        if (within.isPresent()) {
            return "SELECT DISTINCT " + list + " FROM span JOIN " + from + " ON " + time + " >= span.lo - interval "
                    + Identifier.literal(within.get().toString()) + " AND " + time + " < span.hi";
        }
        String same = by().stream()
                .map(name -> DiffSql.equal(columns.columns(), name, "s", "d"))
                .collect(Collectors.joining(" AND "));
        String match = same.isEmpty() ? "true" : same;
        String keys = by().isEmpty() ? "" : ", " + Identifier.list("d", by());
        return "SELECT " + list + " FROM span JOIN " + from + " ON " + time + " >= span.lo AND " + time + " < span.hi "
                + "UNION SELECT s.* FROM (SELECT DISTINCT span.lo" + keys
                + " FROM span JOIN drive AS d ON d.\"~t\" >= span.lo "
                + "AND d.\"~t\" < span.hi) AS d, LATERAL (SELECT " + list + " FROM " + from + " WHERE " + match
                + " AND "
                + time + " < d.lo ORDER BY " + time + " DESC" + ties(i, columns, "s.") + " LIMIT 1) AS s";
    }

    /** How far back rows can matter, the delay until they are known included; empty for any age. */
    private Optional<Duration> reach(AsOfJoin.Joined joined, Store store) {
        if (validTo(store).isPresent()) {
            return Optional.empty();
        }
        Duration delay = Grain.delayed(workspace.template(), joined.from(), workspace.zone())
                .map(b -> Bucketing.longest(b.every()))
                .orElse(Duration.ZERO);
        return joined.within().map(delay::plus);
    }

    private static Optional<String> validTo(Store store) {
        return store instanceof Datastore datastore ? datastore.validTo() : Optional.empty();
    }

    /** From when on a row is known: a bucket says something once it has ended. */
    private String known(Store store, String time) {
        Optional<Bucketing> bucketing = Grain.delayed(workspace.template(), store.ref(), workspace.zone());
        if (bucketing.isEmpty()) {
            return time;
        }
        if (bucketing.get().every() instanceof Duration width) {
            return time + " + interval " + Identifier.literal(width.toString());
        }
        Period width = (Period) bucketing.get().every();
        String zone = Identifier.literal(bucketing.get().zone().getId());
        return "(" + time + " AT TIME ZONE " + zone + " + interval " + Identifier.literal(width.toString())
                + ") AT TIME ZONE " + zone;
    }

    private String asOf() {
        String by = by().stream().map(n -> ", " + Identifier.quote(n)).collect(Collectors.joining());
        List<String> events = new ArrayList<>();
        int stores = join.joins().size();
        events.add("SELECT \"~t\", true AS \"~d\"" + by + nulls(stores, -1) + " FROM drive");
        for (int i = 0; i < stores; i++) {
            events.add("SELECT \"~k\", false" + by + nulls(stores, i) + " FROM o" + i);
        }
        List<String> latest = new ArrayList<>();
        for (int i = 0; i < stores; i++) {
            latest.add("max(\"~a" + i + "\") OVER w AS \"~a" + i + "\"");
        }
        String partition = by().isEmpty() ? "" : "PARTITION BY " + Identifier.list(by()) + " ";
        return "SELECT * FROM (SELECT \"~t\", \"~d\"" + by + (latest.isEmpty() ? "" : ", " + String.join(", ", latest))
                + " FROM (" + String.join(" UNION ALL ", events) + ") AS e WINDOW w AS (" + partition
                + "ORDER BY \"~t\")) AS r WHERE \"~d\"";
    }

    private static String nulls(int stores, int own) {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < stores; i++) {
            list.append(i == own ? ", \"~o\"" : ", NULL::timestamptz")
                    .append(" AS \"~a")
                    .append(i)
                    .append('"');
        }
        return list.toString();
    }

    /** The rows: time, {@code by}, own columns, joined columns. */
    String select() {
        List<String> select = new ArrayList<>();
        select.add("d.\"~t\" AS " + Identifier.quote(join.time()));
        by().forEach(name -> select.add("d." + Identifier.quote(name)));
        join.columns().stream()
                .filter(name -> !by().contains(name) && !name.equals(join.time()))
                .forEach(name -> select.add("d." + Identifier.quote(name)));
        StringBuilder from = new StringBuilder(" FROM drive AS d JOIN asof AS a ON a.\"~t\" = d.\"~t\"");
        by().forEach(name -> from.append(" AND ").append(DiffSql.equal(drivingColumns.columns(), name, "a", "d")));
        for (int i = 0; i < join.joins().size(); i++) {
            AsOfJoin.Joined joined = join.joins().get(i);
            Store store = workspace.template().store(joined.from()).orElseThrow();
            RowSchema columns = StoreColumns.of(workspace.template(), store);
            String alias = "j" + i;
            for (String name : joined.columns()) {
                select.add(alias + "." + Identifier.quote(name) + " AS " + Identifier.quote(joined.prefix() + name));
            }
            from.append(" LEFT JOIN ")
                    .append(latest(i, store, columns))
                    .append(" AS ")
                    .append(alias);
            from.append(" ON ")
                    .append(alias)
                    .append(".\"~o\" = a.\"~a")
                    .append(i)
                    .append('"');
            by().forEach(name -> from.append(" AND ").append(DiffSql.equal(columns.columns(), name, alias, "d")));
            joined.within()
                    .ifPresent(w -> from.append(" AND ")
                            .append(alias)
                            .append(".\"~k\" > d.\"~t\" - interval ")
                            .append(Identifier.literal(w.toString())));
            validTo(store)
                    .ifPresent(to -> from.append(" AND coalesce(d.\"~t\" < ")
                            .append(alias)
                            .append('.')
                            .append(Identifier.quote(to))
                            .append(", true)"));
        }
        select.add("1 AS \"~in\"");
        return "SELECT " + String.join(", ", select) + from;
    }

    /** Of candidates alike in time and {@code by} the greatest by its columns stands for all. */
    private String latest(int i, Store store, RowSchema columns) {
        if (isUnique(store)) {
            return "o" + i;
        }
        List<String> key = new ArrayList<>(by().stream().map(Identifier::quote).toList());
        key.add("\"~o\"");
        return "(SELECT DISTINCT ON (" + String.join(", ", key) + ") * FROM o" + i + " ORDER BY "
                + String.join(", ", key) + ties(i, columns, "") + ")";
    }

    /** What decides between rows alike in time and {@code by}. */
    private String ties(int i, RowSchema columns, String alias) {
        return join.joins().get(i).columns().stream()
                .filter(name -> !by().contains(name))
                .map(name -> ", " + alias + Identifier.quote(name) + (isJson(columns, name) ? "::text" : "") + " DESC")
                .collect(Collectors.joining());
    }

    private TimeTable table(Store store) {
        return TimeTable.of(workspace, schema, store);
    }
}
