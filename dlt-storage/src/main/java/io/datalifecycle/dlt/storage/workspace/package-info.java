/** Templates and workspaces in the app database. */
@NullMarked
package io.datalifecycle.dlt.storage.workspace;

import org.jspecify.annotations.NullMarked;
