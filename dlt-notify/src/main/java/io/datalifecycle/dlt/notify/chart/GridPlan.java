package io.datalifecycle.dlt.notify.chart;

import io.datalifecycle.dlt.view.Area;
import io.datalifecycle.dlt.view.PageItem;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * Where the items of a page lie on its 12 columns. Immutable.
 *
 * @param width of the whole grid
 * @param row height of one row
 * @param gap between two items
 */
public record GridPlan(double width, double row, double gap) {

    /** Columns of the grid. */
    public static final int COLUMNS = 12;

    /** The place of an item; areas that reach past the grid are cut. */
    public Rectangle2D place(Area area) {
        double column = (width + gap) / COLUMNS;
        int x = Math.min(COLUMNS - 1, Math.max(0, area.x()));
        int w = Math.min(COLUMNS - x, Math.max(1, area.w()));
        int h = Math.max(1, area.h());
        return new Rectangle2D.Double(
                x * column, Math.max(0, area.y()) * (row + gap), w * column - gap, h * (row + gap) - gap);
    }

    /** Height of all items together. */
    public double height(List<PageItem> items) {
        return items.stream()
                .mapToDouble(item -> place(item.area()).getMaxY())
                .max()
                .orElse(0);
    }
}
