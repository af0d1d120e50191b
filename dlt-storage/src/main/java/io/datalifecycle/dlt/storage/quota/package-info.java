/** Limits of workspaces and what they have. */
@NullMarked
package io.datalifecycle.dlt.storage.quota;

import org.jspecify.annotations.NullMarked;
