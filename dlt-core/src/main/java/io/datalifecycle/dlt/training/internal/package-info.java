/** How a training set is checked, read and written. */
@NullMarked
package io.datalifecycle.dlt.training.internal;

import org.jspecify.annotations.NullMarked;
