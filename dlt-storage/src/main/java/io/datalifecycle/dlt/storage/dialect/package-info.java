/** What differs between TimescaleDB and plain PostgreSQL: how a table is cut into spans of time. */
@NullMarked
package io.datalifecycle.dlt.storage.dialect;

import org.jspecify.annotations.NullMarked;
