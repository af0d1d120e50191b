/** A template proposed from a sample of rows: what the values say about times, types, keys and pace, each choice with its reason. */
@NullMarked
package io.datalifecycle.dlt.proposal;

import org.jspecify.annotations.NullMarked;
