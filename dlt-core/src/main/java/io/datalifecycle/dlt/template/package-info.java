/** The template language as immutable records, and the builders that make them. Knows no text form, no database, no clock. */
@NullMarked
package io.datalifecycle.dlt.template;

import org.jspecify.annotations.NullMarked;
