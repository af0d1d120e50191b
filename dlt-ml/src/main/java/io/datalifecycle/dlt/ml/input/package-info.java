/** Rows as numbers and options as typed values, for every trainer of this jar. No algorithm. */
@NullMarked
package io.datalifecycle.dlt.ml.input;

import org.jspecify.annotations.NullMarked;
