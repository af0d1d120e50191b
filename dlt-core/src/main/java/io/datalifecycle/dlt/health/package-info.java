/** How a workspace is. */
@NullMarked
package io.datalifecycle.dlt.health;

import org.jspecify.annotations.NullMarked;
