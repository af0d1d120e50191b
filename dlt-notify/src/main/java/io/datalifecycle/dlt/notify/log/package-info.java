/** A channel that writes one line to the log, for development and as a trace beside the real channels. */
@NullMarked
package io.datalifecycle.dlt.notify.log;

import org.jspecify.annotations.NullMarked;
