/** Rows on the wire: batches into tables by binary COPY, results into batches. */
@NullMarked
package io.datalifecycle.dlt.storage.rows;

import org.jspecify.annotations.NullMarked;
