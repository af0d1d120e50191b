/**
 * Items of a page as drawings: the palette, the formats of numbers and times, and one painter per kind of item.
 * Everything paints on a {@code Graphics2D}, so that the same code makes the images and the vectors of a document.
 * Nothing here knows HTML, PDF or a metric.
 */
@NullMarked
package io.datalifecycle.dlt.notify.chart;

import org.jspecify.annotations.NullMarked;
