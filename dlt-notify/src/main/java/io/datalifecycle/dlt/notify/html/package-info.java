/**
 * Pages as one HTML file that needs no network: the data as JSON, ECharts and our own script inlined and named by their hashes.
 * The look of a page is in the resources beside this package; nothing here draws.
 */
@NullMarked
package io.datalifecycle.dlt.notify.html;

import org.jspecify.annotations.NullMarked;
