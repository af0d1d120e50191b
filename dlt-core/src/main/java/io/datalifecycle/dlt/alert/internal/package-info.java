/** Evaluates the alerts of a workspace: metric to label sets, label sets through the machine, changes into the store and the outbox. */
@NullMarked
package io.datalifecycle.dlt.alert.internal;

import org.jspecify.annotations.NullMarked;
