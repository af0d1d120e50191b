/** Upgrades of fleets in the app database. */
@NullMarked
package io.datalifecycle.dlt.storage.fleet;

import org.jspecify.annotations.NullMarked;
