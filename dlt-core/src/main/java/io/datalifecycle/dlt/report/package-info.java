/** Dashboards sent on a schedule. Makes the pictures and files; sending is the delivery's. */
@NullMarked
package io.datalifecycle.dlt.report;

import org.jspecify.annotations.NullMarked;
