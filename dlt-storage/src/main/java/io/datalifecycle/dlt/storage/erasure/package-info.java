/** Erasing workspaces, with the record of it and with the doors shut to writers that come late. */
@NullMarked
package io.datalifecycle.dlt.storage.erasure;

import org.jspecify.annotations.NullMarked;
