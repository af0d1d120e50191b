/** Routing to recipients, composing of messages, and the runner that empties the outbox. */
@NullMarked
package io.datalifecycle.dlt.delivery.internal;

import org.jspecify.annotations.NullMarked;
