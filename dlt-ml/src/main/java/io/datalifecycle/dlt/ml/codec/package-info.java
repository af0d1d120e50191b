/** Bytes that may come from anywhere: checked before anything they name is loaded. */
@NullMarked
package io.datalifecycle.dlt.ml.codec;

import org.jspecify.annotations.NullMarked;
