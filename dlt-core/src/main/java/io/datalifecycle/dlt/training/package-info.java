/** Training sets: rows of a time joined with what stores said at that time. */
@NullMarked
package io.datalifecycle.dlt.training;

import org.jspecify.annotations.NullMarked;
