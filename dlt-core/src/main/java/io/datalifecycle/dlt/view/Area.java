package io.datalifecycle.dlt.view;

/**
 * Place on a grid of 12 columns. Immutable.
 *
 * @param x first column, from 0
 * @param y first row, from 0
 * @param w width in columns
 * @param h height in rows
 */
public record Area(int x, int y, int w, int h) {}
