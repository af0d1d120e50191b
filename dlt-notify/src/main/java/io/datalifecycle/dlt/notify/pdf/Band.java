package io.datalifecycle.dlt.notify.pdf;

import io.datalifecycle.dlt.notify.chart.GridPlan;
import io.datalifecycle.dlt.view.Area;
import io.datalifecycle.dlt.view.PageItem;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Items that lie beside each other on the grid: no line across the page parts them. A band stays together on one sheet. Immutable.
 *
 * @param items in reading order
 * @param places by id, where they were moved to
 */
record Band(List<PageItem> items, Map<String, Area> places) {

    private static final Comparator<PageItem> READING = Comparator.comparingInt(
                    (PageItem item) -> item.area().y())
            .thenComparingInt(item -> item.area().x());

    Band {
        items = List.copyOf(items);
        places = Map.copyOf(places);
    }

    Band(List<PageItem> items) {
        this(items, Map.of());
    }

    /** The bands of a page from top to bottom. */
    static List<Band> of(List<PageItem> items) {
        List<Band> bands = new ArrayList<>();
        List<PageItem> open = new ArrayList<>();
        int bottom = Integer.MIN_VALUE;
        for (PageItem item : items.stream().sorted(READING).toList()) {
            if (!open.isEmpty() && item.area().y() >= bottom) {
                bands.add(new Band(open));
                open = new ArrayList<>();
            }
            open.add(item);
            bottom = Math.max(bottom, item.area().y() + Math.max(1, item.area().h()));
        }
        if (!open.isEmpty()) {
            bands.add(new Band(open));
        }
        return bands;
    }

    /** The same items pushed together over columns and rows that nothing covers any more, and over the whole width. */
    Band compact() {
        BitSet columns = new BitSet();
        BitSet rows = new BitSet();
        for (PageItem item : items) {
            Area area = onGrid(item.area());
            columns.set(area.x(), area.x() + area.w());
            rows.set(area.y(), area.y() + area.h());
        }
        Map<String, Area> moved = new HashMap<>();
        double wider = (double) GridPlan.COLUMNS / Math.max(1, columns.cardinality());
        for (PageItem item : items) {
            Area area = onGrid(item.area());
            int left = (int) Math.round(before(columns, area.x()) * wider);
            int right = (int) Math.round(before(columns, area.x() + area.w()) * wider);
            moved.put(item.id(), new Area(left, before(rows, area.y()), Math.max(1, right - left), area.h()));
        }
        return new Band(items, moved);
    }

    /** The part of an area that lies on the grid, at least one cell. */
    private static Area onGrid(Area area) {
        int x = Math.min(GridPlan.COLUMNS - 1, Math.max(0, area.x()));
        int w = Math.min(GridPlan.COLUMNS - x, Math.max(1, area.w()));
        return new Area(x, Math.max(0, area.y()), w, Math.max(1, area.h()));
    }

    private static int before(BitSet used, int end) {
        return end <= 0 ? 0 : used.get(0, end).cardinality();
    }

    /** Where an item lies, counted from the band's own top. */
    Area place(PageItem item) {
        return places.getOrDefault(item.id(), item.area());
    }

    /** Height in rows. */
    int rows() {
        return items.stream()
                .map(this::place)
                .mapToInt(area -> Math.max(0, area.y()) + Math.max(1, area.h()))
                .max()
                .orElse(0);
    }
}
