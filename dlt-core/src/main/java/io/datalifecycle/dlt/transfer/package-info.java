/** Workspaces in one file: what an archive holds. Writing and reading it lives in {@code internal}. */
@NullMarked
package io.datalifecycle.dlt.transfer;

import org.jspecify.annotations.NullMarked;
