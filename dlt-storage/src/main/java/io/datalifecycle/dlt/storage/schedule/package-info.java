/** Recurring jobs by db-scheduler in the app database. */
@NullMarked
package io.datalifecycle.dlt.storage.schedule;

import org.jspecify.annotations.NullMarked;
