/** What the host's database user may do, and what it lacks. */
@NullMarked
package io.datalifecycle.dlt.storage.grants;

import org.jspecify.annotations.NullMarked;
