/** Upgrades of many workspaces of one template: what is planned, and how far each workspace is. Pure values. */
@NullMarked
package io.datalifecycle.dlt.fleet;

import org.jspecify.annotations.NullMarked;
