/** What is to be drawn, with its data and without its source: pages, charts, tables. Renderers take these and nothing else. */
@NullMarked
package io.datalifecycle.dlt.view;

import org.jspecify.annotations.NullMarked;
