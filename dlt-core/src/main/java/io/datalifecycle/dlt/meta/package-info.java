/** Marks on the API that say what may still change. Holds annotations only. */
@NullMarked
package io.datalifecycle.dlt.meta;

import org.jspecify.annotations.NullMarked;
