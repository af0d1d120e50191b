/** Asks how a workspace is. */
@NullMarked
package io.datalifecycle.dlt.health.internal;

import org.jspecify.annotations.NullMarked;
