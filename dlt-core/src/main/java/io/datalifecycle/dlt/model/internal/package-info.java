/** Trains models and scores with them: windows, signatures, promotion, positions. No algorithm and no database of its own. */
@NullMarked
package io.datalifecycle.dlt.model.internal;

import org.jspecify.annotations.NullMarked;
