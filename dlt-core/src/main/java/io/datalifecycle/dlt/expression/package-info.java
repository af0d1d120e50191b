/** Conditions and formulas over plain values. The expression library (JEXL) stays inside; knows no template, no database, no clock. */
@NullMarked
package io.datalifecycle.dlt.expression;

import org.jspecify.annotations.NullMarked;
