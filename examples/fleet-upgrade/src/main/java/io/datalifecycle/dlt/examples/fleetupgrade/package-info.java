/** Two hundred workspaces go to the next version of their template and back. Read {@link FleetUpgrade} first. */
@NullMarked
package io.datalifecycle.dlt.examples.fleetupgrade;

import org.jspecify.annotations.NullMarked;
