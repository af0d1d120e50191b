/**
 * Pages as PDF documents: items as vectors on the grid, long tables over several pages, fonts embedded.
 * What an item looks like is decided in the chart package; this one only lays out, breaks pages and writes the file.
 * OpenPDF stays inside.
 */
@NullMarked
package io.datalifecycle.dlt.notify.pdf;

import org.jspecify.annotations.NullMarked;
