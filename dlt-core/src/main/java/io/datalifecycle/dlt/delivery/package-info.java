/** Who is told of alerts and reports, in which words, and the way out of the outbox. */
@NullMarked
package io.datalifecycle.dlt.delivery;

import org.jspecify.annotations.NullMarked;
