/** Runs a report: span, page, renderings, outbox. */
@NullMarked
package io.datalifecycle.dlt.report.internal;

import org.jspecify.annotations.NullMarked;
