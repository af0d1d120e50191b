/** PostgreSQL and TimescaleDB behind the storage SPI. The one public class is {@link io.datalifecycle.dlt.storage.PostgresStorage}. */
@NullMarked
package io.datalifecycle.dlt.storage;

import org.jspecify.annotations.NullMarked;
