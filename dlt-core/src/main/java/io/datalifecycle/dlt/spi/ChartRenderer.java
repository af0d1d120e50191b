package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.view.PageItem;
import java.time.ZoneId;

/** Draws one item of a page as an image. Thread-safe. */
public interface ChartRenderer {

    /** PNG of that many pixels. Draws charts, stats, tables and alert lists alike. */
    byte[] png(PageItem item, ZoneId zone, int width, int height);

    /** PNG of a whole page, its items on the grid. */
    byte[] png(io.datalifecycle.dlt.view.Page page, int width);
}
