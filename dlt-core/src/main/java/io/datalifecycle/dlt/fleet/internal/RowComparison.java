package io.datalifecycle.dlt.fleet.internal;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.spi.TransformEngine.Rows;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares the rows of a metric before and after. Rows are the same when all that is no number, and no JSON, is the same in them. */
final class RowComparison {

    private static final int MOST = 20;

    private final Rows before;
    private final Rows after;
    private final double tolerance;
    private final List<Difference> found = new ArrayList<>();
    private int more;

    private RowComparison(Rows before, Rows after, double tolerance) {
        this.before = before;
        this.after = after;
        this.tolerance = tolerance;
    }

    /**
     * One difference.
     *
     * @param where row and column for people; empty for the metric as a whole
     */
    record Difference(String where, String before, String after) {}

    /**
     * What differs, at most 20 lines and one that counts the others. Columns that only the later rows have do not count.
     *
     * @param tolerance by how much numbers may differ, as a share of the larger
     */
    static List<Difference> of(Rows before, Rows after, double tolerance) {
        return new RowComparison(before, after, tolerance).all();
    }

    private List<Difference> all() {
        List<Column> columns = before.columns().stream()
                .filter(c -> after.indexOf(c.name()) >= 0)
                .toList();
        before.columns().stream()
                .filter(c -> !columns.contains(c))
                .forEach(c -> note("column " + c.name(), c.type().label(), "is not there"));
        List<String> key =
                columns.stream().filter(RowComparison::tells).map(Column::name).toList();
        Map<String, List<@Nullable Object>> left = keyed(before, key);
        Map<String, List<@Nullable Object>> right = keyed(after, key);
        left.forEach((name, row) -> {
            List<@Nullable Object> other = right.get(name);
            if (other == null) {
                note(name, "a row", "none");
            } else {
                columns.stream().filter(c -> !tells(c)).forEach(c -> cells(name, c, row, other));
            }
        });
        right.keySet().stream().filter(name -> !left.containsKey(name)).forEach(name -> note(name, "none", "a row"));
        if (more > 0) {
            found.add(new Difference("and " + more + " more", "", ""));
        }
        return List.copyOf(found);
    }

    private static boolean tells(Column column) {
        return !column.type().isNumeric() && column.type() != ColumnType.JSON;
    }

    /** Rows by what tells them apart; several alike are counted. */
    private static Map<String, List<@Nullable Object>> keyed(Rows rows, List<String> key) {
        Map<String, Integer> seen = new LinkedHashMap<>();
        Map<String, List<@Nullable Object>> keyed = new LinkedHashMap<>();
        for (List<@Nullable Object> row : rows.rows()) {
            String name = key.stream()
                    .map(column -> column + "=" + row.get(rows.indexOf(column)))
                    .collect(Collectors.joining(" "));
            int nth = seen.merge(name, 1, Integer::sum);
            keyed.put(nth == 1 && !name.isEmpty() ? name : (name + " row " + nth).strip(), row);
        }
        return keyed;
    }

    private void cells(String row, Column column, List<@Nullable Object> left, List<@Nullable Object> right) {
        Object was = left.get(before.indexOf(column.name()));
        Object is = right.get(after.indexOf(column.name()));
        if (!isSame(was, is)) {
            note((row + " " + column.name()).strip(), String.valueOf(was), String.valueOf(is));
        }
    }

    private boolean isSame(@Nullable Object was, @Nullable Object is) {
        if (!(was instanceof Number a) || !(is instanceof Number b)) {
            return Objects.equals(was, is);
        }
        double left = a.doubleValue();
        double right = b.doubleValue();
        if (Double.isNaN(left) || Double.isNaN(right) || Double.isInfinite(left) || Double.isInfinite(right)) {
            return Double.compare(left, right) == 0;
        }
        BigDecimal distance = exact(a).subtract(exact(b)).abs();
        return distance.doubleValue() <= tolerance * Math.max(Math.abs(left), Math.abs(right));
    }

    private static BigDecimal exact(Number number) {
        return new BigDecimal(number.toString());
    }

    private void note(String where, String was, String is) {
        if (found.size() < MOST) {
            found.add(new Difference(where, was, is));
        } else {
            more++;
        }
    }
}
