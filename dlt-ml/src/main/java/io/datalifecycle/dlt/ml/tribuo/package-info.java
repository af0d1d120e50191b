/** Regression and classification by Tribuo, stored as protobuf. No Java serialization. */
@NullMarked
package io.datalifecycle.dlt.ml.tribuo;

import org.jspecify.annotations.NullMarked;
