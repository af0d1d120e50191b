package io.datalifecycle.dlt.notify.chart;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.view.TableView;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The rows of a table that have room, and how many more there are. */
final class TablePainter {

    private static final double ROW = 22;
    private static final double PAD = 8;
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
        boolean more = table.rows().size() > room || table.truncated();
        int shown = Math.max(0, Math.min(table.rows().size(), more ? room - 1 : room));
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
        if (more) {
            String count = table.truncated() ? "more rows" : (table.rows().size() - shown) + " more rows";
            pen.left(
                    "… " + count,
                    area.getX() + PAD,
                    area.getY() + ROW * (shown + 1) + 15,
                    area.getWidth(),
                    Pen.Style.muted(11));
        }
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
        for (int column = 0; column < cells.size(); column++) {
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

    /** As wide as the content wants, shared out where that is too wide or leaves room. */
    private double[] widths(double room, int shown) {
        double[] wanted = wanted(Math.min(shown, 60));
        double cap = Math.max(60, room * 0.5);
        double sum = Arrays.stream(wanted)
                .map(width -> Math.min(cap, width) + 2 * PAD)
                .sum();
        return Arrays.stream(wanted)
                .map(width -> (Math.min(cap, width) + 2 * PAD) / sum * room)
                .toArray();
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
