/** The plan of jobs of a workspace and the runner that turns a job into calls of features. */
@NullMarked
package io.datalifecycle.dlt.schedule.internal;

import org.jspecify.annotations.NullMarked;
