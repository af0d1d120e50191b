/** Template SQL: looked at by PostgreSQL when it is published, run in the workspace's cage when it is asked. */
@NullMarked
package io.datalifecycle.dlt.storage.metric;

import org.jspecify.annotations.NullMarked;
