/** Rows as typed columnar blocks, their schema, and what was refused. No template, no database. */
@NullMarked
package io.datalifecycle.dlt.row;

import org.jspecify.annotations.NullMarked;
