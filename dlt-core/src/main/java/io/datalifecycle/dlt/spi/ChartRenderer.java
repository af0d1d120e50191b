package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.view.PageItem;
import java.time.ZoneId;

/** Draws one item of a page as an image. Thread-safe. */
public interface ChartRenderer {

    /**
     * PNG of one item of any kind, to be shown at that many pixels; the image itself has twice as many each way, so that it is sharp
     * on dense screens. Say the width where it is shown: {@code <img width=…>}.
     */
    byte[] png(PageItem item, ZoneId zone, int width, int height);

    /** PNG of a whole page, its items on the grid, to be shown at that width; twice as dense like an item. */
    byte[] png(io.datalifecycle.dlt.view.Page page, int width);
}
