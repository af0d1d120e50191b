package io.datalifecycle.dlt.template;

/**
 * Place of a panel on a grid of {@value #COLUMNS} columns; a row is 60 pixels high on a page. Immutable.
 *
 * @param x first column, from 0
 * @param y first row, from 0
 * @param w width in columns, at least 1
 * @param h height in rows, at least 1
 */
public record GridArea(int x, int y, int w, int h) {

    /** Columns of the grid. */
    public static final int COLUMNS = 12;

    /** The whole first row; stands where an area is missing in what is reported as invalid. */
    static final GridArea NONE = new GridArea(0, 0, 12, 1);

    public GridArea {
        if (x < 0 || y < 0 || w < 1 || h < 1 || x + w > COLUMNS) {
            throw new IllegalArgumentException("at: x " + x + ", y " + y + ", w " + w + ", h " + h
                    + " does not fit a grid of " + COLUMNS + " columns");
        }
    }
}
