/** Roll-ups in SQL, and the log of what changed that tells which of their buckets to redo. */
@NullMarked
package io.datalifecycle.dlt.storage.feature;

import org.jspecify.annotations.NullMarked;
