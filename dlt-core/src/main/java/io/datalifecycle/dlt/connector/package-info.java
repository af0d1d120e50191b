/** Connectors that need no other jar: files, HTTP, and rows that the host hands over; and where a connector stands. */
@NullMarked
package io.datalifecycle.dlt.connector;

import org.jspecify.annotations.NullMarked;
