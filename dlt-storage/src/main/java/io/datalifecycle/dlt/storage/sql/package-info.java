/** The one place that quotes identifiers, the one that runs transactions, the one that words database errors. */
@NullMarked
package io.datalifecycle.dlt.storage.sql;

import org.jspecify.annotations.NullMarked;
