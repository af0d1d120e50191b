/** Dashboards resolved to pages: controls with values and options, panels with data and links. Drawing is a renderer's business. */
@NullMarked
package io.datalifecycle.dlt.dashboard;

import org.jspecify.annotations.NullMarked;
