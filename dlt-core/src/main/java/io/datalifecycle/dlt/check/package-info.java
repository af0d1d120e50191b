/** Checks a template for everything that needs no database: one small checker per kind, all problems at once. */
@NullMarked
package io.datalifecycle.dlt.check;

import org.jspecify.annotations.NullMarked;
