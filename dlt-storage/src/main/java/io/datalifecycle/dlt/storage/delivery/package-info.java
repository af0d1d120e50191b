/** The outbox in the app database. */
@NullMarked
package io.datalifecycle.dlt.storage.delivery;

import org.jspecify.annotations.NullMarked;
