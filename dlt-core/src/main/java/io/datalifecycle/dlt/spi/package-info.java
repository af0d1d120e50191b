/** The plug points and the records that cross them. Interfaces and records only; no Jackson, JDBC or other library type. */
@NullMarked
package io.datalifecycle.dlt.spi;

import org.jspecify.annotations.NullMarked;
