/** Brings featurestores up to date from the log of what changed. */
@NullMarked
package io.datalifecycle.dlt.feature.internal;

import org.jspecify.annotations.NullMarked;
