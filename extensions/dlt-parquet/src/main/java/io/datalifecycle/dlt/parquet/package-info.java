/** Parquet files in, through the file connector or directly, and out, from a store or a metric. */
@NullMarked
package io.datalifecycle.dlt.parquet;

import org.jspecify.annotations.NullMarked;
