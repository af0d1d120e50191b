/** Rows on their way into a datastore: source to reader to batches to the sink, counted; and back out of the quarantine. Not for users. */
@NullMarked
package io.datalifecycle.dlt.ingest.internal;

import org.jspecify.annotations.NullMarked;
