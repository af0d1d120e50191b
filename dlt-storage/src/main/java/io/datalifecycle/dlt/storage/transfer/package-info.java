/** Whole workspaces on their way: copied within a database, written out as CSV and read in again. */
@NullMarked
package io.datalifecycle.dlt.storage.transfer;

import org.jspecify.annotations.NullMarked;
