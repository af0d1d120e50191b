/** Binds inputs, picks the engine, and gives rows the shape that was declared. */
@NullMarked
package io.datalifecycle.dlt.metric.internal;

import org.jspecify.annotations.NullMarked;
