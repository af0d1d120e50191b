package io.datalifecycle.dlt.notify.chart;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.view.TableView;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The rows of a table that have room, and how many more there are. */
final class TablePainter {

    private static final double ROW = 22;
    private static final double PAD = 8;
    private static final double LEAST_TEXT = 70;
    private static final Pen.Style CELL = Pen.Style.of(11.5);
    private static final Pen.Style HEAD = new Pen.Style(Lettering.bold(11), Palette.MUTED);

    private final TableView table;
    private final List<List<String>> columns;

    TablePainter(TableView table, Formats formats) {
        this.table = table;
        this.columns = IntStream.range(0, table.columns().size())
                .mapToObj(column -> formats.cells(table, column))
                .toList();
    }

    void paint(Pen pen, Rectangle2D area) {
        int room = (int) Math.floor((area.getHeight() - ROW) / ROW);
        int shown = Math.max(0, Math.min(table.rows().size(), isMore(area.getWidth(), room) ? room - 1 : room));
        double[] widths = widths(area.getWidth(), shown);
        List<String> headings = table.columns().stream().map(Formats::heading).toList();
        row(pen, area.getX(), area.getY() + 15, widths, headings, HEAD);
        pen.line(area.getX(), area.getY() + ROW, area.getMaxX(), area.getY() + ROW, Palette.LINE.darker());
        for (int i = 0; i < shown; i++) {
            double y = area.getY() + ROW * (i + 1);
            if (i % 2 == 1) {
                pen.fill(new Rectangle2D.Double(area.getX(), y, area.getWidth(), ROW), Palette.GROUND);
            }
            row(pen, area.getX(), y + 15, widths, cells(i), CELL);
        }
        String rest = rest(table.rows().size() - shown, columns.size() - widths.length);
        if (!rest.isEmpty()) {
            double y = area.getY() + ROW * (shown + 1) + 15;
            pen.left(rest, area.getX() + PAD, y, area.getWidth(), Pen.Style.muted(11));
        }
    }

    private boolean isMore(double width, int rows) {
        return table.rows().size() > rows
                || table.truncated()
                || widths(width, Math.min(60, table.rows().size())).length < columns.size();
    }

    /** What has no room, in words. */
    private String rest(int rows, int hidden) {
        List<String> parts = new ArrayList<>();
        if (rows > 0 || table.truncated()) {
            parts.add(table.truncated() ? "more rows" : rows == 1 ? "1 more row" : Formats.number(rows) + " more rows");
        }
        if (hidden > 0) {
            parts.add(hidden == 1 ? "1 more column" : hidden + " more columns");
        }
        return parts.isEmpty() ? "" : "… " + String.join(", ", parts);
    }

    /** Whether every row has room and no cell is cut. */
    boolean isWhole(double width, double height) {
        boolean rows = !table.truncated() && (table.rows().size() + 1) * ROW <= height;
        return rows
                && Arrays.stream(wanted(table.rows().size()))
                                .map(one -> one + 2 * PAD)
                                .sum()
                        <= width;
    }

    private List<String> cells(int row) {
        return columns.stream().map(cells -> cells.get(row)).toList();
    }

    private void row(Pen pen, double left, double baseline, double[] widths, List<String> cells, Pen.Style style) {
        double x = left;
        for (int column = 0; column < widths.length; column++) {
            boolean right = isRight(table.columns().get(column));
            Pen.Point at =
                    new Pen.Point(right ? x + widths[column] - PAD : x + PAD, baseline, widths[column] - 2 * PAD);
            pen.text(cells.get(column), at, style, right ? Pen.Side.RIGHT : Pen.Side.LEFT);
            x += widths[column];
        }
    }

    static boolean isRight(Column column) {
        return column.type().isNumeric();
    }

    /**
     * Widths of the columns that are shown. Words give way first, down to {@link #LEAST_TEXT}; numbers and times are never cut, so the
     * last columns are left out where even that is too wide.
     */
    private double[] widths(double room, int shown) {
        double[] least = wanted(Math.min(shown, 60));
        double[] full = least.clone();
        for (int column = 0; column < least.length; column++) {
            boolean words = table.columns().get(column).type() == ColumnType.TEXT
                    || table.columns().get(column).type() == ColumnType.JSON;
            full[column] = 2 * PAD + (words ? Math.min(Math.max(LEAST_TEXT, room * 0.5), full[column]) : full[column]);
            least[column] = words ? Math.min(full[column], 2 * PAD + LEAST_TEXT) : full[column];
        }
        int count = least.length;
        while (count > 1 && Arrays.stream(least, 0, count).sum() > room) {
            count--;
        }
        double narrow = Arrays.stream(least, 0, count).sum();
        double wide = Arrays.stream(full, 0, count).sum();
        double[] widths = new double[count];
        for (int column = 0; column < count; column++) {
            double share = wide > narrow ? Math.min(1, Math.max(0, (room - narrow) / (wide - narrow))) : 1;
            widths[column] = least[column] + (full[column] - least[column]) * share;
        }
        double sum = Arrays.stream(widths).sum();
        return Arrays.stream(widths).map(width -> width * room / sum).toArray();
    }

    private double[] wanted(int rows) {
        double[] wanted = new double[columns.size()];
        for (int column = 0; column < wanted.length; column++) {
            wanted[column] = Lettering.width(
                    HEAD.font(),
                    Lettering.drawable(Formats.heading(table.columns().get(column))));
            for (String cell : columns.get(column).subList(0, rows)) {
                wanted[column] = Math.max(wanted[column], Lettering.width(CELL.font(), Lettering.drawable(cell)));
            }
        }
        return wanted;
    }
}
