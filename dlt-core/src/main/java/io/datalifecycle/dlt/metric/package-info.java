/** Metrics: typed questions with bound inputs, and their typed answers. How a kind of metric is computed is an engine's business. */
@NullMarked
package io.datalifecycle.dlt.metric;

import org.jspecify.annotations.NullMarked;
