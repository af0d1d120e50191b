/** Runs connectors: polls a source, maps its records, stores rows and position together. */
@NullMarked
package io.datalifecycle.dlt.connector.internal;

import org.jspecify.annotations.NullMarked;
