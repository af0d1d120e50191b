package io.datalifecycle.dlt.storage.feature;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.storage.dialect.StoreTables;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.AggregateFunction;
import io.datalifecycle.dlt.template.Rollup;
import io.datalifecycle.dlt.template.RollupColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Aggregates for which a value stands until the next one comes, at most for the hold and not beyond now. Counters look at the value before each
 * row. What stands is cut into the buckets it reaches over: each row counts for its own bucket, and a row without values of its own is added
 * for each later bucket, so that a bucket in which nothing came, but something stood, has its row.
 */
final class HeldSql {

    private final Rollup rollup;
    private final ColumnValues values;
    private final String time;

    HeldSql(Rollup rollup, ColumnValues values, String time) {
        this.rollup = rollup;
        this.values = values;
        this.time = Identifier.quote(time);
    }

    static boolean isHeld(Aggregate aggregate) {
        return aggregate.function().isHeld();
    }

    private static boolean isStanding(Aggregate aggregate) {
        return aggregate.function() == AggregateFunction.TIME_WEIGHTED_AVG
                || aggregate.function() == AggregateFunction.DURATION_IN;
    }

    private List<Integer> columns(boolean standing) {
        return IntStream.range(0, rollup.columns().size())
                .filter(i -> isHeld(rollup.columns().get(i).aggregate()))
                .filter(i -> isStanding(rollup.columns().get(i).aggregate()) == standing)
                .boxed()
                .toList();
    }

    private List<Integer> columns() {
        List<Integer> all = new ArrayList<>(columns(false));
        all.addAll(columns(true));
        return all;
    }

    String hold() {
        return "interval " + Identifier.literal(rollup.reach().toString());
    }

    /** The value of each held column, named so that the next level can look at its neighbours. */
    List<String> values() {
        List<String> select = new ArrayList<>();
        for (int i : columns()) {
            RollupColumn column = rollup.columns().get(i);
            select.add(values.value(column.aggregate().column().orElseThrow(), column.where()) + " AS " + name(i, "v"));
        }
        return select;
    }

    /** What each row needs to know of its neighbours. Rows without a value have neighbours of their own, which nobody asks. */
    List<String> neighbours(String now) {
        List<String> select = new ArrayList<>();
        for (int i : columns(false)) {
            select.add("lag(" + name(i, "v") + ") OVER w" + i + " AS " + name(i, "pv"));
            select.add("lag(" + time + ") OVER w" + i + " AS " + name(i, "pt"));
        }
        for (int i : columns(true)) {
            select.add("CASE WHEN " + name(i, "v") + " IS NOT NULL THEN least(lead(" + time + ") OVER w" + i + ", "
                    + time + " + \"~h\", " + now + ") END AS " + name(i, "u"));
        }
        return select;
    }

    /** The windows of {@link #neighbours}. */
    List<String> windows() {
        List<String> windows = new ArrayList<>();
        for (int i : columns()) {
            List<String> by = new ArrayList<>(List.of(Identifier.quote("~lo")));
            rollup.by().forEach(name -> by.add(Identifier.quote(name)));
            by.add("(" + name(i, "v") + " IS NULL)");
            windows.add("w" + i + " AS (PARTITION BY " + String.join(", ", by) + " ORDER BY " + time + ", "
                    + name(i, "v") + ")");
        }
        return windows;
    }

    /**
     * The rows to group: those of the span, with what they stand for in their own bucket, and those that stand for later buckets.
     *
     * @param rows rows with their neighbours
     * @param extra columns beside the source's that the rows have, and the others have not
     * @param width length of a bucket; empty for buckets of the calendar, whose spans are single buckets
     */
    String standing(String rows, List<String> extra, String width) {
        List<Integer> standing = columns(true);
        if (standing.isEmpty()) {
            return "SELECT r.*, true AS \"~own\" FROM (" + rows + ") AS r WHERE \"~t\" >= \"~lo\"";
        }
        List<String> names =
                values.columns().columns().stream().map(Column::name).toList();
        List<String> branches = new ArrayList<>();
        String lists = columns(false).stream()
                .flatMap(i -> List.of(name(i, "v"), name(i, "pv"), name(i, "pt")).stream())
                .collect(Collectors.joining(", "));
        String counters = lists.isEmpty() ? "" : ", " + lists;
        String extras = extra.isEmpty() ? "" : ", " + String.join(", ", extra);
        branches.add("SELECT " + Identifier.list(names) + counters + extras
                + ", \"~t\", \"~h\", \"~b\", true AS \"~own\""
                + standing.stream()
                        .map(i -> ", " + name(i, "v") + ", " + seconds("\"~t\"", "least(" + name(i, "u") + ", \"~z\")")
                                + " AS " + name(i, "s"))
                        .collect(Collectors.joining())
                + " FROM rows WHERE \"~t\" >= \"~lo\"");
        for (int i : standing) {
            branches.add(later(i, names, extra, width, standing));
        }
        return "WITH rows AS MATERIALIZED (" + rows + ") " + String.join(" UNION ALL ", branches);
    }

    /** Rows for the buckets behind its own in which a row's value still stands. */
    private String later(int column, List<String> names, List<String> extra, String width, List<Integer> standing) {
        List<String> select = new ArrayList<>();
        for (String name : names) {
            String type = StoreTables.sqlType(values.type(name));
            select.add(rollup.by().contains(name) ? Identifier.quote(name) : "NULL::" + type);
        }
        for (int i : columns(false)) {
            select.addAll(List.of("NULL", "NULL", "NULL"));
        }
        extra.forEach(name -> select.add("NULL"));
        String starts = width.isEmpty()
                ? "(SELECT \"~lo\" AS at WHERE \"~t\" < \"~lo\" AND " + name(column, "u") + " > \"~lo\")"
                : "generate_series(greatest(\"~z\", \"~lo\"), least(" + name(column, "u")
                        + ", \"~hi\") - interval '1 microsecond', " + width + ")";
        String end = width.isEmpty() ? "\"~hi\"" : "later.at + " + width;
        select.addAll(List.of("later.at", "\"~h\"", "later.at", "false"));
        for (int i : standing) {
            select.add(i == column ? name(i, "v") : "NULL");
            select.add(i == column ? seconds("later.at", "least(" + name(i, "u") + ", " + end + ")") : "NULL");
        }
        return "SELECT " + String.join(", ", select) + " FROM rows CROSS JOIN LATERAL " + starts
                + " AS later(at) WHERE " + name(column, "u") + " IS NOT NULL";
    }

    private static String seconds(String from, String to) {
        return "greatest(0, extract(epoch FROM " + to + " - " + from + ")::double precision)";
    }

    String value(RollupColumn column, int number, boolean wide) {
        Aggregate aggregate = column.aggregate();
        Terms terms = new Terms(number, wide);
        return switch (aggregate.function()) {
            case INCREASE -> terms.increase();
            case RATE -> terms.increase() + " / nullif(" + terms.stepSeconds() + ", 0)";
            case TIME_WEIGHTED_AVG -> terms.integral() + " / nullif(" + terms.seconds() + ", 0)";
            default ->
                terms.secondsOf(ColumnValues.literal(
                        aggregate.arguments().get(0),
                        values.type(aggregate.column().orElseThrow())));
        };
    }

    String part(RollupColumn column, int number, String part, boolean wide) {
        Terms terms = new Terms(number, wide);
        boolean rate = column.aggregate().function() == AggregateFunction.RATE;
        return part.equals("sum")
                ? (rate ? terms.increase() : terms.integral())
                : (rate ? terms.stepSeconds() : terms.seconds());
    }

    private static String name(int number, String what) {
        return Identifier.quote("~" + number + what);
    }

    /** Sums over the rows of a bucket for one column; {@code s."~t"} is the time of a row and {@code s."~h"} the hold. */
    private record Terms(int number, boolean wide) {

        private String of(String what) {
            return "s." + name(number, what);
        }

        private String numeric(String value) {
            return wide ? "(" + value + ")::numeric" : value;
        }

        /** A row whose predecessor still stands when it comes. */
        private String isStep() {
            return of("v") + " IS NOT NULL AND " + of("pt") + " >= s.\"~t\" - s.\"~h\"";
        }

        String increase() {
            String v = numeric(of("v"));
            String pv = numeric(of("pv"));
            return "sum(CASE WHEN " + isStep() + " THEN CASE WHEN " + v + " >= " + pv + " THEN " + v + " - " + pv
                    + " ELSE " + v + " END END)";
        }

        String stepSeconds() {
            return "sum(CASE WHEN " + isStep() + " THEN "
                    + numeric("extract(epoch FROM s.\"~t\" - " + of("pt") + ")::double precision") + " END)";
        }

        String seconds() {
            return "sum(CASE WHEN " + of("v") + " IS NOT NULL THEN " + numeric(of("s")) + " END)";
        }

        String integral() {
            return "sum(" + numeric(of("v")) + " * " + numeric(of("s")) + ")";
        }

        String secondsOf(String state) {
            return "sum(CASE WHEN " + of("v") + " = " + state + " THEN " + numeric(of("s")) + " WHEN " + of("v")
                    + " IS NOT NULL THEN 0 END)";
        }
    }
}
