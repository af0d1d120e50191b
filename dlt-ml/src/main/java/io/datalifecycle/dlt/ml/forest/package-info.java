/** Random cut forests per asset: training, streaming scores, explanations, and their state as compact bytes. */
@NullMarked
package io.datalifecycle.dlt.ml.forest;

import org.jspecify.annotations.NullMarked;
