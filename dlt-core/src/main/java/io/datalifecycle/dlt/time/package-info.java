/** Instants, half-open ranges, buckets and cron schedules in named zones. Values only; nothing here reads a clock. */
@NullMarked
package io.datalifecycle.dlt.time;

import org.jspecify.annotations.NullMarked;
