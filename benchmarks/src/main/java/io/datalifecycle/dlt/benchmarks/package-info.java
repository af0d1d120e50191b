/** One class for each figure that is promised; each measures both sides in one run and writes the ratio. Nothing here is for users. */
@NullMarked
package io.datalifecycle.dlt.benchmarks;

import org.jspecify.annotations.NullMarked;
