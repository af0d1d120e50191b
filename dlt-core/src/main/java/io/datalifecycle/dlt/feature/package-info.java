/** What derived rows have to be redone: interval arithmetic, without a database. */
@NullMarked
package io.datalifecycle.dlt.feature;

import org.jspecify.annotations.NullMarked;
