/** What connectors did, and connectors that read other databases. */
@NullMarked
package io.datalifecycle.dlt.storage.connector;

import org.jspecify.annotations.NullMarked;
