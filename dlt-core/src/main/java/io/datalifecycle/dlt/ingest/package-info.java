/** What a caller says about rows to ingest and what it gets back: sources, CSV formats, options, counts. The work is in {@code internal}. */
@NullMarked
package io.datalifecycle.dlt.ingest;

import org.jspecify.annotations.NullMarked;
