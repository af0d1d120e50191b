package io.datalifecycle.dlt.storage.feature;

import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.AggregateFunction;
import io.datalifecycle.dlt.template.Rollup;
import io.datalifecycle.dlt.template.RollupColumn;
import java.util.ArrayList;
import java.util.List;

/**
 * Aggregates for which a value stands until the next one comes. Each row knows the value before it and whether it is its bucket's last: then
 * a bucket is the sum of what stood before each of its rows, cut at the bucket's edge and at the hold, and of what its last value stands for.
 */
final class HeldSql {

    /** Start and end of a row's bucket. */
    private static final String BUCKET = "s." + Identifier.quote("~b");

    private static final String END = "s." + Identifier.quote("~z");

    private final Rollup rollup;
    private final ColumnValues values;
    private final String time;
    private final String hold;

    HeldSql(Rollup rollup, ColumnValues values, String time) {
        this.rollup = rollup;
        this.values = values;
        this.time = time;
        this.hold = "interval " + Identifier.literal(rollup.reach().toString());
    }

    static boolean isHeld(Aggregate aggregate) {
        return aggregate.function().isHeld();
    }

    String hold() {
        return hold;
    }

    /** The value of each held column, named so that the next level can look at its neighbours. */
    List<String> values() {
        List<String> select = new ArrayList<>();
        for (int i = 0; i < rollup.columns().size(); i++) {
            RollupColumn column = rollup.columns().get(i);
            if (isHeld(column.aggregate())) {
                String value = values.value(column.aggregate().column().orElseThrow(), column.where());
                select.add(value + " AS " + name(i, "v"));
            }
        }
        return select;
    }

    /** What each row needs to know of its neighbours. Rows without a value have neighbours of their own, which nobody asks. */
    List<String> neighbours() {
        List<String> select = new ArrayList<>();
        String at = Identifier.quote(time);
        for (int i = 0; i < rollup.columns().size(); i++) {
            Aggregate aggregate = rollup.columns().get(i).aggregate();
            if (isHeld(aggregate)) {
                String over = " OVER w" + i;
                String bucket = Identifier.quote("~b");
                select.add("lag(" + name(i, "v") + ")" + over + " AS " + name(i, "pv"));
                select.add("lag(" + at + ")" + over + " AS " + name(i, "pt"));
                select.add("lead(" + bucket + ")" + over + " IS DISTINCT FROM " + bucket + " AS " + name(i, "e"));
                boolean counted = aggregate.function() == AggregateFunction.DURATION_IN;
                if (counted) {
                    String type = ColumnValues.literal(
                            aggregate.arguments().get(0),
                            values.type(aggregate.column().orElseThrow()));
                    select.add(type + " AS " + name(i, "l"));
                }
            }
        }
        return select;
    }

    /** The windows of {@link #neighbours}. */
    List<String> windows() {
        List<String> windows = new ArrayList<>();
        for (int i = 0; i < rollup.columns().size(); i++) {
            if (isHeld(rollup.columns().get(i).aggregate())) {
                List<String> by = new ArrayList<>(List.of(Identifier.quote("~lo")));
                rollup.by().forEach(name -> by.add(Identifier.quote(name)));
                by.add("(" + name(i, "v") + " IS NULL)");
                windows.add("w" + i + " AS (PARTITION BY " + String.join(", ", by) + " ORDER BY "
                        + Identifier.quote(time) + ", " + name(i, "v") + ")");
            }
        }
        return windows;
    }

    static String value(Aggregate aggregate, int number, boolean wide) {
        Terms terms = new Terms(number, wide);
        return switch (aggregate.function()) {
            case INCREASE -> terms.increase();
            case RATE -> terms.increase() + " / nullif(" + terms.stepSeconds() + ", 0)";
            case TIME_WEIGHTED_AVG -> terms.integral() + " / nullif(" + terms.seconds() + ", 0)";
            default -> terms.secondsIn();
        };
    }

    static String part(Aggregate aggregate, int number, String part, boolean wide) {
        Terms terms = new Terms(number, wide);
        boolean rate = aggregate.function() == AggregateFunction.RATE;
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
            return "sum(CASE WHEN " + isStep() + " THEN " + length(of("pt"), "s.\"~t\"") + " END)";
        }

        /** What the predecessor stood for within this row's bucket. */
        private String before() {
            return "coalesce(greatest(0, "
                    + length(
                            "greatest(" + of("pt") + ", " + BUCKET + ")",
                            "least(s.\"~t\", " + of("pt") + " + s.\"~h\")")
                    + "), 0)";
        }

        /** What the last value of the bucket stands for. */
        private String after() {
            return "(CASE WHEN " + of("e") + " THEN " + length("s.\"~t\"", "least(" + END + ", s.\"~t\" + s.\"~h\")")
                    + " ELSE 0 END)";
        }

        String seconds() {
            return "sum(CASE WHEN " + of("v") + " IS NOT NULL THEN " + before() + " + " + after() + " END)";
        }

        String integral() {
            return "sum(CASE WHEN " + of("v") + " IS NOT NULL THEN coalesce(" + numeric(of("pv")) + " * " + before()
                    + ", 0) + " + numeric(of("v")) + " * " + after() + " END)";
        }

        String secondsIn() {
            return "sum(CASE WHEN " + of("v") + " IS NOT NULL THEN (CASE WHEN " + of("pv") + " = " + of("l") + " THEN "
                    + before() + " ELSE 0 END) + (CASE WHEN " + of("v") + " = " + of("l") + " THEN " + after()
                    + " ELSE 0 END) END)";
        }

        private String length(String from, String to) {
            return "extract(epoch FROM " + to + " - " + from + ")::" + (wide ? "numeric" : "double precision");
        }
    }
}
