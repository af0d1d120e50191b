/** The facade: {@link io.datalifecycle.dlt.Dlt} and the handles of a workspace. Imports everything, is imported by nothing. */
@NullMarked
package io.datalifecycle.dlt;

import org.jspecify.annotations.NullMarked;
