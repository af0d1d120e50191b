package io.datalifecycle.dlt.storage.feature;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Rollup;
import io.datalifecycle.dlt.template.StateColumns;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.time.Bucketing;
import io.datalifecycle.dlt.workspace.PhysicalName;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Duration;
import java.time.Period;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The view through which metrics read a store that has hidden columns or is realtime. Of a realtime store it gives the buckets before the
 * newest one of the table from the table, and that bucket and all after it computed from the source as it is now.
 */
public final class RealtimeView {

    private RealtimeView() {}

    /** Whether metrics read a store through a view: a featurestore that needs one, or a table with columns that nobody should see. */
    public static boolean isViewed(WorkspaceContext workspace, Store store) {
        return workspace.veiled().contains(store.ref())
                || (store instanceof Featurestore feature && StateColumns.isViewed(workspace.template(), feature));
    }

    /** What metrics read a store by: its view where it has one, else its table; in quotes. */
    public static String readable(WorkspaceContext workspace, String schema, Store store) {
        return isViewed(workspace, store)
                ? quoted(workspace, schema, store)
                : TimeTable.of(workspace, schema, store).quoted();
    }

    /** What gives only the rows that are stored: the table, or a view where it has hidden columns. */
    public static String stored(WorkspaceContext workspace, String schema, Store store) {
        if (store instanceof Featurestore feature && feature.realtime()) {
            return hasHidden(workspace, feature)
                    ? Identifier.qualified(schema, PhysicalName.stored(store.key(), workspace.id()))
                    : TimeTable.of(workspace, schema, store).quoted();
        }
        return readable(workspace, schema, store);
    }

    private static boolean hasHidden(WorkspaceContext workspace, Featurestore store) {
        return workspace.veiled().contains(store.ref())
                || !StateColumns.of(workspace.template(), store).isEmpty();
    }

    /** The views that a store has: none, the one that metrics read, and that of stored rows where the two differ. */
    public static Map<String, String> all(WorkspaceContext workspace, String schema, Store store) {
        Map<String, String> views = new LinkedHashMap<>();
        if (isViewed(workspace, store)) {
            views.put(quoted(workspace, schema, store), create(workspace, schema, store));
            if (store instanceof Featurestore feature && feature.realtime() && hasHidden(workspace, feature)) {
                String name = stored(workspace, schema, store);
                String columns = columns(workspace, store);
                views.put(
                        name,
                        "CREATE VIEW " + name + " (" + columns + ") AS SELECT " + columns + " FROM "
                                + TimeTable.of(workspace, schema, store).quoted());
            }
        }
        return views;
    }

    private static String columns(WorkspaceContext workspace, Store store) {
        return Identifier.list(StoreColumns.of(workspace.template(), store).columns().stream()
                .map(Column::name)
                .toList());
    }

    /** Name of the view in quotes. */
    private static String quoted(WorkspaceContext workspace, String schema, Store store) {
        return Identifier.qualified(schema, PhysicalName.view(store.key(), workspace.id()));
    }

    /** The statement that makes it. */
    private static String create(WorkspaceContext workspace, String schema, Store store) {
        TimeTable table = TimeTable.of(workspace, schema, store);
        String columns = columns(workspace, store);
        String stored = "SELECT " + columns + " FROM " + table.quoted();
        String body = stored;
        if (store instanceof Featurestore feature
                && feature.realtime()
                && feature.transform() instanceof Rollup rollup) {
            String newest = "(SELECT coalesce(max(" + Identifier.quote(Featurestore.BUCKET)
                    + "), '-infinity'::timestamptz) FROM " + table.quoted() + ")";
            TimeTable source = TimeTable.of(
                    workspace, schema, workspace.template().store(rollup.from()).orElseThrow());
            RollupSql sql = new RollupSql(workspace.template(), feature, rollup, source, false);
            body = stored + " WHERE " + Identifier.quote(Featurestore.BUCKET) + " < " + newest + " UNION ALL SELECT "
                    + columns + " FROM (" + sql.select(origin(rollup, workspace, source, newest)) + ") AS live";
        }
        return "CREATE VIEW " + quoted(workspace, schema, store) + " (" + columns + ") AS " + body;
    }

    private static RollupSql.Origin origin(Rollup rollup, WorkspaceContext workspace, TimeTable source, String newest) {
        String time = "s." + Identifier.quote(source.time());
        String where = time + " >= " + newest + RollupSql.Origin.REACH;
        String from = source.quoted() + " AS s";
        if (rollup.every() instanceof Duration width) {
            String length = "interval " + Identifier.literal(width.toString());
            String bucket = "date_bin(" + length + ", " + time + ", timestamptz '1970-01-01 00:00:00+00')";
            return new RollupSql.Origin(
                    from, where, newest, "'infinity'::timestamptz", bucket, bucket + " + " + length, length, "now()");
        }
        Bucketing bucketing = rollup.bucketing(workspace.zone());
        String zone = Identifier.literal(bucketing.zone().getId());
        Period every = (Period) rollup.every();
        String day = start("(" + time + " AT TIME ZONE " + zone + ")::date", every);
        String next = "(" + day + " + interval " + Identifier.literal(every.toString()) + ")";
        // a span of the table's is one bucket, here it is all that is new: what stands over an edge of the calendar
        // waits for the refresh
        return new RollupSql.Origin(
                from, where, newest, "'infinity'::timestamptz", midnight(day, zone), midnight(next, zone), "", "now()");
    }

    /** The first midnight of a day: where clocks go back over it PostgreSQL takes the second. */
    private static String midnight(String day, String zone) {
        String local = day + "::timestamp";
        String later = "(" + local + " AT TIME ZONE " + zone + ")";
        String earlier = "(" + later + " - interval '1 hour')";
        return "(CASE WHEN " + earlier + " AT TIME ZONE " + zone + " = " + local + " THEN " + earlier + " ELSE " + later
                + " END)";
    }

    /** First day of the bucket that a day lies in, counted as {@link Bucketing} counts. */
    private static String start(String day, Period every) {
        if (every.getYears() > 0) {
            int years = every.getYears();
            return "make_date((floor(extract(year FROM " + day + ") / " + years + ") * " + years + ")::int, 1, 1)";
        }
        if (every.getMonths() > 0) {
            int months = every.getMonths();
            String number = "(floor((extract(year FROM " + day + ") * 12 + extract(month FROM " + day + ") - 1) / "
                    + months + ") * " + months + ")::int";
            return "make_date((" + number + ") / 12, (" + number + ") % 12 + 1, 1)";
        }
        int days = every.getDays();
        return "(date '1970-01-05' + (floor((" + day + " - date '1970-01-05')::numeric / " + days + ") * " + days
                + ")::int)";
    }
}
