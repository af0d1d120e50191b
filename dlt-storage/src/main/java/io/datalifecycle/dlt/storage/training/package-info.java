/** Training sets: rows joined with what stores said at their time. */
@NullMarked
package io.datalifecycle.dlt.storage.training;

import org.jspecify.annotations.NullMarked;
