/** Short questions about a workspace's tables. */
@NullMarked
package io.datalifecycle.dlt.storage.health;

import org.jspecify.annotations.NullMarked;
