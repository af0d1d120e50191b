/** Takes fleets from version to version, wave by wave. */
@NullMarked
package io.datalifecycle.dlt.fleet.internal;

import org.jspecify.annotations.NullMarked;
