/** Rows into tables by binary COPY, and all that commits with them; rows out again by cursor. */
@NullMarked
package io.datalifecycle.dlt.storage.ingest;

import org.jspecify.annotations.NullMarked;
